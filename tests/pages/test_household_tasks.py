"""What happens to a household is recorded on pages: forms that say what they will do, refuse at the field, and lose nothing."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households.registry.actions.moving import end_household
from households.registry.merging.records import merge_households
from households.registry.models import Household, Person, Recognition
from households.registry.numbers.sealed import masked
from households.registry.state import HouseholdState, state_on
from tests.access.people import AREAS, person, signed_in
from tests.reading import seen
from tests.registry.people import household, member, told, village

pytestmark = pytest.mark.django_db
START, DAY = date(2026, 1, 5), date(2026, 3, 1)
PAPER = {"on": "01/03/2026", "reason": "Đơn của hộ ngày 28/02/2026"}
NUMBER = "004190123456"


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


@pytest.fixture
def nanua() -> str:
    return village("Nà Nưa", on=date(2025, 7, 1))


@pytest.fixture
def family(nanua: str) -> Household:
    """Ông An, vợ là bà Bình, con là Cường."""
    return household(nanua, [
        member("Nông Văn An", "head", born=1970, sex="male"), member("Hoàng Thị Bình", "spouse", born=1972, sex="female"),
        member("Nông Văn Cường", "child", born=1995, sex="male"),
    ], on=START)  # fmt: skip


def key(name: str) -> int:
    return Person.objects.get(full_name=name).pk


def url(of: Household, task: str) -> str:
    return f"/households/{of.pk}/do/{task}/"


def send(client: Client, of: Household, task: str, **typed: Any) -> Any:
    return client.post(url(of, task), PAPER | {"do": "save"} | typed)


def now(of: Household, day: date = DAY) -> HouseholdState:
    return state_on(of.pk, day)


def who(of: Household, day: date = DAY) -> dict[str, str]:
    return {one.full_name: one.relation for one in now(of, day).members}


def saved(response: Any) -> bool:
    return response.status_code == 302


def test_a_birth_makes_a_member_from_its_day(official: Client, family: Household) -> None:
    born = {"full_name": "Nông Thị Dung", "relation": "grandchild", "sex": "female", "ethnicity": "tay"}
    assert saved(send(official, family, "birth", **born, no_identity_reason="chưa khai sinh"))
    assert "Nông Thị Dung" not in who(family, date(2026, 2, 28))
    child = Person.objects.get(full_name="Nông Thị Dung")
    assert (child.birth_date, child.ethnicity, who(family)[child.full_name]) == (DAY, "tay", "grandchild")


def test_somebody_who_comes_joins_from_the_day(official: Client, family: Household) -> None:
    typed = {
        "full_name": "Lý Thị Mai",
        "relation": "child_in_law",
        "sex": "female",
        "birth": "1998",
        "identity": NUMBER,
    }
    answer = send(official, family, "join", **typed)
    assert saved(answer), seen(answer)
    mai = Person.objects.get(full_name="Lý Thị Mai")
    assert (mai.birth_year, masked(mai.identity)) == (1998, "•••••••••456")
    assert who(family)["Lý Thị Mai"] == "child_in_law"


def test_when_the_head_dies_the_others_say_who_is_what(official: Client, family: Household) -> None:
    an, binh, cuong = key("Nông Văn An"), key("Hoàng Thị Bình"), key("Nông Văn Cường")
    refused = send(official, family, "death", person=an)
    assert "hãy chọn “chủ hộ” cho một người ở lại" in seen(refused)
    refused = send(official, family, "death", person=an, **{f"relation0_{binh}": "head"})
    assert "Hãy chọn quan hệ với chủ hộ mới" in seen(refused)
    given = {f"relation0_{binh}": "head", f"relation0_{cuong}": "child"}
    assert saved(send(official, family, "death", person=an, **given))
    assert who(family) == {"Hoàng Thị Bình": "head", "Nông Văn Cường": "child"}
    assert Person.objects.get(pk=an).died_on == DAY


def test_somebody_leaves_and_the_rest_stays(official: Client, family: Household) -> None:
    assert saved(send(official, family, "leave", person=key("Nông Văn Cường")))
    assert who(family) == {"Nông Văn An": "head", "Hoàng Thị Bình": "spouse"}
    assert "Nông Văn Cường" in who(family, date(2026, 2, 28))


def test_another_head_and_the_relations_to_him(official: Client, family: Household) -> None:
    an, binh, cuong = key("Nông Văn An"), key("Hoàng Thị Bình"), key("Nông Văn Cường")
    given = {f"relation0_{an}": "parent", f"relation0_{binh}": "parent", f"relation0_{cuong}": "head"}
    assert saved(send(official, family, "head", **given))
    assert who(family) == {"Nông Văn An": "parent", "Hoàng Thị Bình": "parent", "Nông Văn Cường": "head"}
    stays = {f"relation0_{an}": "spouse", f"relation0_{binh}": "head", f"relation0_{cuong}": "parent"}
    assert saved(send(official, family, "head", **stays | {"on": "01/04/2026"}))
    stays = {f"relation0_{an}": "head", f"relation0_{binh}": "spouse", f"relation0_{cuong}": "parent"}
    assert saved(send(official, family, "head", **stays | {"on": "01/05/2026"}))
    assert who(family, date(2026, 5, 1))["Nông Văn Cường"] == "parent", "said again of another head"
    two = {f"relation0_{an}": "head", f"relation0_{binh}": "head", f"relation0_{cuong}": "child"}
    assert "Đang chọn 2 chủ hộ" in seen(send(official, family, "head", **two))


def test_a_household_moves_within_the_commune_and_beyond_it(official: Client, family: Household) -> None:
    near = village("Lũng Mật", on=date(2025, 7, 1))
    assert saved(send(official, family, "move", area_code=near, address="Ngõ 5"))
    assert (now(family).area_code, now(family).address) == (near, "Ngõ 5")
    later = {"on": "01/05/2026", "elsewhere": AREAS.SIBLING}
    answer = official.post(url(family, "move"), PAPER | {"do": "save"} | later, follow=True)
    assert answer.redirect_chain, seen(answer)
    assert answer.status_code == 200
    assert now(family, date(2026, 5, 1)).area_code == AREAS.SIBLING


def test_where_to_is_said_once_and_plainly(official: Client, family: Household, nanua: str) -> None:
    assert "không cả hai" in seen(send(official, family, "move"))
    assert "không cả hai" in seen(send(official, family, "move", area_code=nanua, elsewhere=AREAS.SIBLING))
    assert "không có xã, thôn nào mang tên" in seen(send(official, family, "move", elsewhere="Xã Không Có Đâu"))
    many = seen(send(official, family, "move", elsewhere="Tân Tiến"))
    assert "Nhiều nơi mang tên này; hãy ghi mã: Xã Tân Tiến (" in many


def test_a_part_of_the_household_splits_off(official: Client, family: Household) -> None:
    cuong = key("Nông Văn Cường")
    assert "ít nhất một người" in seen(send(official, family, "split"))
    answer = send(official, family, "split", **{f"relation0_{cuong}": "head"}, local_code="M-77")
    assert saved(answer)
    new = Household.objects.latest("pk")
    assert str(new.pk) in answer["Location"]
    assert (who(new), now(new).local_code) == ({"Nông Văn Cường": "head"}, "M-77")
    assert now(new).area_code == now(family).area_code
    assert who(family) == {"Nông Văn An": "head", "Hoàng Thị Bình": "spouse"}


def test_when_the_head_splits_off_those_who_stay_get_another(official: Client, family: Household) -> None:
    an, binh, cuong = key("Nông Văn An"), key("Hoàng Thị Bình"), key("Nông Văn Cường")
    assert "hãy chọn “chủ hộ” cho một người ở lại" in seen(
        send(official, family, "split", **{f"relation0_{an}": "head"})
    )
    given = {f"relation0_{an}": "head", f"relation1_{binh}": "head", f"relation1_{cuong}": "child"}
    assert saved(send(official, family, "split", **given))
    assert who(family) == {"Hoàng Thị Bình": "head", "Nông Văn Cường": "child"}


def test_two_households_become_one(official: Client, family: Household, nanua: str) -> None:
    alone = household(nanua, [member("Nông Thị Già", "head", born=1945)], on=START, local_code="M-12")
    gia = key("Nông Thị Già")
    assert "Đây chính là hộ này" in seen(
        send(official, alone, "merge", into=str(alone), **{f"relation0_{gia}": "parent"})
    )
    assert "Không thấy hộ" in seen(send(official, alone, "merge", into="H999999", **{f"relation0_{gia}": "parent"}))
    assert saved(send(official, alone, "merge", into=f"h{family.pk}", **{f"relation0_{gia}": "parent"}))
    assert not now(alone).exists
    assert who(family)["Nông Thị Già"] == "parent"


def test_a_household_ends_and_only_corrections_and_what_came_before_are_left(
    official: Client, family: Household
) -> None:
    assert saved(send(official, family, "end"))
    assert not now(family).exists
    from_then = seen(official.get(url(family, "residence")))
    assert "Sửa địa chỉ, mã hộ" in from_then
    assert official.get(url(family, "move")).status_code == 404


def test_a_mistyped_address_is_put_right_for_the_whole_stay(official: Client, family: Household) -> None:
    assert saved(send(official, family, "residence", address="Số 7, ngõ 5", local_code="M-01"))
    assert (now(family, START).address, now(family).local_code) == ("Số 7, ngõ 5", "M-01")


def test_a_household_without_its_village_is_placed(official: Client, nanua: str) -> None:
    open_one = household(AREAS.COMMUNE, [member("Nông Văn Xa", "head", born=1980)], on=START)
    assert saved(send(official, open_one, "place", area_code=nanua))
    assert now(open_one, START).area_code == nanua


DECISION = {
    "klass": "poor", "year": "2025", "standard": "nd07-2021", "decision_number": "215/QĐ-UBND",
    "decision_date": "06/01/2026", "valid_from": "06/01/2026", "valid_until": "", "area_code": "",
    "source": "Danh sách kèm quyết định, dòng 12", "kind": "", "corrects": "",
}  # fmt: skip


def test_a_recognition_is_taken_over_and_corrected_by_another(official: Client, family: Household) -> None:
    answer = send(official, family, "recognition", **DECISION)
    assert saved(answer), seen(answer)
    first = Recognition.objects.get()
    assert (first.klass, first.origin, first.household_id) == ("poor", "taken_over", family.pk)
    corrected = DECISION | {"klass": "near_poor", "corrects": str(first.pk)}
    assert saved(send(official, family, "recognition", **corrected))
    held = now(family).recognition
    assert held is not None
    assert (held.klass, Recognition.objects.count()) == ("near_poor", 2)


def test_the_kind_of_poverty_is_chosen_from_those_of_the_standards(official: Client, family: Household) -> None:
    offered = dict(official.get(url(family, "recognition")).context["form"]["kind"].field.choices)
    assert list(offered) == ["", "income", "deprivation"]
    refused = send(official, family, "recognition", **DECISION | {"kind": "income"})
    assert "không chia hộ nghèo theo dạng này" in seen(refused)
    assert "Hãy chọn một mục" in seen(send(official, family, "recognition", **DECISION | {"kind": "nghèo"}))


def test_a_decision_of_another_commune_is_pointed_at(official: Client, family: Household) -> None:
    elsewhere = DECISION | {"area_code": AREAS.SIBLING}
    answer = official.post(url(family, "recognition"), PAPER | {"do": "save"} | elsewhere, follow=True)
    assert "Quyết định của Xã Thông Nông, nhưng ngày 06/01/2026 hộ ở Xã Trường Hà." in seen(answer)
    here = DECISION | {"decision_number": "216/QĐ-UBND"}
    answer = official.post(url(family, "recognition"), PAPER | {"do": "save"} | here, follow=True)
    assert "Quyết định của" not in seen(answer)


def test_a_household_in_its_village_is_not_offered_to_be_placed(official: Client, family: Household) -> None:
    offered = "Xếp vào thôn"
    assert offered not in seen(official.get(f"/households/{family.pk}/"))
    unknown = household(AREAS.COMMUNE, ["Nông Văn Chưa"], on=START)
    assert offered in seen(official.get(f"/households/{unknown.pk}/"))


def test_what_would_happen_is_said_before_and_nothing_is_saved(official: Client, family: Household) -> None:
    cuong = key("Nông Văn Cường")
    text = seen(send(official, family, "split", do="preview", **{f"relation0_{cuong}": "head"}))
    assert "Nếu lưu, từ ngày 01/03/2026" in text
    assert "Hộ mới ở Xóm Nà Nưa, Xã Trường Hà, gồm: Nông Văn Cường (chủ hộ)." in text
    assert "Hộ Nông Văn An: không còn Nông Văn Cường (con)." in text
    assert (len(who(family)), Household.objects.count()) == (3, 1)


def test_what_somebody_else_recorded_meanwhile_is_shown_and_nothing_typed_is_lost(
    official: Client, family: Household
) -> None:
    opened = official.get(url(family, "residence")).context["form"]["version"].value()
    other = signed_in(person("commune_official", AREAS.COMMUNE, full_name="Lục Văn Nhanh"))
    assert saved(send(other, family, "leave", person=key("Nông Văn Cường")))
    answer = send(official, family, "residence", address="Ngõ 9", version=opened)
    text = seen(answer)
    assert "vừa được cập nhật" in text
    assert "rời hộ" in text
    assert 'value="Ngõ 9"' in answer.content.decode()
    assert now(family).address != "Ngõ 9"
    again = answer.context["form"]["version"].value()
    assert saved(send(official, family, "residence", address="Ngõ 9", version=again))
    assert now(family).address == "Ngõ 9"


def test_a_form_sent_twice_says_what_it_did_the_first_time(official: Client, family: Household) -> None:
    opened = official.get(url(family, "leave")).context["form"]["version"].value()
    gone = key("Nông Văn Cường")
    assert saved(send(official, family, "leave", person=gone, version=opened))
    again = seen(send(official, family, "leave", person=gone, version=opened))
    assert "vừa được cập nhật sau khi bạn mở trang" in again
    assert "ghi “rời hộ” ngày 01/03/2026" in again


def test_of_two_who_take_over_a_recognition_the_second_sees_the_first_one(official: Client, family: Household) -> None:
    opened = official.get(url(family, "recognition")).context["form"]["version"].value()
    other = signed_in(person("commune_official", AREAS.COMMUNE))
    assert saved(send(other, family, "recognition", **DECISION, version=opened))
    answer = send(official, family, "recognition", **DECISION | {"klass": "near_poor"}, version=opened)
    assert "công nhận đã thay đổi" in seen(answer)
    assert (Recognition.objects.count(), answer.context["form"]["klass"].value()) == (1, "near_poor")
    again = answer.context["form"]["version"].value()
    assert saved(send(official, family, "recognition", **DECISION | {"klass": "near_poor"}, version=again))


@pytest.mark.parametrize("version", ["²-1-0", "9" * 30, "x", "-"])
def test_a_version_that_is_none_is_one_that_changed(official: Client, family: Household, version: str) -> None:
    answer = send(official, family, "leave", person=key("Nông Văn Cường"), version=version)
    assert (answer.status_code, "vừa được cập nhật" in seen(answer)) == (200, True)


def test_nothing_is_recorded_with_a_household_that_was_merged_away(official: Client, family: Household) -> None:
    twin = household(now(family).area_code, ["Nông Văn Đúp"], on=START)
    merge_households(keep=family.pk, drop=twin.pk, persons={key("Nông Văn Đúp"): key("Nông Văn An")}, **told())
    answer = official.get(url(twin, "leave"))
    assert answer.status_code == 404
    assert f"hồ sơ đã về hộ H{family.pk}" in seen(answer)


def test_refusals_of_the_registry_stand_at_their_field(official: Client, family: Household) -> None:
    early = send(official, family, "leave", person=key("Nông Văn Cường"), on="01/01/2026")
    assert 'id="id_on_error"' in early.content.decode()
    number = send(official, family, "end", reason=f"Đi theo con số {NUMBER}")
    assert 'id="id_reason_error"' in number.content.decode()
    nobody = send(official, family, "death")
    assert "Hãy chọn một người" in seen(nobody)
    assert len(who(family)) == 3


def test_who_may_not_write_there_comes_to_no_form(family: Household) -> None:
    for role, area in (
        ("commune_official", AREAS.FOREIGN_COMMUNE), ("commune_official", AREAS.SIBLING),
        ("village_reviewer", AREAS.COMMUNE), ("province_reviewer", AREAS.PROVINCE),
    ):  # fmt: skip
        client = signed_in(person(role, area))
        assert client.get(url(family, "death")).status_code == 403
        assert send(client, family, "end").status_code == 403
    assert now(family).exists


def test_unknown_tasks_households_and_persons_are_not_found(official: Client, family: Household) -> None:
    assert official.get(url(family, "fly")).status_code == 404
    assert official.get("/households/999999/do/birth/").status_code == 404
    assert official.get(f"/households/{family.pk}/persons/999999/correct/").status_code == 404


@pytest.mark.parametrize(
    "task", ["birth", "join", "death", "leave", "head", "move", "split", "merge", "end", "residence", "recognition"]
)
def test_each_form_is_small_and_asks_the_database_little(official: Client, family: Household, task: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = official.get(url(family, task))
    assert answer.status_code == 200
    assert len(queries) <= 15
    assert len(answer.content) < 60_000


def test_a_day_of_today_is_offered(official: Client, family: Household) -> None:
    form = official.get(url(family, "death")).context["form"]
    assert form["on"].value() == timezone.localdate()


def test_a_birth_is_recorded_although_the_household_went_away_since(official: Client, family: Household) -> None:
    """Papers come late: the child was born in March, the household left in June."""
    end_household(household=family.pk, on=date(2026, 6, 1), **told())
    assert url(family, "birth") in official.get(f"/households/{family.pk}/").content.decode()
    assert 'value="31/05/2026"' in official.get(url(family, "birth")).content.decode()
    child = {"full_name": "Nông Văn Dũng", "relation": "child", "no_identity_reason": "mới sinh"}
    assert send(official, family, "birth", **child).status_code == 302
    assert "Nông Văn Dũng" in [one.full_name for one in state_on(family.pk, date(2026, 5, 31)).members]
    assert official.get(url(family, "death")).status_code == 404
    late = official.post(url(family, "birth"), PAPER | child | {"on": "02/06/2026", "do": "save"})
    assert "không còn từ ngày 01/06/2026" in seen(late)
