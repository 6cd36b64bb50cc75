"""The only door through which reported figures are written. Each call is one transaction, all or nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import Scope, scope_of
from households.areas.models import Area
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date
from reports.reported.areas import find_area_of
from reports.reported.checks import Problem, Statement, check_statement
from reports.reported.models import ReportedFigure, key_filter
from reports.reported.vocabulary import stored_unit

ENTER = "figures.enter"


class FigureRefusedError(Exception):
    """``problems`` say field by field what is wrong and what would be right."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.message for problem in problems))


def entering_scope(by: User, at: datetime) -> Scope:
    """The units whose figures the person may enter at this time, whatever door he comes through. Raises FigureRefusedError
    when there are none."""
    scope = scope_of(by, ENTER, day=timezone.localdate(at))
    if not scope:
        message = _("tài khoản “%(name)s” không có quyền nhập số liệu; hãy đề nghị quản trị viên giao quyền này")
        raise FigureRefusedError(Problem("", message % {"name": by.username}))
    return scope


def outside(statement: Statement) -> str:
    """Why a person whose scope does not hold the statement's unit is refused."""
    return _("địa bàn mã %(code)s (bản đồ ngày %(day)s) không thuộc quyền nhập số liệu được giao cho bạn") % {
        "code": statement.area_code,
        "day": format_date(statement.boundary_on),
    }


def enter_figure(*, statement: Statement, origin: str, by: User, at: datetime) -> ReportedFigure:
    """Store a figure whose key is not stored yet. Raises FigureRefusedError."""
    return enter_figures(statements=[(statement, origin)], by=by, at=at)[0]


@transaction.atomic
def enter_figures(*, statements: Sequence[tuple[Statement, str]], by: User, at: datetime) -> list[ReportedFigure]:
    """Store several new figures, each with its origin; one that is refused keeps all of them out."""
    scope = entering_scope(by, at)
    rows = [_row(statement, _accepted(statement, scope), origin, by, at) for statement, origin in statements]
    try:
        with acting(by=by, reason=_("Nhập số liệu đã công bố")), transaction.atomic():
            return ReportedFigure.objects.bulk_create(rows)
    except IntegrityError as error:
        raise FigureRefusedError(Problem("measure", _already_stored())) from error


@transaction.atomic
def correct_figure(
    *, figure: ReportedFigure, statement: Statement, reason: str, origin: str, by: User, at: datetime
) -> ReportedFigure:
    """A new revision in place of ``figure``, which stays. The key cannot change: another key is another figure.

    Raises FigureRefusedError, also when somebody corrected the same revision first.
    """
    scope = entering_scope(by, at)
    problems = [Problem("reason", _("còn trống; cần ghi lý do sửa"))] if not reason.strip() else []
    if statement.key != figure.key:
        problems.append(
            Problem("measure", _("khi sửa không đổi được địa bàn, chỉ tiêu, thời kỳ; hãy nhập số liệu mới"))
        )
    elif says_the_same(figure, statement):
        problems.append(Problem("value", _("không có gì khác với bản đang có; chỉ lưu khi có thay đổi")))
    if problems:
        raise FigureRefusedError(*problems)
    row = _row(statement, _accepted(statement, scope), origin, by, at)
    row.revision, row.supersedes, row.reason = figure.revision + 1, figure, reason.strip()
    try:
        with acting(by=by, reason=row.reason), transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise FigureRefusedError(Problem("value", _corrected_meanwhile())) from error
    return row


def _accepted(statement: Statement, scope: Scope) -> Area:
    """The area the statement is about. Raises FigureRefusedError when the statement cannot be stored."""
    problems = list(check_statement(statement))
    area, area_problem = find_area_of(code=statement.area_code, on=statement.boundary_on)
    if area_problem and not any(problem.field == "area_code" for problem in problems):
        problems.append(Problem("area_code", area_problem))
    if area is not None and not scope.holds(area, on=statement.boundary_on):
        problems.append(Problem("area_code", outside(statement)))
    if problems or area is None:
        raise FigureRefusedError(*problems)
    return area


def _row(statement: Statement, area: Area, origin: str, by: User, at: datetime) -> ReportedFigure:
    return ReportedFigure(
        report=statement.report,
        area=area,
        unit=statement.unit,
        published=statement.published,
        value=statement.value,
        upper=statement.upper,
        qualifier=statement.qualifier.value,
        note=statement.note,
        origin=origin,
        entered_by=by,
        entered_at=at,
        **key_filter(statement.key),
    )


def says_the_same(figure: ReportedFigure, statement: Statement) -> bool:
    stored = (figure.value, figure.upper, figure.qualifier, stored_unit(figure.unit), figure.report, figure.note)
    return stored == (
        statement.value,
        statement.upper,
        statement.qualifier.value,
        statement.unit,
        statement.report,
        statement.note,
    )


def _already_stored() -> str:
    return _("đã có số liệu của cùng địa bàn, chỉ tiêu và thời kỳ; muốn thay đổi thì dùng trang Sửa số liệu")


def _corrected_meanwhile() -> str:
    return _("số liệu này vừa được người khác sửa; hãy mở lại bản mới nhất rồi sửa tiếp")
