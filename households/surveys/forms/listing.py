"""Which households a round reviews: those already recognised, all at once, and others one by one (Phụ lục I).

A household stands on the list with the village in which it lived on the day of listing, within the days of the round.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.registry.codes import RecognisedClass
from households.registry.places import named_place
from households.registry.state import HouseholdState, state_on
from households.surveys.form_models import State, SurveyForm, Why
from households.surveys.models import RoundKind, SurveyRound
from households.surveys.refusals import SurveyRefusedError, refuse_form
from households.surveys.rounds import held
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

LIST = "surveys.list"
Closed = Callable[[SurveyRound, str, str], str]
_closed: list[Closed] = []

# Villages and communes by the map of the round. Where a code means another unit on the day of listing, the place is that of
# the map's own day. Household by household, each a few looks into an index: a plan made before the server has counted freshly
# loaded rows is no worse. Nobody is reviewed twice in rounds of one code: who has a form in a neighbour's round keeps that one.
LISTABLE = """
WITH RECURSIVE units (code, validity) AS (
    SELECT code, validity FROM areas_area WHERE code = %(area)s AND validity @> %(map)s
    UNION ALL
    SELECT a.code, a.validity FROM units u JOIN areas_area a ON a.parent_code = u.code AND a.validity @> %(map)s
),
places AS MATERIALIZED (
    SELECT r.household_id, r.area_code FROM units u JOIN households_residence r ON r.area_code = u.code
     WHERE u.validity @> %(day)s AND r.validity @> %(day)s
    UNION ALL
    SELECT r.household_id, r.area_code FROM units u JOIN households_residence r ON r.area_code = u.code
     WHERE NOT u.validity @> %(day)s AND r.validity @> %(map)s
)
SELECT h.id AS household, g.klass AS why, p.area_code, h.invented
  FROM places p
 CROSS JOIN LATERAL (
    SELECT r.class AS klass FROM households_recognition r
     WHERE r.household_id = p.household_id AND r.validity @> %(first)s
       AND NOT EXISTS (SELECT FROM households_recognition c WHERE c.corrects_id = r.id OFFSET 0)
     ORDER BY lower(r.validity) DESC, r.at DESC, r.id DESC LIMIT 1
 ) g
 CROSS JOIN LATERAL (
    SELECT one.id, one.invented FROM households_household one
     WHERE one.id = p.household_id AND one.merged_into_id IS NULL AND one.validity @> %(day)s OFFSET 0
 ) h
 WHERE g.klass IN ('poor', 'near_poor') AND NOT EXISTS (
    SELECT FROM (
        SELECT one.round_id, one.state FROM households_surveyform one WHERE one.household_id = p.household_id OFFSET 0
    ) f
     WHERE f.round_id = %(round)s OR (f.state <> 'dropped' AND f.round_id = ANY (ARRAY(
        SELECT o.id FROM households_surveyround o WHERE o.code = %(code)s AND o.withdrawn_at IS NULL
     )))
 )
"""
_STORE = """
INSERT INTO households_surveyform (round_id, household_id, why, area_code, state, listed_by_id, listed_at, remark, invented)
SELECT %(round)s, household, why, area_code, 'waiting', %(by)s, %(at)s, '', invented FROM ({listable}) listable
 ORDER BY area_code, household
"""


def register_closed(closed: Closed) -> None:
    """``closed``: of a round, a place and a reason, a sentence where nobody comes to that list any more, else "". Called in
    ``AppConfig.ready()``."""
    if closed not in _closed:
        _closed.append(closed)


def list_for_round(*, round: SurveyRound, area_code: str, by: User, at: datetime) -> int:
    """All households of the area that are recognised as poor or near-poor on the round's first day; how many came to the
    list. Those that stand on it already stay as they are. Raises SurveyRefusedError, RoundRefusedError, PermissionDenied."""
    today = timezone.localdate(at)
    check_listable(round, area_code, by=by, day=today)
    reason = _("Lập danh sách rà soát của đợt %s (Phụ lục I)") % round.code
    with transaction.atomic(), acting(by=by, reason=reason):
        asked = listable_arguments(held(round), area_code, today) | {"by": by.pk, "at": at}
        with connection.cursor() as cursor:
            cursor.execute(_STORE.format(listable=LISTABLE), asked)
            return int(cursor.rowcount)


def check_listable(round: SurveyRound, area_code: str, *, by: User, day: date) -> None:
    """Raises SurveyRefusedError, PermissionDenied."""
    if round.kind != RoundKind.PERIODIC:
        message = _("Đợt thường xuyên chỉ rà soát hộ có giấy đề nghị hoặc hộ phát hiện thêm: hãy đưa từng hộ vào.")
        raise refuse_form("round", message)
    check_running(round, day)
    _check_within(round, area_code)
    check_may(by, LIST, code=area_code, on=round.area_on, day=day)


def listable_arguments(round: SurveyRound, area_code: str, day: date) -> dict[str, Any]:
    """What ``LISTABLE`` is asked with."""
    return {
        "round": round.pk,
        "code": round.code,
        "area": area_code,
        "map": round.area_on,
        "first": round.days.lower,
        "day": day_of_listing(round, day),
    }


def add_form(*, round: SurveyRound, household: int, why: str, by: User, at: datetime) -> SurveyForm:
    """One household comes to the list, or back to it. Raises SurveyRefusedError, RoundRefusedError, PermissionDenied."""
    today = timezone.localdate(at)
    check_running(round, today)
    area_code = place_in_round(round, household, today)
    check_may(by, LIST, code=area_code, on=round.area_on, day=today)
    with transaction.atomic(), acting(by=by, reason=_("Đưa hộ vào danh sách rà soát: %s") % Why(why).label):
        found = held(round)
        _check_why(state_on(household, found.days.lower), why)
        _check_open(found, area_code, why)
        known = SurveyForm.objects.select_for_update().filter(round__code=found.code, round__withdrawn_at=None)
        if form := known.filter(household=household).exclude(round=found, state=State.DROPPED).first():
            raise _stands_already(form)
        if dropped := known.filter(household=household, round=found).first():
            dropped.state, dropped.why, dropped.area_code, dropped.remark = State.WAITING, why, area_code, ""
            dropped.save(update_fields=["state", "why", "area_code", "remark"])
            return dropped
        invented = found.invented
        return SurveyForm.objects.create(
            round=found,
            household_id=household,
            why=why,
            area_code=area_code,
            listed_by=by,
            listed_at=at,
            invented=invented,
        )


def day_of_listing(round: SurveyRound, day: date) -> date:
    """The day within the days of the round."""
    last: date = last_day(round)
    first: date = round.days.lower
    return min(max(first, day), last)


def last_day(round: SurveyRound) -> date:
    found: date = round.days.upper - timedelta(days=1)
    return found


def check_running(round: SurveyRound, day: date) -> None:
    """Lists grow while the round lasts, and before it begins. Raises SurveyRefusedError."""
    if round.withdrawn_at:
        raise refuse_form("round", _("Đợt %s đã rút, không nhận thêm hộ.") % round.code)
    if day > last_day(round):
        told = {"code": round.code, "day": format_date(last_day(round))}
        message = _("Đợt %(code)s đã hết ngày %(day)s, không thêm hộ được nữa; hộ mới đưa vào đợt sau.")
        raise refuse_form("round", message % told)


def place_in_round(round: SurveyRound, household: int, day: date) -> str:
    """Code of where it lives, on the round's map. Raises SurveyRefusedError."""
    known = state_on(household, day_of_listing(round, day))
    if known.merged_into:
        raise refuse_form(
            "household",
            _("Hồ sơ H%(one)s ghi trùng, đã về hộ H%(other)s.") % {"one": household, "other": known.merged_into},
        )
    if not known.exists:
        raise refuse_form("household", _("Không có hộ H%s vào thời gian của đợt này.") % household)
    for code in (known.area_code, state_on(household, round.area_on).area_code):
        if code and _lies_in(round, code):
            return code
    raise refuse_form("household", _("Hộ H%s không ở trong địa bàn của đợt này.") % household)


def _lies_in(round: SurveyRound, code: str) -> bool:
    return round.area_code in {unit.code for unit in named_place(code, on=round.area_on).chain}


def _check_within(round: SurveyRound, area_code: str) -> None:
    if not _lies_in(round, area_code):
        told = {"area": area_code, "code": round.code}
        raise refuse_form("area_code", _("%(area)s không thuộc địa bàn của đợt %(code)s.") % told)


def _check_open(round: SurveyRound, area_code: str, why: str) -> None:
    for closed in _closed:
        if said := closed(round, area_code, why):
            raise refuse_form("round", said)


def _check_why(known: HouseholdState, why: str) -> None:
    """The recognition in force on the round's first day and the reason must not contradict each other."""
    klass = known.recognition.klass if known.recognition else ""
    managed = klass in (RecognisedClass.POOR, RecognisedClass.NEAR_POOR)
    if why in (Why.POOR, Why.NEAR_POOR) and klass != why:
        message = _("Đầu đợt hộ này không được công nhận là %s: hãy chọn hộ có giấy đề nghị hoặc hộ phát hiện thêm.")
        raise refuse_form("why", message % RecognisedClass(why).label)
    if why == Why.ESCAPE and not managed:
        raise refuse_form("why", _("Chỉ hộ đang là hộ nghèo, hộ cận nghèo mới đề nghị công nhận thoát nghèo được."))
    if why in (Why.REQUEST, Why.FOUND) and managed:
        message = _("Hộ này đang là %(klass)s: đã thuộc diện rà soát, hãy chọn “%(why)s”.")
        raise refuse_form("why", message % {"klass": RecognisedClass(klass).label, "why": Why(klass).label})


def _stands_already(form: SurveyForm) -> SurveyRefusedError:
    told = {"state": form.get_state_display(), "day": format_date(timezone.localdate(form.listed_at))}
    return refuse_form("household", _("Hộ này đã có phiếu trong đợt từ ngày %(day)s (%(state)s).") % told)
