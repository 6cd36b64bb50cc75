"""Recognitions decided before the portal, or outside it: taken over with their source, never overwritten."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from households.areas.queries import UnknownAreaError, find_area
from households.areas.units import Level
from households.criteria.law.years import applies
from households.criteria.queries import standards_in_force
from households.registry.actions.working import problems_of_text, working
from households.registry.codes import RecognisedClass, RecognitionOrigin
from households.registry.models import Household, Recognition
from households.registry.problems import Problem, RegistryRefusedError
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date, tidy

TAKE_OVER = "recognitions.take_over"
FIRST_YEAR = 1993
LATEST_START = timedelta(days=366)  # after the decision


def take_over_recognition(
    *,
    household: int,
    klass: str,
    year: int,
    valid_from: date,
    decision_number: str,
    decision_date: date,
    standard: str,
    area_code: str,
    source: str,
    reason: str,
    by: User,
    at: datetime,
    kind: str = "",
    valid_until: date | None = None,
    corrects: int | None = None,
    expected: str = "",
) -> Recognition:
    """``area_code``: the commune that decided, on the day of its decision. ``corrects``: the recognition it stands in for.
    ``expected``: ``version_of`` the household as the form showed it.

    Raises RegistryRefusedError, PermissionDenied.
    """
    today = timezone.localdate(at)
    row = Recognition(
        household_id=household, klass=klass, kind=tidy(kind), year=year, decision_number=tidy(decision_number),
        decision_date=decision_date, area_code=area_code.strip(), standard=standard, source=tidy(source),
        origin=RecognitionOrigin.TAKEN_OVER, corrects_id=corrects, reason=reason.strip(), by=by, at=at,
    )  # fmt: skip
    if problems := _problems(row, valid_from, valid_until, today):
        raise RegistryRefusedError(problems)
    row.validity = DateRange(valid_from, valid_until)
    day = _day_within(household, valid_from, today)
    with working(household, on=day, reason=reason, by=by, at=at, expected=expected, action=TAKE_OVER) as work:
        if problems := _problems_beside(row, work.households[household]):
            raise RegistryRefusedError(problems)
        row.save(force_insert=True)
    return row


def _day_within(household: int, valid_from: date, today: date) -> date:
    """The day on which the right is asked: the first of the recognition, inside the life of the household."""
    life = Household.objects.filter(pk=household).values_list("validity", flat=True).first()
    if life is None:
        return today
    last = min(today, life.upper - timedelta(days=1)) if life.upper else today
    return max(life.lower, min(valid_from, last))


def _problems(row: Recognition, start: date, end: date | None, today: date) -> list[Problem]:
    found = [*_problems_of_texts(row), *_problems_of_place(row)]
    if row.klass not in RecognisedClass.values:
        found.append(Problem("klass", _("Không có phân loại “%s”.") % row.klass))
    if not FIRST_YEAR <= row.year <= today.year + 1:
        message = _("Năm rà soát phải từ %(first)s đến %(last)s.") % {"first": FIRST_YEAR, "last": today.year + 1}
        found.append(Problem("year", message))
    if row.decision_date.year < row.year:
        message = _("Quyết định ghi ngày %(day)s, trước năm rà soát %(year)s.")
        told = {"day": format_date(row.decision_date), "year": row.year}
        found.append(Problem("decision_date", message % told))
    if row.decision_date > today:
        message = _("Quyết định ghi ngày %(day)s, sau hôm nay.") % {"day": format_date(row.decision_date)}
        found.append(Problem("decision_date", message))
    if start > row.decision_date + LATEST_START:
        message = _("Công nhận bắt đầu hơn một năm sau ngày quyết định %(day)s; hãy xem lại hai ngày này.")
        found.append(Problem("valid_from", message % {"day": format_date(row.decision_date)}))
    if end is not None and end <= start:
        found.append(Problem("valid_until", _("Ngày hết hiệu lực phải sau ngày bắt đầu.")))
    return [*found, *_problems_of_standard(row)]


def _problems_of_standard(row: Recognition) -> Iterator[Problem]:
    """The standard has to be in force, to apply in the review year, and to know the kind of poverty."""
    standard = next((one for one in standards_in_force() if one.code == row.standard), None)
    if standard is None:
        message = _("Không có chuẩn nghèo mang mã “%s” đang áp dụng; xem mã ở mục Chuẩn nghèo.") % row.standard
        yield Problem("standard", message)
        return
    if not applies(standard, year=row.year):
        message = _("%(standard)s không áp dụng cho năm rà soát %(year)s; hãy xem lại năm hoặc chọn chuẩn khác.")
        yield Problem("standard", message % {"standard": standard.title, "year": row.year})
    if row.kind and row.kind not in standard.kinds:
        message = _("%(standard)s không chia hộ nghèo theo dạng này; hãy để trống hoặc chọn chuẩn khác.")
        yield Problem("kind", message % {"standard": standard.title})
    elif row.kind and row.klass != RecognisedClass.POOR:
        yield Problem("kind", _("Chỉ hộ nghèo mới có dạng nghèo; hãy để trống."))


def _problems_of_texts(row: Recognition) -> list[Problem]:
    found: list[Problem] = []
    for name, most in (("decision_number", 60), ("source", 400)):
        found += problems_of_text(name, getattr(row, name), most)
    if not row.decision_number:
        found.append(Problem("decision_number", _("Cần số quyết định công nhận.")))
    if not row.source:
        found.append(Problem("source", _("Cần nguồn: tệp, sổ hoặc danh sách mà bạn lấy kết quả này.")))
    return found


def _problems_of_place(row: Recognition) -> list[Problem]:
    try:
        unit = find_area(code=row.area_code, on=row.decision_date)
    except UnknownAreaError as error:
        return [Problem("area_code", str(error))]
    if unit.level is not Level.COMMUNE:
        message = _("Mã %(code)s là %(name)s; quyết định công nhận là của chủ tịch UBND cấp xã.")
        return [Problem("area_code", message % {"code": unit.code, "name": unit.full_name})]
    return []


def _problems_beside(row: Recognition, household: Household) -> list[Problem]:
    """What stands in the registry already. The household is locked: of two who correct the same the second is refused."""
    start, end = household.validity.lower, household.validity.upper
    found = []
    if row.validity.lower < start or (end is not None and row.validity.lower >= end):
        message = _("Hộ %(household)s có từ ngày %(start)s%(end)s; công nhận phải bắt đầu trong thời gian đó.")
        until = _(" đến trước ngày %s") % format_date(end) if end else ""
        told = {"household": household, "start": format_date(start), "end": until}
        found.append(Problem("valid_from", message % told))
    beside = Recognition.objects.filter(household=household, corrected_by=None).exclude(pk=row.corrects_id or 0)
    same = {name: getattr(row, name) for name in ("klass", "kind", "year", "validity", "decision_number")}
    if beside.filter(**same).exists():
        found.append(Problem("", _("Công nhận này đã được ghi.")))
    if row.corrects_id is not None:
        old = Recognition.objects.filter(pk=row.corrects_id, household=household).first()
        if old is None:
            found.append(Problem("corrects", _("Công nhận cần đính chính không thuộc hộ này.")))
        elif Recognition.objects.filter(corrects=old).exists():
            found.append(Problem("corrects", _("Công nhận này đã được đính chính; hãy đính chính bản mới nhất.")))
    return found
