"""Recognitions from before the portal: taken over with their source, corrected by further rows, never changed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from households.registry.actions.taking_over import take_over_recognition
from households.registry.models import Household, Recognition
from households.registry.problems import RegistryRefusedError
from households.registry.state import state_on
from tests.access.people import AREAS, person
from tests.registry.people import COMMUNE, SIBLING, household, told

pytestmark = pytest.mark.django_db
REVIEW = date(2025, 12, 10)


@pytest.fixture
def poor() -> Household:
    return household(on=date(2025, 8, 1))


def decision(row: Household, **more: Any) -> dict[str, Any]:
    plain = {
        "household": row.pk, "klass": "poor", "year": 2025, "valid_from": date(2026, 1, 1), "decision_number": "12/QĐ-UBND",
        "decision_date": REVIEW, "standard": "nd07-2021", "area_code": COMMUNE, "source": "Sổ hộ nghèo năm 2025",
    }  # fmt: skip
    return told(**{**plain, **more})


def refused(row: Household, **more: Any) -> dict[str, str]:
    with pytest.raises(RegistryRefusedError) as error:
        take_over_recognition(**decision(row, **more))
    return {one.field: one.message for one in error.value.problems}


def test_a_recognition_holds_from_its_day_and_keeps_its_source(poor: Household) -> None:
    take_over_recognition(**decision(poor))
    assert state_on(poor.pk, date(2025, 12, 31)).recognition is None
    found = state_on(poor.pk, date(2026, 1, 1)).recognition
    assert found is not None
    assert (found.klass, found.origin, found.source) == ("poor", "taken_over", "Sổ hộ nghèo năm 2025")


def test_of_two_the_one_that_starts_later_is_in_force(poor: Household) -> None:
    take_over_recognition(**decision(poor))
    escaped = {"klass": "not_poor", "year": 2026, "valid_from": date(2026, 6, 1), "decision_date": date(2026, 5, 30)}
    take_over_recognition(**decision(poor, **escaped, decision_number="5/QĐ-UBND"))
    found = [state_on(poor.pk, day).recognition for day in (date(2026, 5, 31), date(2026, 6, 1))]
    assert [one.klass for one in found if one] == ["poor", "not_poor"]


def test_a_correction_is_a_further_row_that_names_the_one_it_stands_in_for(poor: Household) -> None:
    wrong = take_over_recognition(**decision(poor))
    take_over_recognition(**decision(poor, klass="near_poor", corrects=wrong.pk, reason="Nhập nhầm cột"))
    found = state_on(poor.pk, date(2026, 2, 1)).recognition
    assert found is not None
    assert found.klass == "near_poor"
    assert Recognition.objects.count() == 2
    said = refused(poor, klass="average", corrects=wrong.pk)["corrects"]
    assert said == "Công nhận này đã được đính chính; hãy đính chính bản mới nhất."


def test_a_recognition_is_never_changed_or_removed(poor: Household) -> None:
    row = take_over_recognition(**decision(poor))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Recognition.objects.filter(pk=row.pk).update(klass="not_poor")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        row.delete()


def test_the_same_recognition_is_taken_over_once(poor: Household) -> None:
    take_over_recognition(**decision(poor))
    assert refused(poor) == {"": "Công nhận này đã được ghi."}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("klass", "rich", "Không có phân loại"),
        ("year", 1990, "từ 1993 đến 2027"),
        ("valid_from", date(2025, 7, 1), "có từ ngày 01/08/2025"),
        ("valid_until", date(2026, 1, 1), "phải sau ngày bắt đầu"),
        ("decision_number", " ", "Cần số quyết định"),
        ("decision_date", date(2026, 12, 31), "sau hôm nay"),
        ("decision_date", date(2024, 12, 31), "trước năm rà soát 2025"),
        ("standard", "nd00-1900", "Không có chuẩn nghèo mang mã “nd00-1900”"),
        ("standard", "nd351-2025", "đang áp dụng"),
        ("standard", "qd59-2015", "không áp dụng cho năm rà soát 2025"),
        ("kind", "income", "không chia hộ nghèo theo dạng này"),
        ("valid_from", date(2027, 3, 1), "hơn một năm sau ngày quyết định"),
        ("area_code", "04", "của chủ tịch UBND cấp xã"),
        ("area_code", "99999", "Không có đơn vị hành chính nào mang mã 99999"),
        ("source", "", "Cần nguồn"),
        ("corrects", 0, "không thuộc hộ này"),
    ],
)
def test_nonsense_is_refused_at_its_field(poor: Household, field: str, value: object, says: str) -> None:
    assert says in refused(poor, **{field: value})[field]


def test_the_kind_of_poverty_is_one_of_the_standard_and_of_poor_households(poor: Household) -> None:
    older = {"year": 2021, "standard": "qd59-2015", "kind": "deprivation"}
    assert refused(poor, **older, klass="near_poor") == {"kind": "Chỉ hộ nghèo mới có dạng nghèo; hãy để trống."}
    assert refused(poor, **older | {"kind": "thu nhập"})["kind"].endswith("hãy để trống hoặc chọn chuẩn khác.")
    assert take_over_recognition(**decision(poor, **older)).kind == "deprivation"


def test_only_the_official_of_the_place_takes_over(poor: Household) -> None:
    for role, area in (("commune_official", SIBLING), ("commune_leader", COMMUNE), ("auditor", COMMUNE)):
        with pytest.raises(PermissionDenied):
            take_over_recognition(**decision(poor, by=person(role, area)))
    assert take_over_recognition(**decision(poor, by=person("commune_official", AREAS.COMMUNE))).pk
