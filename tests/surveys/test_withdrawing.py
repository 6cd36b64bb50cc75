"""A round that was opened by mistake is withdrawn while nothing hangs on it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from households.registry.merging.relations import relations_to
from households.surveys import hanging
from households.surveys.models import SurveyRound
from households.surveys.queries import all_rounds, round_of
from households.surveys.refusals import RoundRefusedError
from households.surveys.rounds import open_round
from households.surveys.totals import enter_totals
from households.surveys.withdrawing import withdraw_round
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now
from povertyportal.core.models import User
from tests.access.people import AREAS, person, signed_in
from tests.reading import seen

pytestmark = pytest.mark.django_db
WHY = "Mở nhầm cho xã, đúng ra mở cho cả tỉnh"


@pytest.fixture
def leader(db: None) -> User:
    return person("commune_leader", AREAS.COMMUNE)


@pytest.fixture
def mistaken(leader: User) -> SurveyRound:
    return open_round(code="2025-periodic", area_code=AREAS.COMMUNE, on=date(2025, 9, 1), by=leader, at=now())


def totals_entered(found: SurveyRound) -> None:
    enter_totals(
        round=found, commune=AREAS.COMMUNE, households=700, persons=2900, source="báo cáo", by=system_user(), at=now()
    )


def refused(words: str, found: SurveyRound, by: User, reason: str = WHY) -> None:
    with pytest.raises(RoundRefusedError, match=words):
        withdraw_round(round=found, reason=reason, by=by, at=now())


def test_a_withdrawn_round_counts_no_more_and_stays_with_its_reason(mistaken: SurveyRound, leader: User) -> None:
    withdraw_round(round=mistaken, reason=WHY, by=leader, at=now())
    assert round_of("2025-periodic", AREAS.COMMUNE) is None
    kept = SurveyRound.objects.get(pk=mistaken.pk)
    assert (kept.withdrawal, kept.withdrawn_by) == (WHY, leader)
    assert kept.history.latest("pgh_id").pgh_context["reason"] == WHY


def test_the_round_that_was_meant_can_then_be_opened(mistaken: SurveyRound, leader: User) -> None:
    withdraw_round(round=mistaken, reason=WHY, by=leader, at=now())
    for area in (AREAS.PROVINCE, AREAS.COMMUNE):
        meant = open_round(code="2025-periodic", area_code=area, on=date(2025, 9, 1), by=system_user(), at=now())
        assert list(all_rounds()) == [meant]
        withdraw_round(round=meant, reason=WHY, by=system_user(), at=now())


def test_a_round_with_totals_stays(mistaken: SurveyRound, leader: User) -> None:
    totals_entered(mistaken)
    refused("đã có tổng số hộ của 1 xã nên không rút được", mistaken, leader)


def test_a_round_stays_while_another_app_keeps_something_about_it(
    mistaken: SurveyRound, leader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(hanging._told, "sheets of the survey", lambda found: "12 phiếu" if found == mistaken else "")
    refused("đã có 12 phiếu nên", mistaken, leader)


def test_rows_of_a_table_that_nobody_registered_keep_the_round(
    mistaken: SurveyRound, leader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    totals_entered(mistaken)
    monkeypatch.setattr(hanging, "_told", {})
    refused("đã có tổng số hộ, nhân khẩu của xã nên", mistaken, leader)


def test_every_table_that_points_at_rounds_says_what_hangs_there() -> None:
    assert {relation for relation, _model, _name in relations_to(SurveyRound)} <= hanging._told.keys()


def test_who_claims_what_another_tells_is_refused() -> None:
    with pytest.raises(ValueError, match="two tell"):
        hanging.register_hanging("households.RoundTotals.round", lambda found: "")


@pytest.mark.parametrize(
    ("reason", "words"), [("  ", "Cần nói vì sao"), ("theo 004199012345", "Đừng ghi số định danh"), ("x" * 401, "Dài")]
)
def test_the_reason_is_said_in_words(reason: str, words: str, mistaken: SurveyRound, leader: User) -> None:
    refused(words, mistaken, leader, reason)


def test_it_is_withdrawn_once_and_takes_no_totals_afterwards(mistaken: SurveyRound, leader: User) -> None:
    withdraw_round(round=mistaken, reason=WHY, by=leader, at=now())
    refused(f"đã được {leader} rút ngày", mistaken, leader)
    with pytest.raises(RoundRefusedError, match="rút ngày"):
        totals_entered(mistaken)


@pytest.mark.parametrize(("role", "area"), [("commune_official", AREAS.COMMUNE), ("commune_leader", AREAS.SIBLING)])
def test_who_may_not_open_it_may_not_withdraw_it(role: str, area: str, mistaken: SurveyRound) -> None:
    with pytest.raises(PermissionDenied):
        withdraw_round(round=mistaken, reason=WHY, by=person(role, area), at=now())


def test_the_leader_withdraws_it_on_its_page(mistaken: SurveyRound, leader: User) -> None:
    client, page = signed_in(leader), reverse("rounds:withdraw", args=[mistaken.pk])
    assert "Rút đợt mở nhầm" in seen(client.get(reverse("rounds:detail", args=[mistaken.pk])))
    assert "Hãy điền mục này" in seen(client.post(page))
    shown = seen(client.post(page, {"reason": WHY}, follow=True))
    assert "Đã rút đợt 2025-periodic" in shown
    assert f"không nhận số liệu nữa. Lý do: {WHY}" in shown
    assert "Nhập tổng số" not in shown
    assert "đã rút" in seen(client.get("/rounds/?year=2025"))
    assert client.get(page).status_code == 404


def test_the_page_of_a_round_with_totals_says_why_it_stays(mistaken: SurveyRound, leader: User) -> None:
    totals_entered(mistaken)
    client = signed_in(leader)
    assert "Rút đợt mở nhầm" not in seen(client.get(reverse("rounds:detail", args=[mistaken.pk])))
    assert "không rút được nữa" in seen(client.get(reverse("rounds:withdraw", args=[mistaken.pk])))
