"""A text of a paper as it is written and read: a few lines of its head, "---", then a paragraph a line.

Tên loại: Quyết định
Trích yếu: Công nhận danh sách hộ nghèo {{ ky }}
---
> Căn cứ …;                  a ground, in italics
= QUYẾT ĐỊNH:                a line in the middle, bold
**Điều 1.** Công nhận …      a paragraph; ** bold
{{ danh_sach }}              a table, alone on its line
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from html import escape

FIELD = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")
BRACES = re.compile(r"\{\{.*?\}\}|\{\{|\}\}|\{%|%\}")
BOLD = re.compile(r"\*\*(.+?)\*\*")
_SPACED = re.compile(rf"( ?){FIELD.pattern}")
CUT = "---"
DOTS = "." * 24
LINE = "." * 110  # to write on, as wide as the page
Values = Mapping[str, str | None]
HEAD = {
    "tên loại": "kind",
    "trích yếu": "subject",
    "ký hiệu": "symbol",
    "kính gửi": "addressed_to",
    "nơi nhận": "recipients",
    "quyền hạn": "authority",
    "chức vụ": "position",
}


class Shape(Enum):
    GROUND = "> "
    CENTRED = "= "
    PLAIN = ""
    BLOCK = "{{"


@dataclass(frozen=True, slots=True)
class Line:
    """``text``: of a block its name."""

    shape: Shape
    text: str

    @property
    def is_heading(self) -> bool:
        """Kept with what follows it."""
        return self.shape is Shape.CENTRED or (self.text.startswith("**") and not self.text.startswith("**Điều"))


@dataclass(frozen=True, slots=True)
class Text:
    """``head``: by the names that ``HEAD`` gives; what is not named is empty."""

    head: Mapping[str, str]
    lines: tuple[Line, ...]
    unknown: tuple[str, ...] = field(default=())  # lines above the cut that are none of the head

    def part(self, name: str) -> str:
        return self.head.get(name, "")


def parse(body: str, blocks: frozenset[str]) -> Text:
    """Never fails: what is wrong ``wording.checking`` tells."""
    above, cut, below = body.replace("\r\n", "\n").partition(f"\n{CUT}\n")
    if not cut:
        above, below = "", body
    head, unknown = {}, []
    for line in filter(None, map(str.strip, above.splitlines())):
        name, colon, value = line.partition(":")
        key = HEAD.get(name.strip().casefold(), "")
        if colon and key:
            head[key] = value.strip()
        else:
            unknown.append(line)
    return Text(head, tuple(_lines(below, blocks)), tuple(unknown))


def _lines(below: str, blocks: frozenset[str]) -> Iterator[Line]:
    for line in filter(None, map(str.strip, below.splitlines())):
        found = FIELD.fullmatch(line)
        if found and found[1] in blocks:
            yield Line(Shape.BLOCK, found[1])
        elif line.startswith(Shape.GROUND.value):
            yield Line(Shape.GROUND, line[2:].strip())
        elif line.startswith(Shape.CENTRED.value):
            yield Line(Shape.CENTRED, line[2:].strip())
        else:
            yield Line(Shape.PLAIN, line)


def filled(text: str, values: Values) -> str:
    """Plain text; an empty value leaves dots to write on, None nothing. Raises KeyError for a field without a value."""
    return _SPACED.sub(lambda found: _put(found, values), text)


def marked_up(text: str, values: Values, *, bold: str = "strong") -> str:
    """With everything escaped but what ``**`` makes bold: a value is never read as mark-up."""
    shown = BOLD.sub(lambda found: f"<{bold}>{found[1]}</{bold}>", escape(text, quote=False))
    return _SPACED.sub(lambda found: escape(_put(found, values), quote=False), shown)


def _put(found: re.Match[str], values: Values) -> str:
    value = values[found[2]]
    return "" if value is None else f"{found[1]}{value or DOTS}"


def lines_to_write_on(number: int) -> str:
    """Below each other: before a row of full stops no line is broken unless a blank of no width says that it may be."""
    return " ".join(["\u200b" + LINE] * number)
