"""What the form's page is answered when it saves by itself, looks what is new, and asks for the key of the device."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from households.registry.numbers.sealed import keep
from households.surveys.form_models import State, SurveyForm, SurveyPresence, SurveySave, SurveySheet
from households.surveys.forms.numbers import token_of
from povertyportal.core.account_models import OpenSession
from povertyportal.core.clock import now
from povertyportal.core.models import User
from tests.access.people import AREAS, person, signed_in
from tests.people import on_the_record
from tests.registry.people import household, person_of
from tests.registry.people import member as member_of
from tests.surveys.filled import answers, form, member

pytestmark = pytest.mark.django_db
BY_SCRIPT = {"Accept": "application/json", "Sec-Fetch-Dest": "empty"}


@pytest.fixture
def an(db: None) -> User:
    return person("commune_official", AREAS.COMMUNE, full_name="Nông Văn An")


@pytest.fixture
def binh(db: None) -> User:
    return person("commune_official", AREAS.COMMUNE, full_name="Lục Thị Bình")


def change(name: str, after: str, before: str = "", **more: Any) -> dict[str, Any]:
    return {"name": name, "before": [before] if before else [], "after": [after] if after else [], **more}


def save(browser: Client, made: SurveyForm, *changes: dict[str, Any], base: int = 0, key: str = "") -> Any:
    content = {"key": key or str(uuid4()), "base": base, "changes": changes}
    path = reverse("surveys:save", args=[made.pk])
    return browser.post(path, json.dumps(content), content_type="application/json", headers=BY_SCRIPT)


def new(browser: Client, made: SurveyForm, base: int) -> Any:
    path = reverse("surveys:now", args=[made.pk])
    return browser.get(path, {"base": base}, headers={**BY_SCRIPT, "X-Passive": "1"}).json()


def test_a_save_is_answered_with_everything_the_page_shows(an: User) -> None:
    made = form(answers())
    answer = save(signed_in(an), made, change("h-toilet", "none", "septic"))
    told = answer.json()
    assert answer.status_code == 200
    assert (told["version"], told["values"], told["conflicts"], told["others"], told["state"]) == (
        1,
        {},
        [],
        [],
        "typing",
    )
    assert told["saved_at"]
    assert "Hộ cận nghèo" in told["panel"]
    assert isinstance(told["findings"], dict)


def test_a_number_comes_back_as_its_token_and_a_mask(an: User) -> None:
    told = save(signed_in(an), form(), change("m0-identity", "004080123456")).json()
    (token,) = told["values"]["m0-identity"]
    assert told["masks"] == {token: "•••••••••456"}
    assert "004080123456" not in json.dumps(told)


def test_a_page_cannot_look_at_the_last_digits_of_others(an: User) -> None:
    elsewhere = token_of(keep("personal", "004080123499"))
    answer = save(signed_in(an), form(), change("m0-identity", elsewhere))
    assert (answer.status_code, list(answer.json()["fields"])) == (409, ["m0-identity"])
    assert not SurveySave.objects.exists()


def test_a_page_cannot_look_at_the_names_of_others(an: User) -> None:
    foreign = person_of(household(members=[member_of("Triệu Thị Xa", "head")]))
    answer = save(signed_in(an), form(), change("m0-person", str(foreign.pk)))
    assert (answer.status_code, list(answer.json()["fields"])) == (409, ["m0-person"])
    assert "Triệu Thị Xa" not in answer.content.decode()


def test_whoever_belongs_to_the_household_can_be_put_back(an: User) -> None:
    own = household()
    answer = save(signed_in(an), form(of=own), change("m0-person", str(person_of(own).pk)))
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["m0-identity", "m0-person"])
def test_what_a_page_only_says_stood_there_opens_nothing(an: User, name: str) -> None:
    number = keep("personal", "004080123499")
    foreign = person_of(household(members=[member_of("Triệu Thị Xa", "head")]))
    key = token_of(number) if name == "m0-identity" else str(foreign.pk)
    made = form(answers(member(0)))
    browser = signed_in(an)
    save(browser, made, change("m0-identity", "004080123456"))
    save(browser, made, change(name, "", key), base=1)
    assert save(browser, made, change(name, key), base=2).status_code == 409
    page = browser.get(reverse("surveys:history", args=[made.pk])).content.decode()
    assert "499" not in page
    assert "#0" not in page
    assert "Triệu Thị Xa" not in page


def test_a_number_that_was_taken_away_by_mistake_can_be_put_back(an: User) -> None:
    made, browser = form(), signed_in(an)
    (token,) = save(browser, made, change("m0-identity", "004080123456")).json()["values"]["m0-identity"]
    save(browser, made, change("m0-identity", "", token), base=1)
    assert save(browser, made, change("m0-identity", token), base=2).status_code == 200
    assert SurveySheet.objects.get().answers["m0-identity"] == [token]


def test_a_number_that_waits_in_a_conflict_can_be_taken(an: User, binh: User) -> None:
    made = form()
    save(signed_in(an), made, change("m0-identity", "004080123456"))
    told = save(signed_in(binh), made, change("m0-identity", "004080123457")).json()
    (conflict,) = told["conflicts"]
    taken = {"name": "m0-identity", "before": conflict["theirs"], "after": conflict["yours"], "decides": True}
    after = save(signed_in(binh), made, taken, base=told["version"]).json()
    assert (after["conflicts"], SurveySheet.objects.get().answers["m0-identity"]) == ([], conflict["yours"])


def test_a_conflict_tells_both_values_who_and_when(an: User, binh: User) -> None:
    made = form(answers(member(0), member(1, "Nông Thị Bé")))
    save(signed_in(an), made, change("m1-birth", "2015", "05/02/1980"))
    (conflict,) = save(signed_in(binh), made, change("m1-birth", "2016", "05/02/1980")).json()["conflicts"]
    assert conflict["label"] == "Người thứ 2 (Nông Thị Bé): Ngày sinh"
    assert (conflict["yours"], conflict["mine"], conflict["theirs"], conflict["by"]) == (
        ["2016"], True, ["2015"], "Nông Văn An",
    )  # fmt: skip
    seen_by_an = new(signed_in(an), made, 1)["conflicts"][0]
    assert (seen_by_an["mine"], seen_by_an["yours_by"]) == (False, "Lục Thị Bình")


def test_what_another_person_typed_appears_and_he_is_named(an: User, binh: User) -> None:
    made = form(answers())
    save(signed_in(binh), made, change("h-toilet", "none", "septic"))
    told = new(signed_in(an), made, 0)
    assert (told["values"], told["others"]) == ({"h-toilet": ["none"]}, ["Lục Thị Bình"])
    assert "panel" in told
    assert "panel" not in new(signed_in(an), made, 1)


def test_who_was_not_heard_of_for_a_minute_is_gone(an: User, binh: User) -> None:
    made = form()
    for seconds, others in ((50, ["Lục Thị Bình"]), (70, [])):
        at = now() - timedelta(seconds=seconds)
        SurveyPresence.objects.update_or_create(form=made, user=binh, defaults={"at": at})
        assert new(signed_in(an), made, 0)["others"] == others


def test_whoever_only_reads_sees_what_is_new_and_writes_nothing(an: User) -> None:
    made, reader = form(answers()), signed_in(person("commune_leader", AREAS.COMMUNE))
    save(signed_in(an), made, change("h-toilet", "none", "septic"))
    assert new(reader, made, 0)["version"] == 1
    assert save(reader, made, change("h-toilet", "pit", "none")).status_code == 403


def test_a_form_of_elsewhere_is_refused_in_words(an: User) -> None:
    stranger = person("commune_official", AREAS.SIBLING)
    answer = save(signed_in(stranger), form(), change("h-toilet", "septic"))
    assert answer.status_code == 403
    assert "không gồm" in answer.json()["refused"]


def test_a_refused_save_says_which_field_and_stores_nothing(an: User) -> None:
    made = form()
    answer = save(signed_in(an), made, change("h-toilet", "septic"), change("s-note", "căn cước 004080123456"))
    assert (answer.status_code, list(answer.json()["fields"])) == (409, ["s-note"])
    assert "004080123456" not in answer.content.decode()
    assert SurveySheet.objects.get().answers == {}


def test_a_finished_form_says_who_finished_it(an: User) -> None:
    made = form(answers(), state=State.DONE, done_by=an, done_at=now())
    answer = save(signed_in(an), made, change("h-toilet", "none", "septic"))
    assert answer.status_code == 409
    assert "Nông Văn An đã hoàn thành phiếu này" in answer.json()["refused"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "nothing",
        '{"key": "1", "base": 0, "changes": []}',
        '{"key": "KEY", "base": -1, "changes": []}',
        '{"key": "KEY", "base": true, "changes": []}',
        '{"key": "KEY", "base": 0, "changes": {}}',
        '{"key": "KEY", "base": 0, "changes": [["a"]]}',
        '{"key": "KEY", "base": 0, "changes": [{"name": "h-toilet", "before": "none", "after": []}]}',
        '{"key": "KEY", "base": 0, "changes": [{"name": "s-note", "before": [], "after": ["\\ud800"]}]}',
    ],
)
def test_what_no_page_of_ours_sends_is_not_understood(an: User, content: str) -> None:
    path = reverse("surveys:save", args=[form().pk])
    sent = content.replace("KEY", str(uuid4()))
    assert signed_in(an).post(path, sent, content_type="application/json", headers=BY_SCRIPT).status_code == 400


def test_a_nought_character_is_no_text_and_breaks_nothing(an: User) -> None:
    save(signed_in(an), made := form(), change("s-note", "Nhà\0 mới"))
    assert SurveySheet.objects.get(pk=made.pk).answers == {"s-note": ["Nhà mới"]}


def test_a_script_is_told_apart_whether_it_is_signed_out_locked_or_has_an_old_token(an: User) -> None:
    made = form()
    assert save(Client(), made).status_code == 401
    browser = signed_in(an)
    OpenSession.objects.filter(user=an).update(locked_at=now())
    assert (save(browser, made).status_code, save(browser, made).json()["state"]) == (423, "locked")
    checked = Client(enforce_csrf_checks=True)
    checked.force_login(an)
    OpenSession.objects.filter(user=an).update(second_factor=True)
    assert (save(checked, made).status_code, save(checked, made).json()) == (403, {"state": "csrf"})


def test_a_look_by_itself_does_not_keep_the_session_open(an: User) -> None:
    made, browser = form(), signed_in(an)
    long_ago = now() - timedelta(minutes=10)
    OpenSession.objects.filter(user=an).update(active_at=long_ago)
    new(browser, made, 0)
    assert OpenSession.objects.get(user=an).active_at == long_ago
    save(browser, made, change("h-toilet", "septic"))
    assert OpenSession.objects.get(user=an).active_at > long_ago


def test_the_key_of_the_device_belongs_to_the_account(an: User, binh: User) -> None:
    path = reverse("surveys:device_key")
    first, again, other = (signed_in(one).get(path) for one in (an, an, binh))
    assert (first.json()["key"], first.json()["account"]) == (again.json()["key"], again.json()["account"])
    assert first.json()["key"] != other.json()["key"]
    assert first["Cache-Control"] == "no-store"
    assert str(an.pk) not in (first.json()["account"], first.json()["key"])


def test_what_is_stored_is_said_to_be_stored_although_its_result_cannot_be_worked_out(
    an: User, monkeypatch: Any
) -> None:
    made = form(answers())
    monkeypatch.setattr("households.web.desk.saving.beside", lambda *_args, **_more: 1 / 0)
    told = save(signed_in(an), made, change("h-toilet", "none", "septic")).json()
    assert (told["version"], "panel" in told) == (1, False)
    assert "Đã lưu" in told["trouble"]


def test_a_save_stays_within_its_queries(an: User, django_assert_max_num_queries: Any) -> None:
    made, browser = form(answers()), signed_in(an)
    with on_the_record():
        save(browser, made, change("h-toilet", "none", "septic"))
    with django_assert_max_num_queries(26):
        save(browser, made, change("h-toilet", "septic", "none"), base=1)


def test_a_page_of_one_account_saves_nothing_as_another_that_signed_in_since(an: User, binh: User) -> None:
    made = form(answers())
    whose = signed_in(an).get(reverse("surveys:device_key"), headers=BY_SCRIPT).json()["account"]
    path, content = reverse("surveys:save", args=[made.pk]), {"key": str(uuid4()), "base": 0, "changes": []}
    sent = {"data": json.dumps(content), "content_type": "application/json"}
    headers = {**BY_SCRIPT, "X-Desk-Account": whose}
    assert signed_in(binh).post(path, **sent, headers=headers).status_code == 401
    assert SurveySave.objects.count() == 0
    assert signed_in(an).post(path, **sent, headers=headers).status_code == 200
