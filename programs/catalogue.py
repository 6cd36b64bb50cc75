"""Look-ups in the catalogue of programme codes. A code that is not in it stands for itself and says so (``known``)."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document and the days it applied, both inclusive; None: not bounded as far as the notes say."""

    document: str
    applied_from: date | None = None
    applied_to: date | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """``parts_add_up``: the parts of this line in the catalogue make up its published total.

    ``trust``: "V" verified in a source, "R" recalled, "U" unsure or unknown; pages show it.
    """

    code: str
    name: str
    part_of: str = ""
    parts_add_up: bool = False
    bases: tuple[LegalBasis, ...] = ()
    period_from: date | None = None
    period_to: date | None = None
    trust: str = "U"
    known: bool = True


@cache
def programmes() -> Mapping[str, Programme]:
    """Every programme by code, in the order of the data files."""
    entries = {code: entry for path in sorted(_DATA.glob("*.toml")) for code, entry in _read(path).items()}
    return {code: _programme(code, entry) for code, entry in entries.items()}


def find_programme(code: str) -> Programme:
    """The programme of a code; a code not in the catalogue falls back to itself, marked ``known=False``."""
    return programmes().get(code) or Programme(code=code, name=code, known=False)


def parts_of(code: str) -> tuple[Programme, ...]:
    return tuple(programme for programme in programmes().values() if programme.part_of == code)


def ancestors(code: str) -> Iterator[Programme]:
    """The lines a programme is a part of, nearest first."""
    programme = find_programme(code)
    while programme.part_of:
        programme = find_programme(programme.part_of)
        yield programme


def legal_bases(code: str, first: date, last: date) -> tuple[str, ...]:
    """Documents that applied to the line, or to what it is a part of, on some day of the period."""
    for programme in (find_programme(code), *ancestors(code)):
        if programme.bases:
            return tuple(basis.document for basis in programme.bases if _overlaps(basis, first, last))
    return ()


def _overlaps(basis: LegalBasis, first: date, last: date) -> bool:
    starts_in_time = basis.applied_from is None or basis.applied_from <= last
    return starts_in_time and (basis.applied_to is None or first <= basis.applied_to)


def _read(path: Path) -> dict[str, dict[str, Any]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _programme(code: str, entry: dict[str, Any]) -> Programme:
    bases = [LegalBasis(basis["document"], basis.get("from"), basis.get("to")) for basis in entry.get("bases", ())]
    if "legal_basis" in entry:
        bases.append(LegalBasis(entry["legal_basis"]))
    return Programme(
        code=code,
        name=entry["name"],
        part_of=entry.get("part_of", ""),
        parts_add_up=entry.get("parts_add_up", False),
        bases=tuple(bases),
        period_from=entry.get("from"),
        period_to=entry.get("to"),
        trust=entry["trust"],
    )
