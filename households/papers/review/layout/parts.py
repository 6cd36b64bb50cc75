"""What a paper of the review is made of: its head, the lines of its text, tables in between, who signs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from households.papers.review.wording.parsing import Line, Shape, Text, Values, filled
from povertyportal.vietnamese import fold

END_MARK = "./."
LETTER, DECISION = "công văn", "quyết định"
LONG = 300  # rows; above them the table is set by reportlab
READ_ALOUD = (
    "Danh sách dài, tệp PDF này không có thẻ cho phần mềm đọc màn hình; bản đọc được là tệp Excel {name}, tải cạnh văn bản này"
    " trên cổng."
)


@dataclass(frozen=True, slots=True)
class Column:
    """``width``: parts of the table's width; ``middle``: centred."""

    title: str
    width: int
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``title``: of the appendix it makes where it follows the end of the text; ``empty``: said in its place without rows;
    ``wide``: an appendix on pages across; ``room``: rows are high enough to write in."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    empty: str = "Không có hộ nào."
    title: str = ""
    wide: bool = False
    room: bool = False

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has not as many cells as the table has columns")


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Lines of one shape: grounds, those present, remarks."""

    lines: tuple[str, ...]
    shape: Shape = Shape.PLAIN


@dataclass(frozen=True, slots=True)
class Blanks:
    """Rows of (title, what stands there or "" for dots to write on)."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


Block = Table | Paragraphs | Blanks


@dataclass(frozen=True, slots=True)
class Signer:
    """``note``: "(Ký, ghi rõ họ tên)"; above it as what somebody signs."""

    title: str
    name: str = ""
    authority: str = ""
    note: str = ""

    @property
    def above(self) -> list[str]:
        """The lines above the signature; a deputy signs in the chief's place (Decree 30/2020/NĐ-CP, Annex I)."""
        deputy, _space, chief = self.title.partition(" ")
        stands_for = f"KT. {chief}" if deputy.casefold() == "phó" and chief else ""
        return [one for one in (self.authority, stands_for, self.title) if one]


@dataclass(frozen=True, slots=True)
class Head:
    """Boxes 1 to 4. Without ``issuing_body`` it is a citizen's paper: the nation's name in the middle, the day at the end.
    ``reference``: "05/QĐ-UBND", "" prints no number line."""

    parent_body: str = ""
    issuing_body: str = ""
    reference: str = ""
    place: str = ""
    date_line: str = ""

    @property
    def has_number(self) -> bool:
        return bool(self.reference) and not self.reference.startswith(".")


@dataclass(frozen=True, slots=True)
class Document:
    """``version``: of the text, for the properties of the file; ``framed``: a certificate."""

    text: Text
    values: Values
    head: Head
    signers: tuple[Signer, ...]
    blocks: Mapping[str, Block] = field(default_factory=dict)
    version: str = ""
    label: str = ""  # "Phụ lục V", "Mẫu số 01", in the corner
    void: str = ""  # why it holds no more, above everything

    @property
    def kind(self) -> str:
        return filled(self.text.part("kind"), self.values)

    @property
    def subject(self) -> str:
        return filled(self.text.part("subject"), self.values)

    @property
    def is_letter(self) -> bool:
        """A letter bears no title; what it is about stands under its number (box 5b)."""
        return self.kind.casefold() == LETTER

    @property
    def title(self) -> str:
        return f"{self.kind} {self.subject_inside}".strip()

    @property
    def subject_inside(self) -> str:
        """As it stands behind other words."""
        return self.subject[:1].lower() + self.subject[1:]

    @property
    def addressed_to(self) -> str:
        return filled(self.text.part("addressed_to"), self.values)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Box 9b: each with its dash, the last with a full stop."""
        told = filled(self.text.part("recipients"), self.values)
        names = [one.strip() for one in told.split(";") if one.strip()]
        return tuple(f"- {one}{'.' if turn == len(names) else ';'}" for turn, one in enumerate(names, start=1))

    @property
    def body(self) -> tuple[Line, ...]:
        """Up to the end of the text."""
        return self.text.lines[: self._end]

    @property
    def appendices(self) -> tuple[Table, ...]:
        """Tables that stand after the end of the text."""
        found = (self.blocks[one.text] for one in self.text.lines[self._end :] if one.shape is Shape.BLOCK)
        return tuple(one for one in found if isinstance(one, Table))

    @property
    def attached_to(self) -> str:
        """The line below an appendix title."""
        number = f" số {self.head.reference}" if self.head.reference else ""
        chair = "Chủ tịch " if self.kind.casefold() == DECISION else ""  # what he decides is his, not the committee's
        body = f" của {chair}{self.head.issuing_body}" if self.head.issuing_body else ""
        return f"(Kèm theo {self.kind.capitalize()}{number} {self.head.date_line}{body})"

    @property
    def file_name(self) -> str:
        """Of its Excel file: "quyet-dinh-05-qd-ubnd.xlsx"; of the paper's own words, so that the paper can name it."""
        told = fold(f"{self.kind} {self.head.reference if self.head.has_number else self.subject}")
        return f"{'-'.join(re.findall('[a-z0-9]+', told))[:80].strip('-')}.xlsx"

    @property
    def is_long(self) -> bool:
        return any(isinstance(one, Table) and len(one.rows) > LONG for one in self.blocks.values())

    @property
    def _end(self) -> int:
        ends = [turn for turn, one in enumerate(self.text.lines, start=1) if one.text.endswith(END_MARK)]
        return ends[-1] if ends else len(self.text.lines)

    def told(self, line: Line) -> bool:
        """Whether the line says anything: one whose only field has nothing to say (None) is left out."""
        if line.shape is Shape.BLOCK:
            block = self.blocks[line.text]
            return not isinstance(block, Paragraphs) or bool(block.lines)
        return bool(filled(line.text, self.values).strip())

    def told_lines(self) -> Iterator[Line]:
        yield from filter(self.told, self.body)
