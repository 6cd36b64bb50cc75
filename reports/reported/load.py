"""A whole figures file: read, checked row by row and against what is stored, then stored in one piece or not at all."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from households.access.scope import EVERYWHERE, Scope
from households.areas.models import Area
from povertyportal.core.models import User
from povertyportal.core.sheets import MAX_ROWS, Sheet, UnreadableFileError, read_sheet
from povertyportal.vietnamese import format_number
from programs.catalogue import find_programme
from reports.reported.actions import FigureRefusedError, enter_figures, entering_scope, outside
from reports.reported.areas import find_area_of, is_name_of, lost_zero_hint
from reports.reported.checks import Statement
from reports.reported.models import ReportedFigure
from reports.reported.queries import figures_in_force
from reports.reported.rows import COLUMNS, Row, RowProblem, header_problems, read_row
from reports.reported.vocabulary import find_measure, find_standard, is_percent, known_units, stored_unit
from reports.tables import FigureKey

_MOST_NAMED = 10
_THREE_DECIMALS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What a file would do. With any problem nothing of it can be stored.

    ``unchanged`` rows are stored already with the same value; ``notices`` are for the reader and stop nothing.
    """

    name: str
    new: tuple[tuple[Statement, str], ...] = ()
    unchanged: int = 0
    problems: tuple[RowProblem, ...] = ()
    notices: tuple[str, ...] = ()
    unknown_measures: tuple[str, ...] = ()
    unknown_programmes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return len(self.new) + self.unchanged


def check_file(*, content: bytes, name: str, scope: Scope = EVERYWHERE) -> FileCheck:
    """Everything that loading by somebody with this scope would find, without storing anything."""
    try:
        sheet = read_sheet(content)
    except UnreadableFileError as error:
        return FileCheck(name, problems=(RowProblem(1, "", str(error)),))
    problems = header_problems(sheet.header)
    if not problems and not sheet.lines:
        problems = [RowProblem(sheet.header.number, "", _("tệp chỉ có dòng tên cột, không có dòng số liệu nào"))]
    if len(sheet.lines) > MAX_ROWS:
        problems.append(RowProblem(sheet.lines[MAX_ROWS].number, "", _too_long(len(sheet.lines))))
    if problems:
        return FileCheck(name, problems=tuple(problems))
    return _check_rows(sheet, name, scope)


def _too_long(rows: int) -> str:
    message = _(
        "tệp có %(rows)s dòng số liệu, từ dòng này trở đi là quá %(most)s dòng một tệp; hãy chia thành %(files)s tệp"
    )
    files = -(-rows // MAX_ROWS)
    return message % {"rows": format_number(rows), "most": format_number(MAX_ROWS), "files": files}


def load_file(*, content: bytes, name: str, by: User, at: datetime) -> FileCheck:
    """Store what is new in the file. With any problem, also one that only storing shows, nothing is stored.

    Raises FigureRefusedError for somebody who may enter nothing at all.
    """
    scope = entering_scope(by, at)
    checked = check_file(content=content, name=name, scope=scope)
    if checked.problems or not checked.new:
        return checked
    try:
        enter_figures(statements=checked.new, by=by, at=at)
    except FigureRefusedError as error:
        again = check_file(content=content, name=name, scope=scope)  # somebody stored the same figures meanwhile
        if again.problems or not again.new:
            return again
        return FileCheck(name, problems=tuple(RowProblem(1, "", problem.message) for problem in error.problems))
    return checked


def _check_rows(sheet: Sheet, name: str, scope: Scope) -> FileCheck:
    everything = [read_row(sheet.header, line) for line in sheet.lines]
    rows, foreign = _by_scope(everything, scope)
    problems = [problem for row in everything for problem in row.problems]
    problems += foreign + _area_problems(rows) + _duplicates(rows)
    stored, earlier = _stored(rows), _earlier(rows)
    new, unchanged, noted, corrected = list[tuple[int, Statement]](), 0, list[int](), list[int]()
    for row in rows:
        figure = stored.get(row.statement.key) if row.statement else None
        if row.statement is None:
            continue
        if figure is None:
            new.append((row.line, row.statement))
        elif same_value(figure, row.statement):
            unchanged += 1
            same = (row.statement.note, row.statement.report) == (figure.note, figure.report)
            noted += [] if same else [row.line]
        elif any(same_value(before, row.statement) for before in earlier.get(row.statement.key, ())):
            unchanged += 1
            corrected.append(row.line)
        else:
            problems.append(_stored_otherwise(row, figure))
    measures, programmes = _unknown(rows)
    notices = (
        _encoding_notice(sheet)
        + _other_notes(noted)
        + _corrected_since(corrected)
        + _other_notices(rows)
        + _read_as_decimals(new)
    )
    ordered = sorted(
        problems, key=lambda problem: (problem.line, COLUMNS.index(problem.column) if problem.column else -1)
    )
    stated = tuple((statement, f"{name}:{line}"[:200]) for line, statement in new)
    return FileCheck(name, stated, unchanged, tuple(ordered), tuple(notices), measures, programmes)


def _by_scope(rows: Sequence[Row], scope: Scope) -> tuple[list[Row], list[RowProblem]]:
    """Rows on units of the scope (or on none that exists), and what is wrong with the others: of those nothing stored is
    told."""
    places = {(row.statement.area_code, row.statement.boundary_on) for row in rows if row.statement}
    beyond = {place for place in places if not scope.covers(place[0], on=place[1])}
    foreign = {(code, on) for code, on in beyond if find_area_of(code=code, on=on)[0] is not None}
    within, problems = list[Row](), list[RowProblem]()
    for row in rows:
        stated = row.statement
        if stated and (stated.area_code, stated.boundary_on) in foreign:
            problems.append(RowProblem(row.line, "area_code", outside(stated), stated.area_code))
        else:
            within.append(row)
    return within, problems


def same_value(figure: ReportedFigure, statement: Statement) -> bool:
    return (figure.value, figure.upper, figure.qualifier, stored_unit(figure.unit)) == (
        statement.value,
        statement.upper,
        statement.qualifier.value,
        statement.unit,
    )


def _area_problems(rows: Iterable[Row]) -> list[RowProblem]:
    found: dict[tuple[str, date], tuple[Area | None, str]] = {}
    problems = []
    for row in rows:
        if row.statement is None:
            continue
        place = (row.statement.area_code, row.statement.boundary_on)
        if place not in found:
            found[place] = find_area_of(code=place[0], on=place[1])
        area, message = found[place]
        if area is None:
            problems.append(RowProblem(row.line, "area_code", message, place[0]))
        elif not is_name_of(area, row.area_name):
            problems.append(_other_name(row, area))
    return problems


def _other_name(row: Row, area: Area) -> RowProblem:
    message = _("“%(given)s” không phải tên của mã %(code)s; ngày đó mã này là %(name)s%(hint)s") % {
        "given": row.area_name,
        "code": area.code,
        "name": area.full_name,
        "hint": lost_zero_hint(area.code, row.area_name),
    }
    return RowProblem(row.line, "area_name", message, row.area_name)


def _duplicates(rows: Iterable[Row]) -> list[RowProblem]:
    first: dict[FigureKey, int] = {}
    problems = []
    for row in rows:
        if row.statement is None:
            continue
        line = first.setdefault(row.statement.key, row.line)
        if line != row.line:
            message = _(
                "trùng với dòng %(line)s (cùng địa bàn, chuẩn, chương trình, chỉ tiêu và thời kỳ); chỉ giữ một dòng"
            )
            problems.append(RowProblem(row.line, "measure", message % {"line": line}, row.statement.measure))
    return problems


def _stored(rows: Iterable[Row]) -> Mapping[FigureKey, ReportedFigure]:
    codes = {row.statement.area_code for row in rows if row.statement}
    return {figure.key: figure for figure in figures_in_force().filter(area_code__in=codes)}


def _earlier(rows: Iterable[Row]) -> Mapping[FigureKey, list[ReportedFigure]]:
    """Revisions that a correction replaced: a file that still has their value has been loaded before."""
    codes = {row.statement.area_code for row in rows if row.statement}
    found: dict[FigureKey, list[ReportedFigure]] = {}
    for figure in ReportedFigure.objects.filter(area_code__in=codes, superseded_by__isnull=False):
        found.setdefault(figure.key, []).append(figure)
    return found


def _stored_otherwise(row: Row, figure: ReportedFigure) -> RowProblem:
    message = _(
        "đã lưu với giá trị khác: %(published)s %(unit)s (nguồn %(report)s, %(origin)s); "
        "muốn thay đổi thì dùng trang Sửa số liệu"
    ) % {
        "published": figure.published,
        "unit": figure.unit,
        "report": figure.report,
        "origin": figure.origin,
    }
    given = row.statement.published if row.statement else ""
    return RowProblem(row.line, "value", message, given)


def _other_notes(lines: Sequence[int]) -> list[str]:
    if not lines:
        return []
    named = ", ".join(str(line) for line in lines)
    return [
        _("Đã lưu cùng giá trị với ghi chú hoặc văn bản nguồn khác, bản đã lưu được giữ nguyên: dòng %(lines)s.")
        % {"lines": named}
    ]


def _corrected_since(lines: Sequence[int]) -> list[str]:
    if not lines:
        return []
    named = ", ".join(str(line) for line in lines)
    return [
        _("Đã có từ trước và sau đó đã được đính chính, bản đính chính được giữ: dòng %(lines)s.") % {"lines": named}
    ]


def _encoding_notice(sheet: Sheet) -> list[str]:
    if sheet.encoding != "cp1258":
        return []
    return [_("Tệp được đọc theo bảng mã Windows-1258; hãy kiểm tra dấu trong phần ghi chú.")]


def _read_as_decimals(new: Sequence[tuple[int, Statement]]) -> list[str]:
    """ "84.184 triệu đồng" may have been meant as 84184: such readings of new figures are said."""
    doubtful = [
        _("dòng %(line)s: %(typed)s là %(read)s %(unit)s")
        % {
            "line": line,
            "typed": statement.published,
            "read": format_number(statement.value, 3),
            "unit": "%" if is_percent(statement.unit) else statement.unit,
        }
        for line, statement in new
        if _THREE_DECIMALS.fullmatch(statement.published)
    ]
    if not doubtful:
        return []
    told = "; ".join(doubtful[:_MOST_NAMED]) + ("; …" if len(doubtful) > _MOST_NAMED else "")
    return [_("Dấu chấm được đọc là dấu phần lẻ, hãy kiểm tra lại: %(rows)s.") % {"rows": told}]


def _unknown(rows: Iterable[Row]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    statements = [row.statement for row in rows if row.statement]
    measures = sorted({entry.measure for entry in statements if not find_measure(entry.measure).known})
    codes = {entry.programme for entry in statements if entry.programme}
    return tuple(measures), tuple(sorted(code for code in codes if not find_programme(code).known))


def _other_notices(rows: Iterable[Row]) -> list[str]:
    statements = [row.statement for row in rows if row.statement]
    units = sorted({entry.unit for entry in statements} - known_units())
    codes = sorted(
        {entry.standard for entry in statements if entry.standard and not find_standard(entry.standard).known}
    )
    notices = [_("Đơn vị tính chưa có trong danh mục: %(unit)s.") % {"unit": unit} for unit in units]
    return notices + [_("Chuẩn nghèo chưa có trong danh mục: %(code)s.") % {"code": code} for code in codes]
