"""What the database refuses about areas, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from households.areas.models import Area, AreaSuccession, AreaTraits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("recorded")]

NEW_YEAR = date(2031, 1, 1)
MID_YEAR = date(2031, 7, 1)


def area(code: str, level: str, parent_code: str = "", start: date | None = NEW_YEAR, end: date | None = None) -> Area:
    return Area.objects.create(
        code=code, level=level, type="Tỉnh", name="Thử", parent_code=parent_code, validity=DateRange(start, end)
    )


def check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(constraint: str) -> "pytest.RaisesExc[IntegrityError]":
    return pytest.raises(IntegrityError, match=constraint)


def test_two_areas_with_one_code_on_one_day() -> None:
    area("03", "province", end=MID_YEAR)
    with refused("area_code_once_a_day"):
        area("03", "province", start=date(2031, 6, 30))


def test_a_code_may_be_used_again_from_the_day_its_unit_ended() -> None:
    area("03", "province", end=MID_YEAR)
    area("03", "province", start=MID_YEAR)
    assert Area.objects.filter(code="03").count() == 2


def test_an_area_that_holds_no_day() -> None:
    with refused("area_validity_not_empty"):
        area("03", "province", end=NEW_YEAR)


@pytest.mark.parametrize(("start", "vouched"), [(NEW_YEAR, MID_YEAR), (None, date(2031, 8, 1))])
def test_a_first_list_of_a_unit_whose_start_is_known_or_that_had_ended_by_then(
    start: date | None, vouched: date
) -> None:
    row = area("03", "province", start=start, end=MID_YEAR)
    with refused("area_vouched_only_for_unknown_start"):
        Area.objects.filter(id=row.id).update(vouched_from=vouched)


def test_a_province_with_a_parent() -> None:
    with refused("area_parent_unless_province"):
        area("03", "province", parent_code="01")


def test_a_commune_without_a_parent() -> None:
    with refused("area_parent_unless_province"):
        area("00300", "commune")


def test_a_code_of_another_level() -> None:
    with refused("area_code_fits_level"):
        area("003", "province")


def test_a_child_whose_parent_does_not_exist() -> None:
    area("00300", "commune", parent_code="03")
    with refused("area_parent_exists|cấp trên mã 03"):
        check_now()


def test_a_child_that_outlives_its_parent() -> None:
    area("03", "province", end=MID_YEAR)
    area("00300", "commune", parent_code="03")
    with refused("cấp trên mã 03"):
        check_now()


def test_a_child_may_live_through_two_versions_of_its_parent() -> None:
    area("03", "province", end=MID_YEAR)
    area("03", "province", start=MID_YEAR)
    area("00300", "commune", parent_code="03")
    check_now()
    assert Area.objects.filter(parent_code="03").count() == 1


def test_a_parent_of_the_same_level() -> None:
    area("03", "province")
    area("00300", "commune", parent_code="03")
    area("99901", "commune", parent_code="00300")
    with refused("cấp trên mã 00300"):
        check_now()


def test_ending_a_parent_while_children_go_on() -> None:
    parent = area("03", "province")
    area("00300", "commune", parent_code="03")
    check_now()
    with refused("cấp trên mã 03"):
        Area.objects.filter(id=parent.id).update(validity=DateRange(NEW_YEAR, MID_YEAR))


def succession(old: Area, new: Area, on: date) -> AreaSuccession:
    return AreaSuccession.objects.create(
        from_area=old, to_area=new, on_date=on, extent="whole", legal_basis="NQ thử", confidence="verified"
    )


def test_a_succession_on_another_day_than_the_old_unit_ended() -> None:
    old, new = area("03", "province", end=MID_YEAR), area("05", "province")
    succession(old, new, date(2031, 8, 1))
    with refused("Biến động 03 → 05"):
        check_now()


def test_a_succession_to_a_unit_not_yet_in_force() -> None:
    old, new = area("03", "province", end=MID_YEAR), area("05", "province", start=date(2032, 1, 1))
    succession(old, new, MID_YEAR)
    with refused("Biến động 03 → 05"):
        check_now()


def test_moving_the_end_of_a_unit_away_from_its_succession() -> None:
    old, new = area("03", "province", end=MID_YEAR), area("05", "province")
    succession(old, new, MID_YEAR)
    check_now()
    with refused("Biến động 03 → 05"):
        Area.objects.filter(id=old.id).update(validity=DateRange(NEW_YEAR, date(2031, 8, 1)))


def test_one_succession_told_twice_and_a_unit_following_itself() -> None:
    old, new = area("03", "province", end=MID_YEAR), area("05", "province")
    succession(old, new, MID_YEAR)
    with refused("succession_once"), transaction.atomic():
        succession(old, new, MID_YEAR)
    with refused("succession_to_another"):
        succession(old, old, MID_YEAR)


def test_an_extent_that_is_neither_whole_nor_part() -> None:
    old, new = area("03", "province", end=MID_YEAR), area("05", "province")
    with refused("succession_extent_known"):
        AreaSuccession.objects.create(
            from_area=old, to_area=new, on_date=MID_YEAR, extent="most", legal_basis="NQ thử", confidence="verified"
        )


def trait(kind: str, value: str, start: date | None = NEW_YEAR, end: date | None = None) -> AreaTraits:
    return AreaTraits.objects.create(
        code="00300", kind=kind, value=value, validity=DateRange(start, end), confidence="verified"
    )


def test_two_values_of_one_trait_on_one_day() -> None:
    trait("settlement", "urban")
    with refused("trait_once_a_day"):
        trait("settlement", "rural", start=MID_YEAR)


def test_a_trait_that_holds_no_day() -> None:
    with refused("trait_validity_not_empty"):
        trait("region", "Tây Nguyên", end=NEW_YEAR)


@pytest.mark.parametrize(("kind", "constraint"), [("settlement", "urban_or_rural"), ("ethnic_zone", "zone_known")])
def test_a_trait_value_outside_its_list(kind: str, constraint: str) -> None:
    with refused(constraint):
        trait(kind, "IV")


@pytest.mark.parametrize("model", [Area, AreaSuccession, AreaTraits])
def test_the_web_role_cannot_delete(model: type[Area | AreaSuccession | AreaTraits]) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")  # a name of our own
