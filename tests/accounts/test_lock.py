"""The locked screen: after 15 minutes without activity (administrators 5) nothing is shown or taken until the password is given
again, and what was typed is not lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from povertyportal.core import kept_forms
from povertyportal.core.account_models import KeptForm, OpenSession
from povertyportal.core.doors import own_account
from povertyportal.records.models import SignInRecord
from tests.accounts.conftest import PASSWORD, fail_unlock, unlock

BY_SCRIPT = {"HTTP_SEC_FETCH_DEST": "empty"}
taken: list[tuple[dict, dict]] = []


def take(request: HttpRequest) -> HttpResponse:
    """A page that stores what it gets: fields and the text of files."""
    files = {name: file.read().decode() for name, file in request.FILES.items()}
    taken.append((request.POST.dict(), files))
    return HttpResponse("đã lưu")


urlpatterns = [
    path("taken/", own_account(asks=["on"])(take), name="taken"),
    path("", include("povertyportal.urls")),
]


@pytest.fixture(autouse=True)
def page_that_takes(settings) -> None:
    settings.ROOT_URLCONF = "tests.accounts.test_lock"
    taken.clear()


@pytest.mark.parametrize(("administrator", "minutes"), [(False, 15), (True, 5)])
def test_a_screen_left_alone_locks_and_the_password_leads_back(signed_in, time, rules, administrator, minutes):
    rules(administrator=administrator)
    time.pass_by(minutes=minutes, seconds=-1)
    assert signed_in.get("/account/").status_code == 200
    time.pass_by(minutes=minutes)
    assert signed_in.get("/account/?").url == "/unlock/?next=%2Faccount%2F"
    assert "Màn hình đã khóa" in signed_in.get("/unlock/?next=/account/").content.decode()
    assert unlock(signed_in, next="/account/").url == "/account/"
    assert signed_in.get("/account/").status_code == 200


def test_every_page_asked_for_keeps_the_screen_open(signed_in, time):
    for _ in range(4):
        time.pass_by(minutes=10)
        assert signed_in.get("/account/").status_code == 200


def test_looking_by_itself_does_not_keep_it_open(signed_in, time):
    for _ in range(2):
        time.pass_by(minutes=8)
        signed_in.get("/session/", **BY_SCRIPT)
        signed_in.get("/account/", HTTP_X_PASSIVE="1")
    assert signed_in.get("/account/").status_code == 302


def test_typing_keeps_it_open_and_counts_from_the_last_key(signed_in, official, time):
    time.pass_by(minutes=14)
    signed_in.post("/session/ping/", {"idle": "30000"}, **BY_SCRIPT)
    time.pass_by(minutes=14, seconds=29)
    assert signed_in.get("/session/", **BY_SCRIPT).json()["state"] == "open"
    time.pass_by(seconds=1)
    assert signed_in.get("/session/", **BY_SCRIPT).json()["state"] == "locked"


@pytest.mark.parametrize("idle", ["99999999999", "-5", "x", "٣", ""])
def test_a_ping_with_nonsense_does_no_harm(signed_in, official, time, idle):
    assert signed_in.post("/session/ping/", {"idle": idle}, **BY_SCRIPT).status_code == 200
    assert OpenSession.objects.get(user=official).active_at <= time.at


def test_a_locked_screen_answers_scripts_with_a_sentence_and_keeps_nothing_of_theirs(signed_in, time):
    time.pass_by(minutes=16)
    for answer in (
        signed_in.get("/account/", **BY_SCRIPT),
        signed_in.post("/taken/", {"a": "1"}, HTTP_HX_REQUEST="true"),
    ):
        assert answer.status_code == 423
        assert "Hãy nhập mật khẩu" in answer.json()["sentence"]
    assert not KeptForm.objects.exists()


def test_a_ping_of_a_locked_screen_does_not_open_it(signed_in, time):
    time.pass_by(minutes=16)
    assert signed_in.post("/session/ping/", {"idle": "0"}, **BY_SCRIPT).status_code == 423
    assert signed_in.get("/session/", **BY_SCRIPT).json()["state"] == "locked"


def test_the_screen_can_be_locked_by_hand(signed_in):
    assert signed_in.post("/session/lock/").url == "/unlock/"
    assert signed_in.get("/account/").status_code == 302


def test_the_password_opens_it_for_the_page_s_script_too(signed_in, time):
    signed_in.post("/session/lock/", **BY_SCRIPT)
    wrong = signed_in.post("/unlock/", {"password": "sai"}, **BY_SCRIPT)
    assert (wrong.status_code, wrong.json()["state"]) == (403, "locked")
    right = signed_in.post("/unlock/", {"password": PASSWORD}, **BY_SCRIPT)
    assert right.json()["state"] == "open"
    assert right.json()["token"]


def test_five_wrong_passwords_end_the_session(signed_in, time):
    signed_in.post("/session/lock/")
    assert fail_unlock(signed_in, 4).status_code == 200
    assert fail_unlock(signed_in, 1).url == "/sign-in/"
    page = signed_in.get("/account/", follow=True)
    assert "Nhập sai mật khẩu mở khóa 5 lần" in page.content.decode()
    assert page.redirect_chain[-1][0].startswith("/sign-in/")


def test_wrong_passwords_before_a_right_one_are_forgotten(signed_in):
    for _ in range(2):
        signed_in.post("/session/lock/")
        fail_unlock(signed_in, 3)
        assert unlock(signed_in).url == "/"


def test_a_name_locked_by_strangers_does_not_lock_its_owner_out_of_his_screen(signed_in, official):
    for _ in range(5):
        Client().post("/sign-in/", {"username": official.username, "password": "sai"})
    signed_in.post("/session/lock/")
    assert unlock(signed_in).url == "/"


def test_a_form_sent_too_late_is_kept_sealed_and_sent_with_one_button(signed_in, time):
    time.pass_by(minutes=20)
    assert signed_in.post("/taken/?on=2026-01-01", {"ghi chú": "hộ ông Sơn, 5 khẩu"}).url == "/unlock/"
    assert "Sơn".encode() not in bytes(KeptForm.objects.get().sealed_body)
    assert "đã được giữ lại" in signed_in.get("/unlock/").content.decode()
    assert unlock(signed_in).url == "/kept-form/"
    assert 'action="/taken/?on=2026-01-01"' in signed_in.get("/kept-form/").content.decode()
    assert taken == []
    signed_in.post("/taken/?on=2026-01-01", {kept_forms.FIELD: "1"})
    assert taken == [({"ghi chú": "hộ ông Sơn, 5 khẩu"}, {})]
    assert not KeptForm.objects.exists()


def test_a_kept_form_comes_back_with_its_files(signed_in, time):
    time.pass_by(minutes=20)
    signed_in.post("/taken/", {"tên": "tệp", "file": SimpleUploadedFile("số liệu.csv", b"a;b\n1;2")})
    unlock(signed_in)
    signed_in.post("/taken/", {kept_forms.FIELD: "1"})
    assert taken == [({"tên": "tệp"}, {"file": "a;b\n1;2"})]


def test_a_kept_form_is_sent_once_only(signed_in, time):
    time.pass_by(minutes=20)
    signed_in.post("/taken/", {"a": "1"})
    unlock(signed_in)
    signed_in.post("/taken/", {kept_forms.FIELD: "1"})
    again = signed_in.post("/taken/", {kept_forms.FIELD: "1"}, follow=True)
    assert len(taken) == 1
    assert "Biểu mẫu chờ gửi không còn" in again.content.decode()


def test_a_kept_form_goes_to_its_own_page_only_and_can_be_dropped(signed_in, time):
    time.pass_by(minutes=20)
    signed_in.post("/taken/", {"a": "1"})
    unlock(signed_in)
    signed_in.post("/taken/?on=2020-01-01", {kept_forms.FIELD: "1"})
    assert taken == []
    signed_in.post("/kept-form/")
    assert signed_in.get("/kept-form/").url == "/"


def test_a_form_that_is_too_large_is_said_to_be_lost(signed_in, time):
    time.pass_by(minutes=20)
    large = SimpleUploadedFile("lớn.bin", b"x" * (kept_forms.LARGEST + 1))
    assert signed_in.post("/taken/", {"file": large}).url == "/unlock/?lost=1"
    assert "không giữ lại được" in signed_in.get("/unlock/?lost=1").content.decode()


def test_a_form_from_another_site_is_never_kept(official, time):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(official)
    time.pass_by(minutes=20)
    assert browser.post("/taken/", {"a": "1"}).status_code == 403
    assert not KeptForm.objects.exists()


def test_after_twelve_hours_the_form_waits_behind_the_sign_in(signed_in, official, time):
    time.pass_by(hours=12)
    turned_away = signed_in.post("/taken/", {"a": "1"}, follow=True)
    assert "đã đủ 12 giờ" in turned_away.content.decode()
    entered = signed_in.post("/sign-in/", {"username": official.username, "password": PASSWORD})
    assert entered.url == "/kept-form/"


def test_locking_and_opening_are_on_the_record_once_each(signed_in, time):
    time.pass_by(minutes=20)
    signed_in.get("/account/")
    signed_in.get("/account/")
    unlock(signed_in)
    kinds = list(SignInRecord.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["signed_in", "idle_locked", "unlocked"]


def test_unlocking_never_leads_out_of_the_portal(signed_in):
    signed_in.post("/session/lock/")
    assert unlock(signed_in, next="https://evil.example/").url == "/"


def test_a_kept_form_goes_on_waiting_when_the_screen_locks_before_it_is_sent(signed_in, time):
    time.pass_by(minutes=20)
    signed_in.post("/taken/", {"a": "1"})
    unlock(signed_in)
    for again in (("/taken/", {kept_forms.FIELD: "1"}), ("/kept-form/", {"b": "2"})):
        time.pass_by(minutes=20)
        assert signed_in.post(*again).url == "/unlock/"
        unlock(signed_in)
    signed_in.post("/taken/", {kept_forms.FIELD: "1"})
    assert taken == [({"a": "1"}, {})]


def test_the_sign_in_page_says_why_the_session_ended_at_the_fifth_wrong_password(signed_in, time):
    signed_in.post("/session/lock/")
    fail_unlock(signed_in, times=5)
    assert "Nhập sai mật khẩu 5 lần" in signed_in.get("/sign-in/").content.decode()
