"""In which kind of area a form is classified, and how sure that is."""

from datetime import date

import pytest

from households.areas.models import Area, AreaTraits
from households.criteria.law.parts import AreaType
from households.surveys.classification import look
from households.surveys.sheets.ground import ground_at, ground_of
from tests.people import on_the_record
from tests.surveys.filled import answers, form

pytestmark = pytest.mark.usefixtures("recorded")
NOW, BEFORE = date(2026, 9, 1), date(2024, 9, 1)


def test_a_village_is_as_rural_as_its_commune() -> None:
    found = ground_of(form())
    assert (found.area_type, found.variant, found.known) == (AreaType.RURAL, "nmm", True)
    assert "Xã Trường Hà: nông thôn" in found.told


def test_a_ward_is_urban_and_has_one_region() -> None:
    found = ground_at("06688", BEFORE)
    assert (found.area_type, found.variant) == (AreaType.URBAN, "urb")


def test_regions_since_the_merger_of_provinces_are_said_to_be_unsure() -> None:
    assert "chưa chắc chắn" in ground_at("01392", NOW).told
    assert "chưa chắc chắn" not in ground_at("01392", BEFORE).told


@pytest.mark.parametrize(("province", "variant"), [("24", ""), ("38", "ncc"), ("96", "mrd"), ("66", "")])
def test_a_region_that_changed_or_was_merged_is_not_known(province: str, variant: str) -> None:
    """Bắc Ninh's code was Bắc Giang's, in another region; Đắk Lắk now lies in one that B1 has no points for."""
    assert ground_at(rural_commune(province), NOW).variant == variant


def rural_commune(province: str) -> str:
    rows = AreaTraits.objects.filter(kind="settlement", value="rural", validity__contains=NOW)
    codes = rows.values_list("code", flat=True)
    from_province = Area.objects.filter(code__in=codes, parent_code=province, validity__contains=NOW)
    return from_province.order_by("code").values_list("code", flat=True)[0]


def test_without_a_settlement_on_record_nothing_is_classified() -> None:
    one = form()
    with on_the_record():
        AreaTraits.objects.filter(code="01392", kind="settlement").update(code="00000")
    seen = look(one, answers())
    assert not seen.ground.known
    assert "Chưa ghi Xã Trường Hà là thành thị hay nông thôn" in seen.outcomes[0][1].problem
    assert seen.outcomes[0][1].told is None
