"""Where one is signed in; ending sessions; a session that ended lets nobody in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from povertyportal.core.account_models import OpenSession
from povertyportal.core.accounts import end_account, reset_password, reset_second_factor, suspend, system_user
from povertyportal.core.devices import device_words
from tests.accounts.conftest import is_in
from tests.people import account

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"


@pytest.fixture
def elsewhere(official) -> Client:
    browser = Client(headers={"user-agent": PHONE})
    browser.force_login(official)
    return browser


def test_one_s_sessions_are_listed_with_device_and_address(official):
    browser = Client(headers={"user-agent": WINDOWS}, REMOTE_ADDR="203.113.5.7")
    browser.post("/sign-in/", {"username": official.username, "password": "Ruộng bậc thang 2026"})
    page = browser.get("/account/sessions/").content.decode()
    assert "Chrome trên Windows" in page
    assert "203.113.5.7" in page
    assert "phiên này" in page


def test_another_session_can_be_ended_and_is_told_why(signed_in, elsewhere, official):
    other = OpenSession.objects.filter(user=official).latest("started_at")
    signed_in.post("/account/sessions/", {"session": str(other.pk)})
    assert is_in(signed_in)
    page = elsewhere.get("/account/", follow=True).content.decode()
    assert "Chủ tài khoản kết thúc từ thiết bị khác" in page


def test_all_others_can_be_ended_at_once(signed_in, elsewhere):
    assert (
        "Đã kết thúc 1 phiên khác"
        in signed_in.post("/account/sessions/", {"session": "others"}, follow=True).content.decode()
    )
    assert (is_in(signed_in), is_in(elsewhere)) == (True, False)


def test_nobody_ends_somebody_else_s_session(signed_in, db):
    stranger = Client()
    stranger.force_login(account("nguoi.la"))
    foreign = OpenSession.objects.latest("started_at")
    for wish in (str(foreign.pk), "rubbish", ""):
        signed_in.post("/account/sessions/", {"session": wish})
    assert is_in(stranger)


def test_signing_out_ends_the_session_and_its_cookie_opens_nothing_any_more(signed_in, official):
    cookie = signed_in.cookies["sessionid"].value
    signed_in.post("/sign-out/")
    thief = Client()
    thief.cookies["sessionid"] = cookie
    assert not is_in(thief)
    assert OpenSession.objects.get(user=official).ended_why == "Đăng xuất"


def test_nobody_stays_signed_in_longer_than_twelve_hours(signed_in, time):
    for _ in range(71):
        time.pass_by(minutes=10)
        signed_in.get("/account/")
    assert is_in(signed_in)
    time.pass_by(minutes=10)
    assert not is_in(signed_in)


def test_a_script_of_an_ended_session_gets_a_sentence(signed_in, official):
    OpenSession.objects.filter(user=official).update(ended_at=timezone.now(), ended_why="Thử")
    answer = signed_in.get("/account/", HTTP_SEC_FETCH_DEST="empty")
    assert (answer.status_code, answer.json()["state"]) == (401, "ended")
    assert "(Thử)" in answer.json()["sentence"]


def test_a_browser_session_without_our_row_is_worth_nothing(signed_in):
    session = signed_in.session
    del session["open_session"]
    session.save()
    assert not is_in(signed_in)


def test_a_browser_session_with_somebody_else_s_row_is_worth_nothing(signed_in, db):
    other = OpenSession.objects.create(user=account("nguoi.la"), started_at=timezone.now(), active_at=timezone.now())
    session = signed_in.session
    session["open_session"] = str(other.pk)
    session.save()
    assert not is_in(signed_in)


@pytest.mark.parametrize("act", [suspend, end_account, reset_password, reset_second_factor])
def test_what_an_administrator_does_to_an_account_ends_its_sessions(signed_in, elsewhere, official, act):
    act(user=official, by=system_user(), at=timezone.now(), reason="Mất máy")
    assert not is_in(signed_in)
    assert not is_in(elsewhere)
    assert not OpenSession.objects.filter(ended_at=None).exists()


def test_a_session_is_noted_at_most_every_ten_seconds(signed_in, official, time):
    started = OpenSession.objects.get(user=official).active_at
    time.at = started + timedelta(seconds=9)
    signed_in.get("/account/")
    assert OpenSession.objects.get(user=official).active_at == started
    time.pass_by(seconds=1)
    signed_in.get("/account/")
    assert OpenSession.objects.get(user=official).active_at == time.at


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (WINDOWS, "Chrome trên Windows"),
        (PHONE, "Chrome trên Android"),
        (WINDOWS + " Edg/142.0", "Edge trên Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari trên iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox trên Linux"),
        ("curl/8.0", "không rõ thiết bị"),
        ("", "không rõ thiết bị"),
    ],
)
def test_a_device_is_named_in_words(header, words):
    assert device_words(header) == words
