"""``manage.py household`` and ``manage.py check_registry``."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from households.registry.actions.members import add_member
from households.registry.actions.moving import move_household
from households.registry.models import Household, Recognition
from households.registry.soundness import CHECKS, unsound
from povertyportal.core.clock import today
from tests.access.people import person
from tests.people import on_the_record
from tests.registry.people import AT, COMMUNE, SIBLING, Place, household, member, person_of, told
from tests.registry.small import demonstration

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 1)


def shown(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("household", *arguments, stdout=out, **options)
    return out.getvalue()


def test_a_household_is_shown_as_it_was_on_the_day() -> None:
    row = household(members=["Nông Văn An", "Hoàng Thị Bình"], address="Nhà 5", local_code="HN-01")
    text = shown(f"H{row.pk}", on="01/02/2026")
    assert "Nhà 5, Xóm Nà Tềnh, Xã Trường Hà" in text
    assert "Nông Văn An, chủ hộ" in text
    told_json = json.loads(shown(str(row.pk), on="2026-02-01", json=True))
    assert [one["full_name"] for one in told_json["members"]] == ["Nông Văn An", "Hoàng Thị Bình"]
    assert (told_json["exists"], told_json["local_code"], told_json["recognition"]) == (True, "HN-01", None)
    assert "chưa có; hộ có từ ngày 05/01/2026" in shown(str(row.pk), on="01/01/2026")


def test_a_local_code_finds_its_household_in_its_place() -> None:
    here, there = household(local_code="12"), household(SIBLING, local_code="12")
    assert json.loads(shown(code="12", area=COMMUNE, on="01/02/2026", json=True))["household"] == here.pk
    with pytest.raises(CommandError, match=f"H{here.pk}, H{there.pk}"):
        shown(code="12", on="01/02/2026")
    with pytest.raises(CommandError, match="không có hộ nào mang mã 13"):
        shown(code="13", on="01/02/2026")


@pytest.mark.parametrize("asked", [{"code": "1"}, {}], ids=["both", "neither"])
def test_one_of_the_two_ways_to_name_a_household_is_needed(asked: dict[str, str]) -> None:
    with pytest.raises(CommandError, match="một trong hai"):
        shown(*(["H1"] if asked else []), on="01/02/2026", **asked)


def test_what_names_no_household_or_no_day_is_said() -> None:
    for number, on in (("H999999", "01/02/2026"), ("An", "01/02/2026"), ("1", "hôm qua")):
        with pytest.raises(CommandError):
            shown(number, on=on)


def test_a_day_that_has_not_come_is_refused_and_today_is_named() -> None:
    row = household()
    with pytest.raises(CommandError, match=r"01/02/2999 chưa tới; hãy ghi hôm nay \("):
        shown(str(row.pk), on="01/02/2999")
    assert f"Hộ H{row.pk} ngày" in shown(str(row.pk), on=today().isoformat())


def test_nobody_is_shown_a_household_outside_his_scope() -> None:
    row = household(local_code="12")
    person("commune_official", SIBLING, username="khac")
    with pytest.raises(CommandError, match="không thuộc địa bàn bạn được xem"):
        shown(str(row.pk), on="01/02/2026", by="khac")
    with pytest.raises(CommandError, match="không có hộ nào"):
        shown(code="12", on="01/02/2026", by="khac")


def test_where_it_lived_before_it_is_seen_on_its_days_only() -> None:
    row = household()
    move_household(household=row.pk, place=Place(SIBLING), on=date(2026, 3, 1), **told())
    person("commune_official", COMMUNE, username="cu")
    assert "Xã Trường Hà" in shown(str(row.pk), on="28/02/2026", by="cu")
    with pytest.raises(CommandError, match="Ngày 01/03/2026"):
        shown(str(row.pk), on="01/03/2026", by="cu")


# check_registry


def checked() -> tuple[int, dict[str, Any]]:
    out, code = io.StringIO(), 0
    try:
        call_command("check_registry", json=True, stdout=out)
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, json.loads(out.getvalue())


def test_a_registry_that_only_the_actions_wrote_is_sound() -> None:
    row = household()
    add_member(household=row.pk, member=member("Nông Văn Em", born=DAY), kind="born", on=DAY, **told())
    assert checked() == (0, {"households": 1, "persons": 2, "unsound": []})


BREAKS = {
    "membership_in_life": "UPDATE households_membership SET validity = daterange('2025-12-01', NULL)",
    "head_every_day": "UPDATE households_membership SET relation = 'child'",
    "place_every_day": "UPDATE households_residence SET validity = daterange(lower(validity), '2026-03-01')",
    "place_on_the_map": "UPDATE households_residence SET area_code = '00000'",
    "alive_while_member": "UPDATE households_person SET died_on = '2026-02-01'",
    "search_rows": "DELETE FROM households_searchrow",
    "events_explain_rows": "UPDATE households_residence SET address = 'khác'",
}


@pytest.mark.parametrize("check", sorted(BREAKS))
def test_what_no_action_would_write_is_found(check: str) -> None:
    row = household()
    with on_the_record(), connection.cursor() as cursor:
        cursor.execute(BREAKS[check])
    found = {one.check: one.keys for one in unsound()}
    assert found[check] == ((person_of(row).pk if check == "search_rows" else row.pk),)
    assert checked()[0] == 1


def test_a_recognition_from_before_the_household_is_found() -> None:
    row = household()
    early = {"validity": DateRange(date(2025, 1, 1), None), "decision_date": DAY, "year": 2025, "at": AT}
    with on_the_record() as by:
        Recognition.objects.create(
            household=row, klass="poor", decision_number="1", area_code=COMMUNE, standard="nd07-2021", origin="decided",
            reason="thử", by=by, **early,
        )  # fmt: skip
    assert [(one.check, one.keys) for one in unsound()] == [("recognition_in_life", (row.pk,))]


def test_every_check_is_seen_to_find_something() -> None:
    assert set(CHECKS) - set(BREAKS) == {"recognition_in_life"}


def test_the_demonstration_district_is_sound() -> None:
    """Its rows are written set-wise, its events too: they must tell the same as those of the actions."""
    made = demonstration(households=60, seed=1)
    assert made is not None
    assert list(unsound()) == []


def test_an_invented_household_is_told_as_such() -> None:
    demonstration(households=20)
    invented = str(Household.objects.order_by("pk").values_list("pk", flat=True)[0])
    assert "Dữ liệu minh họa, không có thật." in shown(invented, on="01/02/2026")
    real = str(household().pk)
    assert "minh họa" not in shown(real, on="01/02/2026")
    assert [json.loads(shown(key, on="01/02/2026", json=True))["invented"] for key in (invented, real)] == [True, False]
