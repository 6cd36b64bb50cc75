"""Opening survey rounds: what they are bound to, and what stands in the way."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from households.access.scope import EVERYWHERE, NOTHING, scope_of
from households.surveys.codes import RoundCode, read_code
from households.surveys.models import SurveyRound
from households.surveys.queries import communes_of, round_covering, round_of, rounds_in
from households.surveys.refusals import RoundRefusedError
from households.surveys.rounds import open_round
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now, today
from tests.access.people import AREAS, person

pytestmark = pytest.mark.django_db


def opened(
    code: str = "2025-periodic", area: str = AREAS.PROVINCE, on: date = date(2025, 9, 1), **fields: Any
) -> SurveyRound:
    by = fields.pop("by", None) or system_user()
    return open_round(code=code, area_code=area, on=on, by=by, at=now(), **fields)


def refused(field: str, words: str, **fields: Any) -> None:
    with pytest.raises(RoundRefusedError, match=words) as error:
        opened(**fields)
    assert [problem.field for problem in error.value.problems] == [field]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-periodic", RoundCode(2026)),
        (" 2026-03-inyear ", RoundCode(2026, 3)),
        ("2026-3-inyear", None),
        ("2026-13-inyear", None),
        ("2026-inyear", None),
        ("2026-03-periodic", None),
        ("1992-periodic", None),
        ("", None),
    ],
)
def test_a_code_names_a_year_and_for_reviews_in_the_year_a_month(text: str, code: RoundCode | None) -> None:
    assert read_code(text) == code
    assert code is None or str(code) == text.strip()


def test_a_periodic_round_lasts_from_1_september_to_14_december() -> None:
    assert opened().days == DateRange(date(2025, 9, 1), date(2025, 12, 15))


def test_a_round_in_the_year_lasts_15_days_from_the_15th() -> None:
    found = opened("2026-02-inyear", on=date(2026, 2, 15))
    assert found.days == DateRange(date(2026, 2, 15), date(2026, 3, 2))
    assert (found.kind, found.year, found.month) == ("inyear", 2026, 2)


def test_own_days_may_be_stated() -> None:
    days = DateRange(date(2025, 8, 15), date(2025, 12, 1))
    assert opened(days=days).days == days


def test_the_standards_of_the_year_are_bound() -> None:
    found = opened("2024-periodic", "045", date(2024, 9, 1))
    assert found.closing.code == "nd07-2021"
    assert (found.opening, found.local_closing, found.local_opening) == (None, None, None)


def test_in_a_change_over_year_the_next_standard_is_bound_too() -> None:
    found = opened("2021-periodic", "045", date(2021, 9, 1))
    assert found.opening is not None
    assert (found.closing.code, found.opening.code) == ("qd59-2015", "nd07-2021")


def test_a_province_with_its_own_standard_binds_that_too() -> None:
    found = opened("2024-periodic", "193", date(2024, 9, 1))
    assert found.local_closing is not None
    assert found.local_closing.code == "quangninh-2023"


def test_a_round_of_a_district_has_the_communes_of_its_day() -> None:
    found = opened("2024-periodic", "045", date(2024, 9, 1))
    codes = [one.code for one in communes_of(found)]
    assert len(codes) == 21
    assert {"01399", "01417"} <= set(codes)


def test_a_round_of_a_province_has_the_communes_below_its_districts_too() -> None:
    before = communes_of(opened("2024-periodic", on=date(2024, 9, 1)))
    after = communes_of(opened("2025-periodic", on=date(2025, 9, 1)))
    assert (len(before), len(after)) == (161, 56)


@pytest.mark.parametrize(
    ("field", "words", "fields"),
    [
        ("code", "không phải mã đợt", {"code": "2025"}),
        ("area_code", "Ngày 01/09/2025 không có đơn vị", {"area": "045"}),
        ("area_code", "Không có đơn vị hành chính nào", {"area": "99999"}),
        ("on", "không thuộc năm rà soát 2025", {"on": date(2024, 9, 1)}),
        ("days", "phải nằm trong năm 2025", {"days": DateRange(date(2025, 9, 1), date(2026, 2, 1))}),
        ("days", "kết thúc phải sau", {"days": DateRange(date(2025, 9, 1), date(2025, 9, 1), "[)")}),
        ("code", "Năm 2009 chưa có chuẩn nghèo", {"code": "2009-periodic", "on": date(2009, 9, 1)}),
        ("legal_basis", "Đừng ghi số định danh", {"legal_basis": "Theo đơn của 004199012345"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(field: str, words: str, fields: dict[str, Any]) -> None:
    refused(field, words, **fields)


def test_a_village_has_no_round_of_its_own() -> None:
    from_village = {"area": "01392-001", "on": today(), "code": f"{today().year}-periodic"}
    refused("area_code", "Không có đơn vị hành chính nào", **from_village)


@pytest.mark.parametrize(("first", "second"), [("04", "01392"), ("01392", "04"), ("04", "04")])
def test_no_household_is_surveyed_twice_in_one_round(first: str, second: str) -> None:
    opened(area=first)
    refused("area_code", "đã mở cho", area=second)


def test_land_counts_also_after_the_map_has_changed() -> None:
    """The district's round of June took in the four communes that are xã Trường Hà since July."""
    opened("2025-06-inyear", "045", date(2025, 6, 16))
    refused("area_code", "đã mở cho Huyện Hà Quảng", code="2025-06-inyear", area="01392", on=date(2025, 7, 2))


def test_neighbours_open_rounds_of_their_own() -> None:
    opened(area=AREAS.COMMUNE)
    opened(area=AREAS.SIBLING)
    opened("2025-10-inyear", AREAS.COMMUNE, date(2025, 10, 15))
    assert SurveyRound.objects.count() == 3


def test_a_leader_opens_in_his_commune_only() -> None:
    leader = person("commune_leader", AREAS.COMMUNE)
    assert opened(area=AREAS.COMMUNE, by=leader).opened_by == leader
    with pytest.raises(PermissionDenied, match="không gồm"):
        opened(area=AREAS.SIBLING, by=leader)


def test_an_official_opens_none() -> None:
    with pytest.raises(PermissionDenied, match="Mở đợt"):
        opened(area=AREAS.COMMUNE, by=person("commune_official", AREAS.COMMUNE))


def test_a_round_is_found_by_its_code_and_area_or_by_a_commune_in_it() -> None:
    found = opened()
    assert round_of("2025-periodic", "04") == found
    assert round_covering("2025-periodic", "01392", on=date(2025, 9, 1)) == found
    assert round_covering("2025-periodic", "06688", on=date(2025, 9, 1)) is None


def test_a_commune_sees_the_rounds_it_is_part_of() -> None:
    province, other = opened(), opened(area=AREAS.FOREIGN_COMMUNE)
    scope = scope_of(person("commune_official", AREAS.COMMUNE), "rounds.read", day=today())
    assert [(one.round, [unit.code for unit in one.communes]) for one in rounds_in(scope)] == [(province, ["01392"])]
    assert {one.round for one in rounds_in(EVERYWHERE)} == {province, other}
    assert rounds_in(NOTHING) == []
