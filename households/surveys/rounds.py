"""The door through which a survey round is opened."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.areas.models import Area
from households.areas.queries import UnknownAreaError, find_area
from households.areas.units import Level
from households.criteria.law.parts import Standard
from households.criteria.law.years import Applicable
from households.criteria.models import LegalStandard, State
from households.criteria.queries import standards_on
from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.surveys.codes import RoundCode, read_code
from households.surveys.models import SurveyRound
from households.surveys.overlapping import overlapping
from households.surveys.queries import all_rounds
from households.surveys.refusals import RoundRefusedError, refuse
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.periods import on as holding_on
from povertyportal.vietnamese import format_date

OPEN = "rounds.open"
ROUNDS_LOCK = 0x524F554E  # "ROUN": whoever opens a round waits for whoever is opening one
LONGEST_BASIS = 400


def open_round(
    *,
    code: str,
    area_code: str,
    on: date,
    by: User,
    at: datetime,
    days: DateRange | None = None,
    legal_basis: str = "",
    invented: bool = False,
) -> SurveyRound:
    """``on``: whose map says what the area is and which communes lie in it. ``days``: without it those of the law.

    The standards that apply in the year are bound to it. Raises RoundRefusedError, PermissionDenied.
    """
    planned = plan_round(code=code, area_code=area_code, on=on, days=days, legal_basis=legal_basis)
    check_may(by, OPEN, code=area_code, on=on, day=timezone.localdate(at))
    planned.opened_by, planned.opened_at, planned.invented = by, at, invented
    reason = legal_basis.strip() or _("Mở đợt rà soát %(code)s") % {"code": planned.code}
    try:
        with transaction.atomic(), acting(by=by, reason=reason):
            _one_at_a_time()
            _check_free(planned)
            planned.save(force_insert=True)
    except IntegrityError as error:
        if "round_once_in_an_area" not in str(error):
            raise
        raise refuse("area_code", _("Địa bàn này đã mở đợt rà soát đó.")) from error
    return planned


def check_round(planned: SurveyRound, *, by: User, day: date) -> None:
    """Everything that opening would refuse, without opening. Raises RoundRefusedError, PermissionDenied."""
    check_may(by, OPEN, code=planned.area_code, on=planned.area_on, day=day)
    _check_free(planned)


def plan_round(
    *, code: str, area_code: str, on: date, days: DateRange | None = None, legal_basis: str = ""
) -> SurveyRound:
    """The round as it would be, unsaved and with nobody's name. Raises RoundRefusedError."""
    known = read_code(code)
    if known is None:
        message = _("“%s” không phải mã đợt; ví dụ 2026-periodic (định kỳ) hoặc 2026-03-inyear (trong năm, tháng 3).")
        raise refuse("code", message % code[:40])
    days = days or DateRange(*known.usual_days())
    problems = [*_problems_of_days(known, on, days), *problems_of_text("legal_basis", legal_basis, LONGEST_BASIS)]
    if problems:
        raise RoundRefusedError(problems)
    _check_area(area_code, on)
    bound = _bound(known.year, province_of(area_code, on))
    return SurveyRound(
        code=str(known), kind=known.kind, year=known.year, month=known.month, area_code=area_code, area_on=on,
        days=days, legal_basis=legal_basis.strip(), **bound,
    )  # fmt: skip


def _problems_of_days(code: RoundCode, on: date, days: DateRange) -> Iterator[Problem]:
    if on.year != code.year:
        message = _("Ngày %(day)s không thuộc năm rà soát %(year)s: hãy ghi một ngày trong năm đó.")
        yield Problem("on", message % {"day": format_date(on), "year": code.year})
    first, after = days.lower, days.upper
    if first is None or after is None or first >= after:
        yield Problem("days", _("Ngày kết thúc phải sau ngày bắt đầu."))
    elif first.year != code.year or date.fromordinal(after.toordinal() - 1).year != code.year:
        message = _("Thời gian rà soát phải nằm trong năm %(year)s.")
        yield Problem("days", message % {"year": code.year})


def _check_area(area_code: str, on: date) -> None:
    try:
        unit = find_area(code=area_code, on=on)
    except UnknownAreaError as error:
        raise refuse("area_code", str(error)) from error
    if unit.level is Level.VILLAGE:
        message = _("%(name)s không phải đơn vị hành chính; hãy mở đợt cho xã, cho huyện hoặc cho tỉnh.")
        raise refuse("area_code", message % {"name": unit.full_name})


def province_of(area_code: str, on: date) -> str:
    unit = find_area(code=area_code, on=on)
    while unit.parent_code:
        unit = find_area(code=unit.parent_code, on=on)
    return unit.code


def _bound(year: int, province: str) -> dict[str, LegalStandard | None]:
    found = standards_on(year, province)
    if found.closing is None:
        message = _("Năm %(year)s chưa có chuẩn nghèo nào được áp dụng trên cổng; hãy xem trang Chuẩn nghèo.")
        raise refuse("code", message % {"year": year})
    return bound_to(found)


def bound_to(found: Applicable) -> dict[str, LegalStandard | None]:
    """As fields of a round; 1 query."""
    rows = {row.code: row for row in LegalStandard.objects.filter(state=State.IN_FORCE)}
    return {name: _row(getattr(found, name), rows) for name in Applicable.__slots__}


def _row(standard: Standard | None, rows: dict[str, LegalStandard]) -> LegalStandard | None:
    return rows[standard.code] if standard else None


def held(found: SurveyRound) -> SurveyRound:
    """The round as it is now; of two people at once the second waits here and sees what the first wrote. Call it in a
    transaction. Raises RoundRefusedError for one that was withdrawn."""
    round = SurveyRound.objects.select_for_update().get(pk=found.pk)
    if round.withdrawn_at:
        told = {"by": round.withdrawn_by, "day": format_date(timezone.localdate(round.withdrawn_at))}
        raise refuse("", _("Đợt này đã được %(by)s rút ngày %(day)s.") % told)
    return round


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ROUNDS_LOCK])


def _check_free(planned: SurveyRound) -> None:
    area = holding_on(Area.objects.filter(code=planned.area_code), planned.area_on).get()
    others = list(all_rounds().filter(code=planned.code))
    for other in overlapping(area, planned.area_on, others):
        unit = find_area(code=other.area_code, on=other.area_on)
        told = {"code": planned.code, "name": unit.full_name, "area": other.area_code, "here": area.full_name}
        if (other.area_code, other.area_on) == (planned.area_code, planned.area_on) or unit.code == area.code:
            raise refuse("area_code", _("Đợt %(code)s đã mở cho %(name)s (%(area)s).") % told)
        message = _(
            "Đợt %(code)s đã mở cho %(name)s (%(area)s), có phần chung với %(here)s: "
            "một hộ không rà soát hai lần trong một đợt."
        )
        raise refuse("area_code", message % told)
