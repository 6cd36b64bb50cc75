"""A household is registered from a grid of members, with and without a script; a person is corrected; nothing typed is lost."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from households.registry.actions.members import remove_member
from households.registry.models import Household, Membership, Person
from households.registry.numbers.sealed import masked, show
from households.registry.state import state_on
from tests.access.people import AREAS, person, signed_in
from tests.reading import seen
from tests.registry.people import household, member, person_of, told, village

pytestmark = pytest.mark.django_db
NEW = "/households/new/"
START = date(2026, 1, 5)
NUMBER, OTHER_NUMBER = "004190123456", "004190654321"
CELLS = (
    "full_name",
    "relation",
    "sex",
    "birth",
    "ethnicity",
    "identity",
    "old_identity",
    "insurance",
    "no_identity_reason",
)


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


@pytest.fixture
def nanua() -> str:
    return village("Nà Nưa", on=date(2025, 7, 1))


def sheet(area: str, *rows: tuple[str, ...], **more: str) -> dict[str, str]:
    """The form as a browser sends it; cells left out at the end of a row are empty."""
    typed = {"area_code": area, "address": "", "local_code": "", "on": "05/01/2026", "reason": "Sổ hộ khẩu cũ"}
    typed |= {"m-TOTAL_FORMS": str(len(rows)), "m-INITIAL_FORMS": "0", "do": "save"}
    for number, row in enumerate(rows):
        cells = (*row, *[""] * (len(CELLS) - len(row)))
        typed |= {f"m-{number}-{name}": text for name, text in zip(CELLS, cells, strict=True)}
    return typed | more


AN = ("Nông Văn An", "head", "male", "02/09/1975", "tay", NUMBER)
BINH = ("Hoàng Thị Bình", "spouse", "female", "1978", "Nùng")
EMPTY: tuple[str, ...] = ()


def test_a_household_is_registered_with_its_members(official: Client, nanua: str) -> None:
    answer = official.post(NEW, sheet(nanua, AN, BINH, EMPTY, address="Ngõ 3", local_code="M-01"))
    made = Household.objects.get()
    assert answer["Location"] == f"/households/{made.pk}/?on=2026-01-05"
    state = state_on(made.pk, START)
    assert [(one.full_name, one.relation, one.birth_year, one.ethnicity) for one in state.members] == [
        ("Nông Văn An", "head", 1975, "tay"), ("Hoàng Thị Bình", "spouse", 1978, "nung"),
    ]  # fmt: skip
    assert (state.area_code, state.address, state.local_code) == (nanua, "Ngõ 3", "M-01")
    assert "đến lượt" not in seen(official.get(answer["Location"]))


def test_the_next_household_is_entered_in_the_same_village(official: Client, nanua: str) -> None:
    answer = official.post(NEW, sheet(nanua, AN, do="next"), follow=True)
    assert "Đã lập hồ sơ hộ H" in seen(answer)
    assert answer.context["form"]["area_code"].value() == nanua


def test_what_is_wrong_is_said_in_its_cell_and_everything_typed_stays(official: Client, nanua: str) -> None:
    wrong = ("Lý Thị Mai", "", "female", "31/02/1990", "Người Sao Hỏa")
    answer = official.post(NEW, sheet(nanua, AN, wrong))
    html = answer.content.decode()
    for cell, message in (
        ("relation", "Hãy chọn một mục"), ("birth", "Cần ghi ngày/tháng/năm"), ("ethnicity", "Không có dân tộc"),
    ):  # fmt: skip
        assert message in html.split(f'id="id_m-1-{cell}_error"')[1][:600]
    assert 'value="31/02/1990"' in html
    assert not Household.objects.exists()


def test_what_the_registry_refuses_stands_in_the_row_it_is_about(official: Client, nanua: str) -> None:
    short = ("Hoàng Thị Bình", "head", "female", "1978", "Nùng", "12345")
    html = official.post(NEW, sheet(nanua, AN, EMPTY, short)).content.decode()
    assert 'id="id_m-2-identity_error"' in html
    assert "Hộ chỉ có một chủ hộ" in html.split('id="id_m-2-relation_error"')[1][:600]
    assert "Hộ cần một chủ hộ" in seen(official.post(NEW, sheet(nanua, BINH)))
    assert not Person.objects.exists()


def test_a_sheet_sent_twice_makes_one_household(official: Client, nanua: str) -> None:
    plain = ("Nông Văn An", "head", "male", "1975", "tay", "")
    first = official.post(NEW, sheet(nanua, plain, BINH))
    again = official.post(NEW, sheet(nanua, plain, BINH), follow=True)
    assert again.redirect_chain[0][0] == first["Location"]
    assert "không lập lần nữa" in seen(again)
    assert (Household.objects.count(), Person.objects.count()) == (1, 2)
    other = ("Nông Văn An", "head", "male", "1976", "tay", "")
    assert official.post(NEW, sheet(nanua, other, BINH)).status_code == 302
    assert Household.objects.count() == 2


def test_rows_come_and_go_without_a_script(official: Client, nanua: str) -> None:
    more = official.post(NEW, sheet(nanua, AN, BINH, do="add"))
    assert [row["full_name"].value() for row in more.context["rows"]] == ["Nông Văn An", "Hoàng Thị Bình", None]
    assert "field-error" not in more.content.decode()
    assert 'name="m-TOTAL_FORMS" value="3"' in more.content.decode()
    entered = official.post(NEW, sheet(nanua, AN, BINH, do="stay"))
    assert [row["full_name"].value() for row in entered.context["rows"]] == ["Nông Văn An", "Hoàng Thị Bình"]
    assert not Household.objects.exists()
    fewer = official.post(NEW, sheet(nanua, AN, BINH, remove="0", do=""))
    assert [row["full_name"].value() for row in fewer.context["rows"]] == ["Hoàng Thị Bình"]
    assert fewer.context["form"]["reason"].value() == "Sổ hộ khẩu cũ"


def test_a_number_that_stands_with_somebody_is_asked_about(official: Client, nanua: str) -> None:
    household(nanua, [member("Nông Văn An", "head", born=1975, identity=NUMBER)], on=START)
    asked = official.post(NEW, sheet(nanua, AN))
    assert "Số này đã có ở một người khác" in seen(asked)
    belongs = official.post(NEW, sheet(nanua, AN, **{"m-0-twin": "same"}))
    assert "đang là thành viên của một hộ khác" in seen(belongs)
    assert official.post(NEW, sheet(nanua, AN, **{"m-0-twin": "other"})).status_code == 302
    assert Person.objects.filter(full_name="Nông Văn An").count() == 2


def test_somebody_known_who_left_comes_back_as_the_same_person(official: Client, nanua: str) -> None:
    old = household(
        nanua, [member("Nông Thị Già", "head", born=1945), member("Nông Văn An", identity=NUMBER)], on=START
    )
    an = person_of(old, "An")
    remove_member(person=an.pk, on=date(2026, 2, 1), **told())
    answer = official.post(NEW, sheet(nanua, AN, on="01/03/2026", **{"m-0-twin": "same"}))
    assert answer.status_code == 302, seen(answer)
    assert Membership.objects.filter(person=an).count() == 2
    assert Person.objects.count() == 2


@pytest.mark.parametrize(("sex", "birth"), [("female", "1975"), ("male", "1976")])
def test_somebody_known_whose_record_says_otherwise_is_asked_about(
    official: Client, nanua: str, sex: str, birth: str
) -> None:
    old = household(
        nanua,
        [member("Nông Thị Già", "head", born=1945), member("Nông Văn An", born=1975, sex="male", identity=NUMBER)],
        on=START,
    )
    remove_member(person=person_of(old, "An").pk, on=date(2026, 2, 1), **told())
    differs = ("Nông Văn An", "head", sex, birth, "tay", NUMBER)
    assert "Số này đã có ở một người khác" in seen(official.post(NEW, sheet(nanua, differs, on="01/03/2026")))
    same = ("Nông Văn An", "head", "male", "1975", "tay", NUMBER)
    assert official.post(NEW, sheet(nanua, same, on="01/03/2026")).status_code == 302
    an = Person.objects.get(full_name="Nông Văn An")
    assert an.ethnicity == "tay", "what the record left open is taken from the sheet"


def test_a_number_that_does_not_fit_the_person_is_saved_and_pointed_at(official: Client, nanua: str) -> None:
    woman = ("Nông Văn An", "head", "male", "1990", "tay", "004190123456")  # the fourth digit says "female"
    told = seen(official.post(NEW, sheet(nanua, woman), follow=True))
    assert "Nông Văn An: " in told
    assert "nữ" in told
    assert Person.objects.get().identity is not None


def test_villages_are_those_of_the_users_communes_on_the_day(official: Client, nanua: str) -> None:
    options = official.get(NEW).content.decode()
    assert f'value="{nanua}"' in options
    assert f'value="{AREAS.COMMUNE}"' in options
    assert AREAS.SIBLING not in options
    elsewhere = official.post(NEW, sheet(AREAS.SIBLING, AN))
    assert "Hãy chọn một mục trong danh sách" in seen(elsewhere)
    reader = signed_in(person("village_reviewer", AREAS.COMMUNE))
    assert reader.get(NEW).status_code == 403


@pytest.fixture
def an(nanua: str) -> Person:
    found = household(nanua, [member("Nông Văn Ann", "head", born=1975, identity=NUMBER)], on=START)
    return person_of(found)


def correct(client: Client, of: Person, **typed: str) -> Any:
    home = Membership.objects.filter(person=of).values_list("household", flat=True)[0]
    stands = {"full_name": of.full_name, "sex": of.sex, "birth": "1975", "ethnicity": "", "reason": "gõ nhầm"}
    return client.post(f"/households/{home}/persons/{of.pk}/correct/", stands | {"do": "save"} | typed)


def test_a_slip_in_a_name_is_put_right_and_the_number_stays(official: Client, an: Person) -> None:
    assert correct(official, an, full_name="Nông Văn An", birth="02/09/1975").status_code == 302
    an = Person.objects.get(pk=an.pk)
    assert (an.full_name, an.birth_date) == ("Nông Văn An", date(1975, 9, 2))
    assert an.identity is not None
    assert show(an.identity) == NUMBER


def test_a_number_is_replaced_or_taken_away_and_never_shown(official: Client, an: Person) -> None:
    page = official.get(f"/households/{Household.objects.get().pk}/persons/{an.pk}/correct/").content.decode()
    assert "•••••••••456" in page
    assert NUMBER not in page
    assert correct(official, an, identity=OTHER_NUMBER).status_code == 302
    assert masked(Person.objects.get(pk=an.pk).identity) == "•••••••••321"
    both = correct(official, an, identity=NUMBER, drop_identity="on")
    assert "chỉ làm một việc" in seen(both)
    assert correct(official, an, drop_identity="on", no_identity_reason="mất giấy tờ").status_code == 302
    assert Person.objects.get(pk=an.pk).identity is None


def test_two_corrections_at_once_are_shown_beside_each_other(official: Client, an: Person) -> None:
    path = f"/households/{Household.objects.get().pk}/persons/{an.pk}/correct/"
    opened = official.get(path).context["form"]["version"].value()
    assert correct(official, an, full_name="Nông Văn Án", version=opened).status_code == 302
    late = correct(official, an, full_name="Nông Văn Ẩn", version=opened)
    text = seen(late)
    assert "Bạn nhập Hồ sơ lúc này Họ và tên Nông Văn Ẩn Nông Văn Án" in text
    assert Person.objects.get(pk=an.pk).full_name == "Nông Văn Án"
    again = late.context["form"]["version"].value()
    assert correct(official, an, full_name="Nông Văn Ẩn", version=again).status_code == 302
