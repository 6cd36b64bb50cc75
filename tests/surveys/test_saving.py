"""What is typed on a form is kept, field by field: sent twice it is stored once, and two who write lose nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.registry.models import SealedNumber
from households.registry.numbers.sealed import show
from households.surveys.form_models import State, SurveyForm, SurveySave, SurveySheet
from households.surveys.forms.saving import Change, Saved, save_answers, since
from households.surveys.refusals import SurveyRefusedError
from povertyportal.core.models import User
from tests.access.people import AREAS, person
from tests.people import on_the_record
from tests.registry.people import household, member
from tests.surveys.filled import a_round, form

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 5, 10, 32, 5, tzinfo=UTC)
NUMBER = "004080123456"


@pytest.fixture
def an(db: None) -> User:
    return person("commune_official", AREAS.COMMUNE, full_name="Nông Văn An")


@pytest.fixture
def binh(db: None) -> User:
    return person("commune_official", AREAS.COMMUNE, full_name="Lục Thị Bình")


def change(name: str, after: str, before: str = "", *, decides: bool = False) -> Change:
    return Change(name, (before,) if before else (), (after,) if after else (), decides)


def save(made: SurveyForm, by: User, *changes: Change, base: int = 0, key: UUID | None = None, after: int = 0) -> Saved:
    """``after``: seconds."""
    at = AT + timedelta(seconds=after)
    return save_answers(form=made.pk, key=key or uuid4(), base=base, changes=changes, by=by, at=at)


def stored(made: SurveyForm) -> SurveySheet:
    return SurveySheet.objects.get(pk=made.pk)


def refused(made: SurveyForm, by: User, words: str, *changes: Change) -> None:
    before = (stored(made).answers, SurveySave.objects.count())
    with pytest.raises(SurveyRefusedError, match=words):
        save(made, by, *changes)
    assert (stored(made).answers, SurveySave.objects.count()) == before


def test_what_was_typed_stands_on_the_form_and_the_save_says_how_it_came(an: User) -> None:
    made = form({"h-toilet": ["none"]})
    saved = save(made, an, change("h-toilet", "septic", "none"), change("s-note", "Nhà mới"))
    assert (saved.version, saved.saved_at, saved.values, saved.conflicts) == (1, AT, {}, [])
    assert stored(made).answers == {"h-toilet": ["septic"], "s-note": ["Nhà mới"]}
    assert SurveySave.objects.get().changes == [
        {"name": "h-toilet", "from": ["none"], "to": ["septic"]},
        {"name": "s-note", "from": [], "to": ["Nhà mới"]},
    ]


def test_the_first_save_begins_the_form_and_the_history_says_who(an: User) -> None:
    made = form()
    save(made, an, change("h-toilet", "septic"))
    save(made, an, change("h-toilet", "none", "septic"))
    made.refresh_from_db()
    assert made.state == State.TYPING
    assert [row.pgh_context["user"] for row in made.history.order_by("pgh_id")][1:] == [an.pk]


def test_a_returned_form_is_being_typed_again_and_keeps_its_remark(an: User) -> None:
    made = form(state=State.RETURNED, remark="Thiếu ngày sinh của cháu út")
    save(made, an, change("h-toilet", "septic"))
    made.refresh_from_db()
    assert (made.state, made.remark) == (State.TYPING, "Thiếu ngày sinh của cháu út")


def test_what_is_sent_again_is_answered_again_and_stored_once(an: User) -> None:
    made, key = form(), uuid4()
    first = save(made, an, change("h-toilet", "septic"), key=key)
    again = save(made, an, change("h-toilet", "septic"), key=key, after=30)
    assert again.repeated
    assert (again.version, again.saved_at, again.values) == (first.version, first.saved_at, first.values)
    assert SurveySave.objects.count() == 1


def test_a_late_repeat_does_not_undo_what_came_after_it(an: User, binh: User) -> None:
    made, key = form(), uuid4()
    save(made, an, change("h-toilet", "septic"), key=key)
    save(made, binh, change("h-toilet", "none", "septic"), base=1)
    again = save(made, an, change("h-toilet", "septic"), key=key, after=30)
    assert stored(made).answers == {"h-toilet": ["none"]}
    assert (again.values, again.conflicts) == ({"h-toilet": ["none"]}, [])


def test_the_key_of_somebody_elses_save_is_refused(an: User, binh: User) -> None:
    made, other, key = form(), form(of=household(members=["Hoàng Thị Mai"])), uuid4()
    save(made, an, change("h-toilet", "septic"), key=key)
    for one, by in ((other, an), (made, binh)):
        with pytest.raises(SurveyRefusedError, match="khóa của một lần lưu khác"):
            save(one, by, change("h-toilet", "septic"), key=key)


def test_two_people_on_different_fields_are_merged_and_told_of_each_other(an: User, binh: User) -> None:
    made = form()
    save(made, an, change("h-toilet", "septic"))
    saved = save(made, binh, change("h-water_source", "tap"), base=0)
    assert (saved.version, saved.values, saved.conflicts) == (2, {"h-toilet": ["septic"]}, [])
    assert stored(made).answers == {"h-toilet": ["septic"], "h-water_source": ["tap"]}


def test_of_two_values_for_one_field_the_first_stands_and_the_second_is_kept(an: User, binh: User) -> None:
    made = form()
    save(made, an, change("h-toilet", "septic"))
    saved = save(made, binh, change("h-toilet", "none"), after=5)
    assert (stored(made).answers, saved.values) == ({"h-toilet": ["septic"]}, {"h-toilet": ["septic"]})
    (conflict,) = saved.conflicts
    assert (conflict.name, conflict.yours, conflict.yours_by) == ("h-toilet", ["none"], "Lục Thị Bình")
    assert (conflict.theirs, conflict.by, conflict.at) == (["septic"], "Nông Văn An", AT)
    assert SurveySave.objects.latest("pk").refused == [{"name": "h-toilet", "from": [], "to": ["none"]}]


def test_both_are_told_of_a_conflict_until_somebody_decides(an: User, binh: User) -> None:
    made = form()
    save(made, an, change("h-toilet", "septic"))
    save(made, binh, change("h-toilet", "none"))
    assert [one.yours for one in since(form=made.pk, base=1).conflicts] == [["none"]]
    decided = save(made, an, change("h-toilet", "none", "septic", decides=True), base=2)
    assert (decided.conflicts, stored(made).answers) == ([], {"h-toilet": ["none"]})


def test_standing_by_what_stands_ends_a_conflict_too_and_is_on_the_record(an: User, binh: User) -> None:
    made = form()
    save(made, an, change("h-toilet", "septic"))
    save(made, binh, change("h-toilet", "none"))
    decided = save(made, binh, change("h-toilet", "septic", "septic", decides=True), base=2)
    assert (decided.conflicts, stored(made).answers) == ([], {"h-toilet": ["septic"]})
    assert SurveySave.objects.latest("pk").changes == [
        {"name": "h-toilet", "from": ["septic"], "to": ["septic"], "decides": True}
    ]


def test_who_decided_before_a_third_value_came_is_asked_again(an: User, binh: User) -> None:
    made = form()
    save(made, an, change("h-toilet", "septic"))
    save(made, binh, change("h-toilet", "none"))
    save(made, an, change("h-toilet", "pit", "septic"), base=2)
    late = save(made, binh, change("h-toilet", "none", "septic", decides=True), base=2)
    assert ([one.yours for one in late.conflicts], stored(made).answers) == ([["none"]], {"h-toilet": ["pit"]})
    again = save(made, binh, change("h-toilet", "none", "pit", decides=True), base=late.version)
    assert (again.conflicts, stored(made).answers) == ([], {"h-toilet": ["none"]})


def test_two_who_typed_the_same_have_no_conflict(an: User, binh: User) -> None:
    made = form()
    save(made, an, change("h-toilet", "septic"))
    assert save(made, binh, change("h-toilet", "septic")).conflicts == []


def test_a_refused_value_that_comes_to_stand_is_a_conflict_no_more(an: User, binh: User) -> None:
    made = form()
    save(made, an, change("h-toilet", "septic"))
    save(made, binh, change("h-toilet", "none"))
    assert save(made, an, change("h-toilet", "none", "septic"), base=2).conflicts == []


def test_blanks_around_a_text_and_the_order_of_choices_are_no_change(an: User) -> None:
    made = form({"s-note": ["Nhà mới"], "h-devices": ["tv", "radio"]})
    saved = save(made, an, change("s-note", " Nhà  mới "), Change("h-devices", ("radio", "tv"), ("radio", "tv")))
    assert (saved.values, saved.version, SurveySave.objects.get().changes) == ({}, 0, [])


def test_what_was_emptied_is_gone_from_the_answers(an: User) -> None:
    made = form({"h-toilet": ["none"]})
    save(made, an, change("h-toilet", "", "none"))
    assert stored(made).answers == {}


def unopened(**more: Any) -> SurveyForm:
    """On the list, and nobody has saved anything yet."""
    home = household(members=[member("Nông Văn An", "head", born=1980, identity=NUMBER, **more)])
    with on_the_record() as by:
        return SurveyForm.objects.create(
            round=a_round(), household=home, why="poor", area_code="01392-001", listed_by=by, listed_at=AT
        )


def test_a_first_save_stands_beside_what_the_registry_knows(an: User) -> None:
    made = unopened()
    saved = save(made, an, change("m0-work", "own"))
    assert stored(made).answers["m0-name"] == ["Nông Văn An"]
    assert (saved.values["m0-name"], saved.answers["m0-work"]) == (["Nông Văn An"], ["own"])


def test_a_page_from_before_a_restored_backup_is_told_everything(an: User) -> None:
    made = form({"h-toilet": ["none"]})
    assert save(made, an, change("s-note", "Nhà mới"), base=40).values == {"h-toilet": ["none"]}


def test_digits_are_sealed_and_the_page_gets_their_token(an: User) -> None:
    made = form()
    saved = save(made, an, change("m0-identity", "004 080 123 456"))
    number = SealedNumber.objects.latest("pk")
    assert show(number) == NUMBER
    assert (saved.values, stored(made).answers) == ({"m0-identity": [f"#{number.pk}"]},) * 2
    assert NUMBER not in str(list(SurveySave.objects.values()))


def test_digits_sent_again_after_a_lost_answer_are_the_same_number(an: User) -> None:
    made = form()
    token = save(made, an, change("m0-identity", NUMBER)).values["m0-identity"]
    saved = save(made, an, change("m0-identity", "004080123457", NUMBER), base=1)
    assert saved.conflicts == []
    assert saved.values["m0-identity"] != token


def test_two_different_numbers_for_one_person_are_a_conflict_of_sealed_ones(an: User, binh: User) -> None:
    made = form()
    save(made, an, change("m0-identity", NUMBER))
    (conflict,) = save(made, binh, change("m0-identity", "004080123457")).conflicts
    assert [text[0] for text in (*conflict.yours, *conflict.theirs)] == ["#", "#"]
    assert "004080" not in str(stored(made).conflicts)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("h-swimming_pool", "yes", "không có ô"),
        ("m0-password", "x", "không có ô"),
        ("m12345678901-name", "An", "không có ô"),
        ("qd59-2015:b1", "120", "không có ô"),
        ("s-note", "x" * 201, "Dài quá 200"),
        ("m0-identity", "0" * 41, "Dài quá 40"),
        ("m0-identity", "0" * 21, "không thể là số"),
        ("s-note", "Căn cước 004080123456", "chỉ ghi ở ô Số định danh"),
        ("m0-name", "004 080 123 456", "chỉ ghi ở ô Số định danh"),
        ("income_month", "004080123456", "chỉ ghi ở ô Số định danh"),
        ("y-crops-revenue", "081234567", "chỉ ghi ở ô Số định danh"),
        ("m0-person", "999999999", "Không có người này"),
        ("m0-person", "An", "Không có người này"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_of_the_save_is_written(
    an: User, name: str, text: str, words: str
) -> None:
    made = form({"h-toilet": ["none"]})
    refused(made, an, words, change("h-toilet", "septic", "none"), change(name, text))


def test_an_amount_of_nine_digits_is_no_old_card(an: User) -> None:
    made = form()
    save(made, an, change("y-crops-revenue", "123456789"), change("income_month", "123456789"))
    assert stored(made).answers["y-crops-revenue"] == ["123456789"]


def test_a_household_has_no_more_than_sixty_rows(an: User) -> None:
    made = form()
    rows = [change(f"m{index}-name", "Nông Văn An") for index in range(61)]
    save(made, an, *rows[:60])
    refused(made, an, "nhiều nhất 60", rows[60])
    save(made, an, change("m0-name", "", "Nông Văn An"), rows[60])


@pytest.mark.parametrize(
    ("state", "words", "more"),
    [
        (State.DONE, "đã hoàn thành phiếu này lúc 17:32", {"done_at": AT}),
        (State.DROPPED, "không rà soát", {"remark": "Đã chuyển đi"}),
    ],
)
def test_a_form_that_is_closed_takes_nothing(an: User, state: str, words: str, more: dict[str, Any]) -> None:
    made = form(state=state, **more, **({"done_by": an} if state == State.DONE else {}))
    refused(made, an, words, change("h-toilet", "septic"))


def test_a_save_whose_answer_was_lost_is_answered_although_the_form_was_finished_since(an: User) -> None:
    made, key = form(), uuid4()
    save(made, an, change("h-toilet", "septic"), key=key)
    with on_the_record():
        SurveyForm.objects.filter(pk=made.pk).update(state=State.DONE, done_by=an, done_at=AT)
    assert save(made, an, change("h-toilet", "septic"), key=key).repeated


def test_whoever_has_no_right_there_writes_nothing() -> None:
    made = form()
    for by in (person("commune_official", AREAS.SIBLING), person("commune_leader", AREAS.COMMUNE)):
        with pytest.raises(PermissionDenied):
            save(made, by, change("h-toilet", "septic"))
    assert not SurveySave.objects.exists()


def test_a_save_costs_few_queries(an: User) -> None:
    made = form()
    save(made, an, change("h-toilet", "septic"))
    with CaptureQueriesContext(connection) as seen:
        save(made, an, change("h-water_source", "tap"), base=1)
    assert len(seen) <= 12, [one["sql"][:80] for one in seen]
