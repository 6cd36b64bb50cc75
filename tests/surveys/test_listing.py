"""Which households come to the list of a round."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from households.registry.actions.moving import end_household, move_household
from households.registry.actions.taking_over import take_over_recognition
from households.registry.entries import Place
from households.registry.models import Household
from households.surveys.findings import planned
from households.surveys.form_models import State, SurveyForm, Why
from households.surveys.forms.listing import add_form, list_for_round
from households.surveys.forms.steps import drop_form
from households.surveys.models import SurveyRound
from households.surveys.refusals import RoundRefusedError, SurveyRefusedError
from households.surveys.rounds import open_round
from households.surveys.withdrawing import withdraw_round
from povertyportal.core.accounts import system_user
from tests.access.people import AREAS, person
from tests.registry.people import household, told, village

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 3, 2, tzinfo=UTC)
LATER = datetime(2026, 12, 20, 2, tzinfo=UTC)
SINCE, BEFORE = date(2026, 1, 20), date(2026, 1, 5)


def a_round(area: str = AREAS.COMMUNE, code: str = "2026-periodic", **more: Any) -> SurveyRound:
    """``days``: first and last."""
    on, days = more.pop("on", date(2026, 9, 1)), more.pop("days", None)
    span = DateRange(days[0], days[1] + timedelta(days=1)) if days else None
    return open_round(code=code, area_code=area, on=on, by=system_user(), at=AT, days=span, **more)


def recognised(
    klass: str = "poor", area: str = "01392-001", since: date = SINCE, name: str = "Nông Văn An", **more: Any
) -> Household:
    found = household(area, (name,), on=min(BEFORE, since))
    given(found, klass, since, **more)
    return found


def given(found: Household, klass: str, since: date = SINCE, until: date | None = None) -> None:
    take_over_recognition(
        household=found.pk, klass=klass, year=2025, valid_from=since, valid_until=until, decision_number="12/QĐ-UBND",
        decision_date=since, standard="nd07-2021", area_code=AREAS.COMMUNE, source="Danh sách của xã",
        **told(),
    )  # fmt: skip


def listed(round: SurveyRound, area: str = AREAS.COMMUNE, **more: Any) -> int:
    return list_for_round(round=round, area_code=area, **{"by": system_user(), "at": AT, **more})


def why_of(round: SurveyRound) -> dict[int, str]:
    return dict(SurveyForm.objects.filter(round=round).values_list("household", "why"))


def test_poor_and_near_poor_households_come_to_the_list_and_no_others() -> None:
    poor, near = recognised(), recognised("near_poor", "01392-002")
    recognised("not_poor")
    household()
    assert listed(round := a_round()) == 2
    assert why_of(round) == {poor.pk: Why.POOR, near.pk: Why.NEAR_POOR}
    forms = SurveyForm.objects.order_by("area_code").values_list("area_code", "state", "listed_by__username")
    assert list(forms) == [(f"01392-00{n}", State.WAITING, system_user().username) for n in (1, 2)]


def test_what_is_recognised_on_the_first_day_counts_not_what_was_or_will_be() -> None:
    escaped = recognised()
    given(escaped, "not_poor", date(2026, 6, 1))
    recognised(until=date(2026, 9, 1))
    last = recognised(until=date(2026, 9, 2))
    recognised(since=date(2026, 9, 2))
    listed(round := a_round())
    assert list(why_of(round)) == [last.pk]


def test_a_second_time_only_what_is_new_comes_to_the_list() -> None:
    recognised()
    assert listed(round := a_round()) == 1
    new = recognised("near_poor")
    assert [(one.poor, one.near_poor) for one in planned(round, AREAS.COMMUNE, AT.date())] == [(0, 1)]
    assert (listed(round), listed(round)) == (1, 0)
    assert new.pk in why_of(round)


def test_a_household_stands_where_it_lives_on_the_day_of_listing() -> None:
    gone, moved, ended = recognised(), recognised(), recognised()
    second, elsewhere = village("Lũng Mật"), village("Bản Hỏi", AREAS.SIBLING)
    move_household(household=moved.pk, place=Place(second), on=date(2026, 9, 2), **told())
    move_household(household=gone.pk, place=Place(elsewhere), on=date(2026, 9, 2), **told())
    end_household(household=ended.pk, on=date(2026, 9, 2), **told())
    listed(round := a_round(AREAS.PROVINCE))
    assert list(SurveyForm.objects.filter(round=round).values_list("household", "area_code")) == [(moved.pk, second)]


def test_who_moved_into_another_round_of_the_same_code_is_reviewed_once() -> None:
    moved = recognised()
    listed(a_round())
    move_household(household=moved.pk, place=Place(village("Bản Hỏi", AREAS.SIBLING)), on=date(2026, 9, 2), **told())
    assert listed(a_round(AREAS.SIBLING), AREAS.SIBLING) == 0


def test_a_round_by_an_older_map_lists_by_its_own_codes() -> None:
    """Trường Hà was 01392 in Hà Quảng too; the round is that of the district, which is no more on the day of listing."""
    found = household("01392-001", on=date(2025, 7, 1))
    given(found, "poor", date(2025, 7, 1))
    round = a_round(AREAS.PROVINCE, on=date(2025, 9, 1), code="2025-periodic")
    assert listed(round, AREAS.PROVINCE, at=datetime(2025, 9, 3, tzinfo=UTC)) == 1


def test_an_official_lists_his_own_commune_only() -> None:
    recognised()
    round, official = a_round(AREAS.PROVINCE), person("commune_official", AREAS.COMMUNE)
    assert listed(round, by=official) == 1
    for area in (AREAS.SIBLING, AREAS.PROVINCE):
        with pytest.raises(PermissionDenied):
            listed(round, area, by=official)
    with pytest.raises(PermissionDenied):
        listed(round, by=person("village_reviewer", AREAS.COMMUNE))


def test_where_nothing_can_be_listed_the_sentence_says_why() -> None:
    round = a_round()
    with pytest.raises(SurveyRefusedError, match="không thuộc địa bàn của đợt"):
        listed(round, AREAS.SIBLING)
    with pytest.raises(SurveyRefusedError, match="đã hết ngày 14/12/2026"):
        listed(round, at=LATER)
    with pytest.raises(SurveyRefusedError, match="có giấy đề nghị"):
        listed(a_round(code="2026-10-inyear", on=date(2026, 10, 15)))
    withdraw_round(round=round, reason="Mở nhầm", by=system_user(), at=AT)
    with pytest.raises(RoundRefusedError, match=r"rút"):
        listed(round)


def added(round: SurveyRound, found: Household, why: str = "request", **more: Any) -> SurveyForm:
    return add_form(round=round, household=found.pk, why=why, **{"by": system_user(), "at": AT, **more})


def test_a_household_that_asks_is_added_by_hand() -> None:
    form = added(a_round(), household("01392-002", on=BEFORE))
    assert (form.why, form.area_code, form.state) == (Why.REQUEST, "01392-002", State.WAITING)


@pytest.mark.parametrize(
    ("klass", "why", "words"),
    [
        ("poor", "request", "đã thuộc diện rà soát"),
        ("near_poor", "poor", "không được công nhận là hộ nghèo"),
        ("not_poor", "escape", "Chỉ hộ đang là"),
    ],
)
def test_the_reason_must_fit_what_is_recognised(klass: str, why: str, words: str) -> None:
    with pytest.raises(SurveyRefusedError, match=words):
        added(a_round(), recognised(klass), why)


def test_a_household_stands_once_on_the_list_until_it_is_dropped() -> None:
    round, found = a_round(), household(on=BEFORE)
    form = added(round, found)
    with pytest.raises(SurveyRefusedError, match="đã có phiếu trong đợt"):
        added(round, found)
    drop_form(form=form.pk, remark="Không có đơn", by=system_user(), at=AT)
    assert listed(round) == 0
    again = added(round, found, "found")
    assert (again.pk, again.state, again.why, again.remark) == (form.pk, State.WAITING, Why.FOUND, "")


def test_who_lives_elsewhere_or_is_no_more_is_not_added() -> None:
    round = a_round()
    with pytest.raises(SurveyRefusedError, match="không ở trong địa bàn"):
        added(round, household("01363-001", on=BEFORE))
    ended = household(on=BEFORE)
    end_household(household=ended.pk, on=date(2026, 3, 1), **told())
    with pytest.raises(SurveyRefusedError, match="Không có hộ"):
        added(round, ended)
