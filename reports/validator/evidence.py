"""What the checks look at, and how they name places and values."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from programs.catalogue import find_programme
from reports.reported.source import LeftOut
from reports.reported.vocabulary import find_measure
from reports.tables import Figure, FigureKey, Finding, Paragraph, Qualifier, ReportData, Section, Table

_NORMS = Path(__file__).parent / "data" / "norms.toml"


@cache
def norms() -> dict[str, Any]:
    return tomllib.loads(_NORMS.read_text(encoding="utf-8"))


UNVERIFIED = " Mức để so sánh lấy theo số liệu tham khảo, cần kiểm tra lại văn bản."


def caution(trust: str) -> str:
    """What a finding adds when the norm behind it was not read in its document."""
    return "" if trust == "V" else UNVERIFIED


@dataclass(frozen=True)
class Evidence:
    report: ReportData
    left_out: tuple[LeftOut, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.report.figures

    @cached_property
    def results(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.figures if figure.qualifier is not Qualifier.TARGET)

    @cached_property
    def exact(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.figures if figure.qualifier is Qualifier.EXACT)

    @cached_property
    def _places(self) -> dict[FigureKey, str]:
        places: dict[FigureKey, str] = {}
        for section in _walk(self.report.sections):
            for key in _keys(section):
                places.setdefault(key, section.title)
        return places

    def place(self, *keys: FigureKey) -> str:
        """Titles of the headings that speak of the figures; the appendix where no heading does."""
        return "; ".join(dict.fromkeys(self._places.get(key, "Phụ lục") for key in keys))


def finding(
    check: str, severity: str, message: str, evidence: Evidence, *figures: Figure, expected: str = ""
) -> Finding:
    keys = tuple(figure.key for figure in figures)
    return Finding(check, severity, message, expected=expected, place=evidence.place(*keys) if keys else "", keys=keys)


def name_of(key: FigureKey) -> str:
    """ "Kinh phí thực hiện (Hỗ trợ nhà ở)"."""
    programme = f" ({find_programme(key.programme).name})" if key.programme else ""
    return find_measure(key.measure).name + programme


def _walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.children)


def _keys(section: Section) -> Iterator[FigureKey]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            for sentence in block.sentences:
                for number in sentence.numbers:
                    yield from number.keys
        elif isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row if cell.number):
                yield from cell.number.keys if cell.number else ()
