"""Totals of a round's communes: entered with a source, corrected with a reason, nothing overwritten."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from households.access.scope import EVERYWHERE
from households.surveys.models import RoundTotals, SurveyRound
from households.surveys.queries import entries_of, rounds_in, totals_of
from households.surveys.refusals import RoundRefusedError
from households.surveys.rounds import open_round
from households.surveys.totals import Entry, enter_many, enter_totals
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now
from tests.access.people import AREAS, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(db: None) -> SurveyRound:
    """Hà Quảng in 2024."""
    return open_round(code="2024-periodic", area_code="045", on=date(2024, 9, 1), by=system_user(), at=now())


def entered(
    round: SurveyRound, commune: str = "01399", households: int = 700, persons: int = 2900, **more: Any
) -> RoundTotals:
    fields = {"source": "Báo cáo của Công an xã", "by": system_user(), "at": now()} | more
    return enter_totals(round=round, commune=commune, households=households, persons=persons, **fields)


def refused(words: str, field: str, round: SurveyRound, **fields: Any) -> None:
    with pytest.raises(RoundRefusedError, match=words) as error:
        entered(round, **fields)
    assert [problem.field for problem in error.value.problems] == [field]


def test_totals_count_for_their_commune(district: SurveyRound) -> None:
    row = entered(district)
    assert totals_of(district) == {"01399": row}
    (seen,) = rounds_in(EVERYWHERE)
    assert (seen.entered, seen.missing) == (1, 20)


def test_a_correction_keeps_the_old_with_its_reason(district: SurveyRound) -> None:
    first = entered(district)
    second = entered(district, households=710, replaces=first.pk, reason="Công an xã báo lại")
    assert totals_of(district) == {"01399": second}
    assert entries_of(district) == {"01399": [second, first]}
    assert second.reason == "Công an xã báo lại"


@pytest.mark.parametrize(
    ("words", "field", "fields"),
    [
        ("không thể ít hơn", "communes.01399.persons", {"households": 700, "persons": 699}),
        ("từ 1 đến", "communes.01399.households", {"households": 0}),
        ("từ 1 đến", "communes.01399.households", {"households": 2_000_001, "persons": 2_000_001}),
        ("lớn quá", "communes.01399.persons", {"persons": 2_000_001}),
        ("Không có xã nào mang mã 01441", "communes.01441", {"commune": "01441"}),
        ("Cần ghi nguồn", "source", {"source": " "}),
        ("chưa có số nào để sửa", "communes.01399", {"replaces": 1, "reason": "sai"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    words: str, field: str, fields: dict[str, Any], district: SurveyRound
) -> None:
    refused(words, field, district, **fields)


def test_a_number_that_stands_is_corrected_only_on_purpose(district: SurveyRound) -> None:
    first = entered(district)
    refused("đã có số 700 hộ", "communes.01399", district, households=710)
    refused("vì sao", "reason", district, households=710, replaces=first.pk)
    refused("giống hệt", "communes.01399", district, replaces=first.pk, reason="ghi lại")


def test_whoever_saw_an_older_number_is_told_the_newer_one(district: SurveyRound) -> None:
    first = entered(district)
    entered(district, households=710, replaces=first.pk, reason="báo lại")
    refused("đã có số 710 hộ", "communes.01399", district, households=720, replaces=first.pk, reason="báo lại nữa")


def test_many_are_entered_together_or_not_at_all(district: SurveyRound) -> None:
    entries = [Entry("01399", 700, 2900), Entry("01417", 10, 9), Entry("01399", 1, 2)]
    with pytest.raises(RoundRefusedError) as error:
        enter_many(round=district, entries=entries, source="báo cáo", by=system_user(), at=now())
    assert [problem.field for problem in error.value.problems] == ["communes.01417.persons", "communes.01399"]
    assert totals_of(district) == {}


def test_an_official_enters_for_what_his_commune_was_made_of(district: SurveyRound) -> None:
    """Trường Hà, Xuân Hòa, Sóc Hà and Quý Quân are one commune since July 2025."""
    official = person("commune_official", AREAS.COMMUNE)
    assert entered(district, "01417", by=official).by == official
    with pytest.raises(PermissionDenied, match="không gồm"):
        entered(district, "01411", by=official)


def test_a_leader_enters_none(district: SurveyRound) -> None:
    with pytest.raises(PermissionDenied):
        entered(district, by=person("commune_leader", AREAS.COMMUNE))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("totals_plausible", {"households": 0}),
        ("totals_plausible", {"persons": 1}),
        ("totals_have_a_source", {"source": " "}),
        ("totals_corrected_for_a_reason", {"reason": "không sửa gì"}),
        ("totals_first_once", {"commune_code": "01399"}),
    ],
)
def test_the_database_refuses_nonsense(
    name: str, fields: dict[str, Any], recorded: None, district: SurveyRound
) -> None:
    entered(district)
    row: dict[str, Any] = {
        "round": district, "commune_code": "01417", "households": 5, "persons": 9, "source": "x", "by": system_user(),
        "at": now(),
    }  # fmt: skip
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        RoundTotals.objects.create(**row | fields)
