"""One row of a villages file: cells into a village, or what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from households.areas.days import DayRefusedError, read_day, too_far
from households.areas.units import VILLAGE_TYPES
from povertyportal.core.sheets import Line, damaged
from povertyportal.vietnamese import fold, sort_key, tidy

COLUMNS = ("ma_xa", "loai", "ten_thon", "tu_ngay", "can_cu", "nguon")
REQUIRED = COLUMNS[:-1]
_TYPES = {fold(kind): kind for kind in VILLAGE_TYPES} | {"tdp": "Tổ dân phố", "kp": "Khu phố"}


@dataclass(frozen=True, slots=True)
class RowProblem:
    line: int
    column: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        where = _("dòng %(line)s") % {"line": self.line}
        column = _(", cột %(column)s") % {"column": self.column} if self.column else ""
        return f"{where}{column}: {self.message}"


@dataclass(frozen=True, slots=True)
class VillageRow:
    line: int
    commune: str
    type: str
    name: str
    on: date
    legal_basis: str
    source: str

    @property
    def full_name(self) -> str:
        return f"{self.type} {self.name}"

    @property
    def called(self) -> tuple[str, str, str]:
        return self.commune, self.type, sort_key(self.name)


def columns(header: Line) -> list[str]:
    return [fold(cell).replace(" ", "_") for cell in header.cells]


def head_problems(header: Line) -> Iterator[RowProblem]:
    given = columns(header)
    missing = [column for column in REQUIRED if column not in given]
    if missing:
        told = {"missing": ", ".join(missing), "columns": ", ".join(COLUMNS)}
        yield RowProblem(header.number, "", _("thiếu cột %(missing)s; dòng đầu phải ghi tên cột: %(columns)s") % told)
    for column in sorted(set(given) - set(COLUMNS) - {""}):
        message = _("cột này không có trong mẫu; các cột là: %(columns)s") % {"columns": ", ".join(COLUMNS)}
        yield RowProblem(header.number, column, message)
    for column in sorted({column for column in given if column and given.count(column) > 1}):
        yield RowProblem(header.number, column, _("cột này có hai lần"))


def read_row(line: Line, places: dict[str, int], *, day: date) -> VillageRow | list[RowProblem]:
    """``day``: today, for dates that lie too far ahead."""
    cells = {column: line.cells[place] if place < len(line.cells) else "" for column, place in places.items()}
    problems = [
        RowProblem(line.number, column, _("còn trống"))
        for column in ("ma_xa", "ten_thon", "tu_ngay", "can_cu")
        if not cells[column]
    ]
    broken = [RowProblem(line.number, column, why) for column, cell in cells.items() if (why := damaged(cell))]
    if broken:
        return broken
    kind, name = type_and_name(cells["loai"], cells["ten_thon"])
    if cells["ten_thon"] and not kind:
        told = {"types": ", ".join(VILLAGE_TYPES)}
        problems.append(
            RowProblem(
                line.number, "loai", _("không phải loại đã biết; ghi một trong: %(types)s") % told, cells["loai"]
            )
        )
    on = _day(cells["tu_ngay"], day)
    if isinstance(on, str) and on:
        problems.append(RowProblem(line.number, "tu_ngay", on, cells["tu_ngay"]))
    if problems or isinstance(on, str):
        return problems
    source = cells.get("nguon", "")
    return VillageRow(line.number, cells["ma_xa"], kind, name, on, cells["can_cu"], source)


def type_and_name(kind: str, name: str) -> tuple[str, str]:
    """The name may begin with the kind, "Thôn Nậm Cang": once is enough."""
    plain = tidy(name)
    known = _TYPES.get(fold(kind), "")
    heads = [known] if known else ([] if kind else sorted(VILLAGE_TYPES, key=len, reverse=True))
    for head in heads:
        if fold(plain).startswith(fold(head) + " ") and plain[len(head) : len(head) + 1] == " ":
            return head, plain[len(head) :].strip()
    return known, plain


def _day(text: str, day: date) -> date | str:
    """The day, or why it is none; "" for an empty cell, which is told elsewhere."""
    if not text:
        return ""
    try:
        on = read_day(text)
    except DayRefusedError as refused:
        return str(refused)
    return too_far(on, day=day) or on
