"""A row of a figures file → a Statement, or every problem of the row by its column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from povertyportal.core.sheets import Line
from reports.reported.checks import Problem, Statement, check_statement
from reports.reported.values import parse_value
from reports.tables import Qualifier

COLUMNS = (
    "report",
    "area_code",
    "area_name",
    "boundary_on",
    "standard",
    "program",
    "measure",
    "unit",
    "period_from",
    "period_to",
    "value",
    "qualifier",
    "note",
)
_MUST_BE_GIVEN = frozenset(COLUMNS) - {"standard", "program", "note"}
_COLUMN_OF = {"programme": "program", "published": "value", "upper": "value"}
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VIETNAMESE_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong on which line in which column; ``message`` also says what would be right. Line 1 is the header."""

    line: int
    column: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        where = _("Dòng %(line)s") % {"line": self.line}
        return (
            f"{where}, {_('cột %(column)s') % {'column': self.column}}: {self.message}"
            if self.column
            else f"{where}: {self.message}"
        )


@dataclass(frozen=True, slots=True)
class Row:
    """``statement`` is None when the row has problems."""

    line: int
    area_name: str
    statement: Statement | None
    problems: tuple[RowProblem, ...] = ()


def header_problems(header: Line) -> list[RowProblem]:
    """Columns may stand in any order; each must be there once, and no other."""
    names = [_column(cell) for cell in header.cells]
    missing = [name for name in COLUMNS if name not in names]
    problems = [RowProblem(header.number, name, _("thiếu cột này trong dòng tên cột")) for name in missing]
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            message = _("cột lạ; các cột hợp lệ: %(columns)s") % {"columns": ", ".join(COLUMNS)}
            problems.append(RowProblem(header.number, name or _("(không tên)"), message))
        elif names.count(name) > 1:
            problems.append(RowProblem(header.number, name, _("cột xuất hiện hơn một lần")))
    return problems


def read_row(header: Line, line: Line) -> Row:
    names = [_column(cell) for cell in header.cells]
    if len(line.cells) != len(names):
        message = _("dòng có %(found)s ô, cần %(wanted)s ô; ô có dấu ngăn cột bên trong phải đặt trong ngoặc kép") % {
            "found": len(line.cells),
            "wanted": len(names),
        }
        return Row(line.number, "", None, (RowProblem(line.number, "", message),))
    return _read_cells(line.number, dict(zip(names, line.cells, strict=True)))


def _column(cell: str) -> str:
    return cell.strip().lower()


def _read_cells(number: int, cells: Mapping[str, str]) -> Row:
    problems = [
        RowProblem(number, name, _("ô trống; cần nhập"))
        for name in COLUMNS
        if name in _MUST_BE_GIVEN and not cells[name]
    ]
    if problems:
        return Row(number, cells["area_name"], None, tuple(problems))
    values, problems = _converted(number, cells)
    if problems:
        return Row(number, cells["area_name"], None, tuple(problems))
    statement = _statement(cells, values)
    problems = [_row_problem(number, problem, cells) for problem in check_statement(statement)]
    return Row(number, cells["area_name"], None if problems else statement, tuple(problems))


def _converted(number: int, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[RowProblem]]:
    values: dict[str, Any] = {}
    problems: list[RowProblem] = []
    readers: dict[str, Callable[[str], Any]] = {
        "boundary_on": _day,
        "period_from": _day,
        "period_to": _day,
        "qualifier": _qualifier,
    }
    readers["value"] = lambda text: parse_value(text, values.get("qualifier", Qualifier.EXACT))
    for name, read in readers.items():
        try:
            values[name] = read(cells[name])
        except ValueError as error:
            problems.append(RowProblem(number, name, str(error), cells[name]))
    return values, problems


def _statement(cells: Mapping[str, str], values: Mapping[str, Any]) -> Statement:
    value: tuple[Decimal, Decimal | None] = values["value"]
    return Statement(
        report=cells["report"],
        area_code=cells["area_code"],
        boundary_on=values["boundary_on"],
        standard=cells["standard"],
        programme=cells["program"],
        measure=cells["measure"],
        unit=cells["unit"],
        period_from=values["period_from"],
        period_to=values["period_to"],
        published=cells["value"],
        value=value[0],
        upper=value[1],
        qualifier=values["qualifier"],
        note=cells["note"],
    )


def _row_problem(number: int, problem: Problem, cells: Mapping[str, str]) -> RowProblem:
    column = _COLUMN_OF.get(problem.field, problem.field)
    return RowProblem(number, column, problem.message, cells.get(column, ""))


def _day(text: str) -> date:
    if _ISO_DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ValueError(_("“%(text)s” không phải ngày có thật") % {"text": text}) from None
    typed = _VIETNAMESE_DATE.fullmatch(text)
    example = f"{typed[3]}-{int(typed[2]):02}-{int(typed[1]):02}" if typed else ""
    example = example if _is_day(example) else "2020-12-14"
    raise ValueError(
        _("“%(text)s” không đúng dạng ngày; cần ghi NĂM-THÁNG-NGÀY, ví dụ %(example)s")
        % {"text": text, "example": example}
    )


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _qualifier(text: str) -> Qualifier:
    try:
        return Qualifier(text)
    except ValueError:
        known = ", ".join(kind.value for kind in Qualifier)
        raise ValueError(
            _("“%(text)s” không có trong các loại giá trị: %(known)s") % {"text": text, "known": known}
        ) from None
