"""The numbers of a report in reading order, and the way from a number on the screen to what is behind it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from povertyportal.documents.wording import glue
from povertyportal.vietnamese import period_name
from reports.tables import Cell, Figure, FigureKey, Number, Paragraph, ReportData, Section, Sentence, Table

KINDS = {
    "reported": "số liệu công bố",
    "difference": "hiệu số",
    "rate_of_change": "tỷ lệ tăng, giảm",
    "per_year": "bình quân mỗi năm",
    "point_difference": "chênh lệch điểm phần trăm",
    "sum": "tổng",
    "ratio": "thương số",
}
_LONG_WORD = re.compile(r"(\S{25,})")


def numbers_of(report: ReportData) -> Iterator[tuple[str, Number]]:
    """Each number with the title of the heading, table or part it stands under."""
    for paragraph in report.opening:
        yield from (("Mở đầu", number) for number in _in_paragraph(paragraph))
    for section in report.sections:
        yield from _in_section(section)
    for paragraph in report.closing:
        yield from (("Kết luận", number) for number in _in_paragraph(paragraph))
    for table in report.appendices:
        yield from ((table.title, number) for number in _in_table(table))


def _in_section(section: Section) -> Iterator[tuple[str, Number]]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield from ((section.title, number) for number in _in_paragraph(block))
        elif isinstance(block, Table):
            yield from ((block.title, number) for number in _in_table(block))
    for child in section.children:
        yield from _in_section(child)


def _in_paragraph(paragraph: Paragraph) -> Iterator[Number]:
    for sentence in paragraph.sentences:
        yield from sentence.numbers


def _in_table(table: Table) -> Iterator[Number]:
    yield from (cell.number for row in table.rows for cell in row if cell.number is not None)


@dataclass(frozen=True, slots=True)
class Derived:
    """A number worked out from others: where its row stands, and where its sources stand."""

    anchor: str
    number: Number
    kind: str
    sources: tuple[tuple[str, str], ...]  # anchor, text


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A figure of the report: what it is called, how the report says it, and the document it was published in."""

    anchor: str
    figure: Figure
    name: str
    said: str
    document: str


@dataclass(slots=True)
class Sources:
    """Rows at the foot of the screen page: the figures of the report, then the numbers worked out from them."""

    report: ReportData
    name_of: Callable[[FigureKey], str]
    source_of: Callable[[str], str]
    anchors: dict[FigureKey, str] = field(default_factory=dict)
    derived: dict[tuple[str, tuple[FigureKey, ...], str], Derived] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.anchors = {one.key: f"f-{place}" for place, one in enumerate(self.report.figures, start=1)}
        for _, number in numbers_of(self.report):
            if number.kind != "reported":
                self._add(number)

    def _add(self, number: Number) -> None:
        ident = (number.kind, number.keys, number.text)
        if ident not in self.derived:
            sources = tuple((self.anchors[key], self.named(key)) for key in number.keys if key in self.anchors)
            kind = KINDS.get(number.kind, number.kind)
            self.derived[ident] = Derived(f"d-{len(self.derived) + 1}", number, kind, sources)

    def figures(self) -> list[SourceRow]:
        said = _as_said(self.report)
        return [
            SourceRow(
                anchor=self.anchors[one.key],
                figure=one,
                name=self.named(one.key),
                said=said.get(one.key) or with_unit(one.published, one.unit),
                document=self.source_of(one.report),
            )
            for one in self.report.figures
        ]

    def named(self, key: FigureKey) -> str:
        return f"{self.name_of(key)}, {period_name(key.period_from, key.period_to)}"

    def anchor(self, number: Number) -> str:
        """Empty where nothing behind the number is known."""
        if number.kind == "reported" and number.keys:
            return self.anchors.get(number.keys[0], "")
        found = self.derived.get((number.kind, number.keys, number.text))
        return found.anchor if found else ""


def _as_said(report: ReportData) -> dict[FigureKey, str]:
    """How the report writes each figure, in the fullest of its places: "1,15%" rather than "1,15"."""
    said: dict[FigureKey, str] = {}
    for _, number in numbers_of(report):
        if number.kind == "reported" and number.keys:
            text = with_unit(number.text, number.unit)
            said[number.keys[0]] = max(said.get(number.keys[0], ""), text, key=len)
    return said


def with_unit(text: str, unit: str) -> str:
    """The unit after a text that ends in a digit; others carry theirs."""
    if not text[-1:].isdigit():
        return text
    return f"{text}%" if unit in ("percent", "%") else f"{text} {unit}"


def sentence_html(sentence: Sentence, sources: Sources | None) -> SafeString:
    """On paper (no ``sources``) plain text; on the screen every number leads to its row."""
    glued, pieces, done = glue(sentence.text), [], 0  # glue changes no length, so places hold in both
    for number in sentence.numbers:
        found = _place(number.text, sentence.text, done)
        if found:
            pieces += [text_html(glued[done : found.start()]), number_html(number, sources)]
            done = found.end()
    return format_html_join("", "{}", [(piece,) for piece in [*pieces, text_html(glued[done:])]])


def text_html(text: str) -> SafeString:
    """A word longer than any of the language, a code for instance, may break anywhere: else it takes a whole table."""
    parts = _LONG_WORD.split(text)
    return format_html_join(
        "",
        "{}",
        [(format_html('<span class="long">{}</span>', part) if n % 2 else part,) for n, part in enumerate(parts)],
    )


def _place(number: str, text: str, start: int) -> re.Match[str] | None:
    """Where the number stands as a whole: "62" is not found inside "1.062" or "62,5"."""
    return re.compile(rf"(?<!\w)(?<!\d[.,]){re.escape(number)}(?!\w)(?![.,]\d)").search(text, start)


def cell_html(cell: Cell, sources: Sources | None) -> SafeString:
    numbers = (cell.number,) if cell.number is not None else ()
    return sentence_html(Sentence(cell.text, numbers), sources)


def number_html(number: Number, sources: Sources | None) -> SafeString:
    anchor = sources.anchor(number) if sources else ""
    if not anchor:
        return conditional_escape(glue(number.text))
    return format_html('<a class="figure-link" href="#{}">{}</a>', anchor, glue(number.text))
