"""Which standards the try-out page offers, and which of them a review of a day and a province applies."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from households.areas.queries import UnknownAreaError, find_area, versions_of
from households.criteria import queries
from households.criteria.b1.parts import B1Table
from households.criteria.b1.shelf import demonstration
from households.criteria.law.parts import Standard
from households.criteria.law.years import TwoStandardsError, applicable
from households.criteria.models import State
from households.criteria.questionnaire.sheet import AppliedStandard


class NoStandardError(ValueError):
    """A sentence: on that day nothing applies."""


def offered() -> tuple[Standard, ...]:
    """In force, then drafts; 2 queries."""
    drafts = [queries.standard_of(row) for row in queries.rows().filter(state=State.DRAFT)]
    return (*queries.standards_in_force(), *sorted(drafts, key=lambda one: one.code))


def provinces_with_own(standards: Iterable[Standard], on: date) -> list[tuple[str, str]]:
    codes = sorted({code for one in standards for code in one.scope})
    return [(code, f"{_name(code, on)} ({code})") for code in codes]


def _name(code: str, on: date) -> str:
    """As on the day, or as last called."""
    try:
        return find_area(code=code, on=on).full_name
    except UnknownAreaError:
        known = versions_of(code)
        return known[-1].full_name if known else _("Tỉnh mã %s") % code


def trials_of(
    standards: Sequence[Standard], *, code: str, on: date, province: str, with_demonstration: bool
) -> tuple[AppliedStandard, ...]:
    """One standard asked for by its code, or all that a review of the year applies. Raises NoStandardError."""
    asked = [(one, "") for one in standards if one.code == code][:1]
    chosen = asked or _of_year(standards, on.year, province)
    if not chosen:
        raise NoStandardError(
            _("Không có chuẩn nào áp dụng cho năm %(year)s; hãy chọn ngày khác hoặc chọn một chuẩn.")
            % {"year": on.year}
        )
    return tuple(AppliedStandard(one, why, _table(one, on, with_demonstration)) for one, why in chosen)


def _of_year(standards: Sequence[Standard], year: int, province: str) -> list[tuple[Standard, str]]:
    try:
        found = applicable(standards, province=province or None, year=year)
    except TwoStandardsError as overlap:
        raise NoStandardError(str(overlap)) from overlap
    purposes = (
        (found.closing, _("Kết quả rà soát năm %s") % year),
        (found.opening, _("Số đầu kỳ của chuẩn sau, cùng cuộc rà soát năm %s") % year),
        (found.local_closing, _("Chuẩn riêng của địa phương, kết quả năm %s") % year),
        (found.local_opening, _("Chuẩn riêng của địa phương, số đầu kỳ")),
    )
    return [(one, why) for one, why in purposes if one is not None]


def _table(standard: Standard, on: date, with_demonstration: bool) -> B1Table | None:
    return queries.b1_table_in_force(standard.code, on) or (
        demonstration(standard.code) if with_demonstration else None
    )
