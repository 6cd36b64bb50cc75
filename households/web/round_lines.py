"""The table of a round's totals as it is typed: read, filled from a spreadsheet, and turned into entries."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from households.registry.problems import Problem
from households.surveys.models import RoundTotals
from households.surveys.queries import CommuneOfRound
from households.surveys.totals import Entry
from povertyportal.vietnamese import fold, format_number, parse_number

_CELLS = re.compile(r"\t|;|\s{2,}")
_TYPE = re.compile(r"^(?:xa|phuong|thi tran|dac khu) ")
_NUMBER = re.compile(r"[0-9][0-9.\s]*")


@dataclass
class Line:
    """``seen``: key of the row that stood there when the page was made."""

    commune: CommuneOfRound
    now: RoundTotals | None
    households: str = ""
    persons: str = ""
    seen: int | None = None
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def stands(self) -> str:
        return " / ".join(_shown(self.now))

    @property
    def changed(self) -> bool:
        return (self.households, self.persons) != _shown(self.now)


def lines(communes: Iterable[CommuneOfRound], entered: Mapping[str, Sequence[RoundTotals]]) -> list[Line]:
    """``entered``: by commune, what counts now first."""
    found = []
    for one in communes:
        row = entered[one.code][0] if one.code in entered else None
        found.append(Line(one, row, *_shown(row), seen=row.pk if row else None))
    return found


def typed(table: Iterable[Line], posted: Mapping[str, str], entered: Mapping[str, Sequence[RoundTotals]]) -> None:
    """What stands in the page goes into the lines; where nobody typed, what others entered meanwhile stays."""
    for line in table:
        code = line.commune.code
        text = posted.get(f"h-{code}", line.households).strip(), posted.get(f"p-{code}", line.persons).strip()
        was = posted.get(f"was-{code}", "")
        before = next((row for row in entered.get(code, ()) if str(row.pk) == was), None)
        if text != _shown(before):
            line.households, line.persons = text
            line.seen = before.pk if before else None


def pasted(table: Sequence[Line], text: str) -> list[tuple[str, str]]:
    """Rows of a spreadsheet: code or name of the commune, households, persons. What fits nowhere, each with the reason."""
    known = _called(table)
    filled, left = set[str](), list[tuple[str, str]]()
    for row in text.splitlines():
        cells = [cell.strip() for cell in _CELLS.split(row.strip()) if cell.strip()]
        if not cells:
            continue
        named, after = _named(cells, known)
        numbers = [cell for cell in after if _NUMBER.fullmatch(cell)]
        if problem := _why_not(named, numbers, filled):
            left.append((row.strip(), problem))
            continue
        named[0].households, named[0].persons = numbers
        filled.add(named[0].commune.code)
    return left


def _called(table: Iterable[Line]) -> dict[str, list[Line]]:
    """By code, by name with its type, and by the bare name, which several may have."""
    found: dict[str, list[Line]] = {}
    for line in table:
        name = fold(line.commune.name)
        for key in {line.commune.code, name, _TYPE.sub("", name)}:
            found.setdefault(key, []).append(line)
    return found


def _named(cells: Sequence[str], known: Mapping[str, list[Line]]) -> tuple[list[Line], Sequence[str]]:
    """The communes that the cells which name one may mean, together, and the cells after these."""
    said = [known.get(cell) or known.get(fold(cell)) for cell in cells]
    first = next((turn for turn, one in enumerate(said) if one), len(cells))
    last = next((turn for turn in range(first, len(cells)) if not said[turn]), len(cells))
    lines = [line for one in said[first:last] for line in one or ()]
    agreed = [line for line in lines if all(line in (one or ()) for one in said[first:last])]
    return list({line.commune.code: line for line in agreed or lines}.values()), cells[last:]


def _why_not(named: Sequence[Line], numbers: Sequence[str], filled: Container[str]) -> str:
    if not named:
        return _("không thấy xã này trong bảng của trang này")
    if len(named) > 1:
        return _("có thể là nhiều xã; hãy ghi mã xã")
    if len(numbers) != 2:
        return _("sau tên xã phải là đúng hai số: số hộ, số nhân khẩu")
    return _("xã này đã có ở dòng trên") if named[0].commune.code in filled else ""


def entries(table: Iterable[Line]) -> list[Entry]:
    """Of the lines that say anything new; what cannot be read is said in the line."""
    found = []
    for line in table:
        if not line.changed:
            continue
        households, persons = _read(line, "households"), _read(line, "persons")
        if households is not None and persons is not None:
            found.append(Entry(line.commune.code, households, persons, line.seen))
    return found


def refuse(table: Iterable[Line], problems: Iterable[Problem]) -> list[Problem]:
    """Each problem to its cell, and what was there meanwhile becomes what is seen; the others come back."""
    by_code = {line.commune.code: line for line in table}
    left = []
    for problem in problems:
        _communes, _dot, rest = problem.field.partition("communes.")
        code, _dot, column = rest.partition(".")
        if code in by_code:
            by_code[code].problems.setdefault(column or "households", problem.message)
            by_code[code].seen = by_code[code].now.pk if by_code[code].now else None  # type: ignore[union-attr]
        else:
            left.append(problem)
    return left


def _read(line: Line, column: str) -> int | None:
    text = str(getattr(line, column))
    if not text:
        line.problems[column] = (
            _("Số đã ghi không xóa được; hãy ghi số đúng.") if line.now else _("Ghi cả số hộ và số nhân khẩu.")
        )
        return None
    try:
        number = parse_number(text)
    except ValueError as error:
        line.problems[column] = str(error)
        return None
    if number != int(number):
        line.problems[column] = _("“%s” không phải số nguyên.") % text
        return None
    return int(number)


def _shown(row: RoundTotals | None) -> tuple[str, str]:
    return (format_number(row.households), format_number(row.persons)) if row else ("", "")
