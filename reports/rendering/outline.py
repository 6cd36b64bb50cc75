"""The order and the numbers of headings, tables, charts and appendices: one plan that every form follows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from povertyportal.documents.wording import appendix_label, end_mark
from povertyportal.vietnamese import roman
from reports.tables import Block, Chart, Missing, Paragraph, ReportData, Section, Sentence, Table

_LETTERS = "abcdđeghiklmnopqrstuvxy"  # điểm a, b, c, d, đ, e, g … (no f, j, w, z)


@dataclass(frozen=True, slots=True)
class Heading:
    """``number`` is "II.", "1.", "a)"; empty when the heading has no data (``printed`` false) or never has one."""

    number: str
    title: str
    level: int
    printed: bool
    blocks: tuple["Block | Moved", ...]
    children: tuple["Heading", ...]

    @property
    def tag(self) -> str:
        return f"h{self.level + 1}"


@dataclass(frozen=True, slots=True)
class Moved:
    """Stands where a wide table was: the table itself is an appendix."""

    table: Table
    label: str


@dataclass(frozen=True, slots=True)
class Outline:
    """``ending`` are the paragraphs kept with the signature block; the last sentence carries "./."."""

    opening: tuple[Paragraph, ...]
    headings: tuple[Heading, ...]
    ending: tuple[Paragraph, ...]
    appendices: tuple[Table, ...]
    labels: dict[str, str]  # code of a table or chart → "Bảng 2"


def outline(report: ReportData) -> Outline:
    wide = [one for one in _blocks(report.sections) if isinstance(one, Table) and one.wide]
    appendices = (*wide, *(one for one in report.appendices if one not in wide))
    moved = {one.code: appendix_label(place, len(appendices)) for place, one in enumerate(appendices, start=1)}
    headings = _number(report.sections, moved)
    return Outline(report.opening, headings, _ending(report.closing), appendices, _labels(headings))


def _number(sections: tuple[Section, ...], moved: dict[str, str]) -> tuple[Heading, ...]:
    numbered, count = [], 0
    for section in sections:
        printed = has_data(section)
        count += bool(printed and section.number)
        number = _numeral(section.level, count) if printed and section.number else ""
        blocks = tuple(_in_place(block, moved) for block in section.blocks)
        children = _number(section.children, moved)
        numbered.append(Heading(number, section.title, section.level, printed, blocks, children))
    return tuple(numbered)


def has_data(section: Section) -> bool:
    own = any(not isinstance(block, Missing) for block in section.blocks)
    return own or any(has_data(child) for child in section.children)


def _numeral(level: int, count: int) -> str:
    """I. II. III. – 1. 2. 3. – a) b) c) (Decree 30/2020, Annex I, box 6)."""
    styles: tuple[Callable[[int], str], ...] = (
        lambda n: f"{roman(n)}.",
        lambda n: f"{n}.",
        lambda n: f"{_LETTERS[n - 1]})" if n <= len(_LETTERS) else f"{n})",
    )
    return styles[min(level, 3) - 1](count)


def _in_place(block: Block, moved: dict[str, str]) -> Block | Moved:
    return Moved(block, moved[block.code]) if isinstance(block, Table) and block.wide else block


def _ending(closing: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The end mark needs a sentence to stand on; a report without closing ends with the mark alone."""
    if not closing or not closing[-1].sentences:
        return (*closing[:-1], Paragraph((Sentence("./."),)))
    *before, last = closing
    *sentences, final = last.sentences
    return (*before, replace(last, sentences=(*sentences, replace(final, text=end_mark(final.text)))))


def _blocks(sections: tuple[Section, ...]) -> Iterator[Block]:
    for section in sections:
        yield from section.blocks
        yield from _blocks(section.children)


def _labels(headings: tuple[Heading, ...]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for name, kind in (("Bảng", Table), ("Biểu đồ", Chart)):
        found = [block for block in _printed(headings) if isinstance(block, kind)]
        labels |= {block.code: f"{name} {place}" for place, block in enumerate(found, start=1)}
    return labels


def _printed(headings: tuple[Heading, ...]) -> Iterator[Block | Moved]:
    for heading in headings:
        yield from heading.blocks
        yield from _printed(heading.children)
