"""Signing in: the password, then a code; five failures lock the name, known or not, and tell nobody which it is."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import BasePasswordHasher, MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from povertyportal.core.accounts import end_account, suspend, system_user, unlock
from povertyportal.core.models import User
from povertyportal.core.second_factor import renew_recovery_codes
from povertyportal.records.models import SignInRecord
from tests.accounts.conftest import NAME, PASSWORD, code_now, give_code, give_password, is_in
from tests.people import on_the_record


def text(answer) -> str:
    return answer.content.decode()


def test_a_password_alone_opens_an_account_without_second_factor(client, official):
    assert give_password(client).url == "/"
    assert is_in(client)


def test_a_name_may_begin_with_a_capital_letter_and_end_with_a_blank(client, official):
    assert client.post("/sign-in/", {"username": "Bich.Dao ", "password": PASSWORD}).url == "/"


def test_with_a_second_factor_the_password_opens_nothing_yet(client, with_phone):
    assert give_password(client, next="/areas/").url == "/sign-in/code/"
    assert not is_in(client)
    assert give_code(client, code_now()).url == "/areas/"
    assert is_in(client)


def test_a_code_opens_once_only(with_phone):
    code = code_now()
    for client, gets_in in ((Client(), True), (Client(), False)):
        give_password(client)
        give_code(client, code)
        assert is_in(client) is gets_in


def test_a_recovery_code_stands_for_the_phone_once(client, with_phone):
    code = renew_recovery_codes(user=with_phone, at=timezone.now(), by=with_phone, reason="Lập mã để thử")[0]
    give_password(client)
    assert give_code(client, code.upper()).url == "/"
    assert SignInRecord.objects.filter(user=with_phone, kind="recovery_code").count() == 1
    again = Client()
    give_password(again)
    assert "Mã không đúng hoặc đã dùng rồi" in text(give_code(again, code))


def test_five_minutes_after_the_password_it_is_asked_for_again(client, with_phone, time):
    give_password(client)
    time.pass_by(minutes=5, seconds=1)
    assert give_code(client, code_now()).url == "/sign-in/"
    assert "Đã quá 5 phút" in text(client.get("/sign-in/"))


def test_a_code_without_a_password_before_leads_back(client, with_phone):
    assert give_code(client, code_now()).url == "/sign-in/"


def test_a_password_changed_between_the_two_steps_makes_the_first_one_worthless(client, with_phone):
    give_password(client)
    with_phone.set_password("Bếp lửa nhà sàn 1975")
    with_phone.save(update_fields=["password"])
    assert give_code(client, code_now()).url == "/sign-in/"


def fail(client: Client, times: int, name: str = NAME) -> str:
    return text([client.post("/sign-in/", {"username": name, "password": "sai"}) for _ in range(times)][-1])


@pytest.mark.parametrize("name", [NAME, "khong-co-ai"])
def test_the_fifth_failure_locks_a_name_and_says_until_when(client, official, name):
    assert "bị khóa 12 giờ" in fail(client, 4, name)
    refusal = fail(client, 1, name)
    until = timezone.localtime(timezone.now() + timedelta(hours=12))
    assert f"ngày {until:%d/%m/%Y}" in refusal
    assert "nhờ người quản trị" in refusal


def test_known_and_unknown_names_are_answered_alike(client, official):
    def said(name: str) -> list[str]:
        answers = [client.post("/sign-in/", {"username": name, "password": "sai"}) for _ in range(6)]
        return [str(answer.context["form"].non_field_errors()) for answer in answers]

    assert said(NAME) == said("khong-co-ai")


def test_a_locked_name_is_not_opened_by_the_right_password_and_others_are(client, official):
    fail(client, 5, "nguoi-khac")
    fail(client, 5)
    give_password(client)
    assert not is_in(client)
    unlock(user=official, by=system_user(), at=timezone.now(), reason="Đã gọi điện xác nhận")
    give_password(client)
    assert is_in(client)


def test_a_lock_is_over_after_twelve_hours(client, official, time):
    fail(client, 5)
    time.pass_by(hours=12, minutes=1)
    official.__class__.objects.filter(pk=official.pk).update(last_login=time.at)
    assert "bị khóa" not in fail(client, 1).replace("thì tên này bị khóa", "")


def test_a_locked_name_costs_no_hash(client, official, monkeypatch):
    fail(client, 5)

    def hashed(self: BasePasswordHasher, *args: object) -> bool:
        raise AssertionError("hashed")

    monkeypatch.setattr(MD5PasswordHasher, "verify", hashed)
    monkeypatch.setattr(MD5PasswordHasher, "encode", hashed)
    assert "bị khóa đến" in fail(client, 3)


def test_wrong_codes_count_like_wrong_passwords(client, with_phone):
    fail(client, 2)
    give_password(client)
    give_code(client, "000000")
    give_code(client, "000000")
    assert give_code(client, "000000").url == "/sign-in/"
    assert "bị khóa đến" in text(client.get("/sign-in/"))
    assert give_code(client, code_now()).url == "/sign-in/"


def test_a_success_forgets_the_failures_before_it(client, official):
    fail(client, 4)
    give_password(client)
    assert "bị khóa đến" not in fail(Client(), 4)


@pytest.mark.parametrize(("close", "sentence"), [(suspend, "đang tạm ngừng"), (end_account, "đã kết thúc")])
def test_the_owner_of_a_closed_account_learns_so_and_a_guesser_does_not(client, official, close, sentence):
    close(user=official, by=system_user(), at=timezone.now(), reason="Nghỉ thai sản")
    assert sentence in text(give_password(client))
    assert sentence not in fail(client, 1)
    assert not is_in(client)


def test_an_account_unused_for_45_days_is_closed_at_the_next_attempt(client, official, time):
    with on_the_record():
        User.objects.filter(pk=official.pk).update(date_joined=time.at)
    time.pass_by(days=45)
    assert "đã đóng vì 45 ngày không đăng nhập" in text(give_password(client))
    official.refresh_from_db()
    assert (official.status, official.is_active) == ("dormant", False)


def test_every_step_is_on_the_record(client, with_phone):
    fail(client, 1)
    give_password(client)
    give_code(client, "000000")
    give_code(client, code_now())
    client.post("/sign-out/")
    fail(client, 5)
    kinds = list(SignInRecord.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[:4] == ["wrong_password", "wrong_code", "signed_in", "signed_out"]
    assert "sai" not in str(list(SignInRecord.objects.values()))


def test_the_password_stands_nowhere_in_the_list_of_attempts(client, official):
    client.post("/sign-in/", {"username": NAME, "password": "Bí mật không nên ghi"})
    assert "Bí mật" not in str(list(AccessAttempt.objects.values()))


def test_no_form_is_kept_where_failures_are_counted(signed_in):
    """Beside a wrong password stands the new one."""
    new = "Mật khẩu mới 2027!"
    signed_in.post("/password/", {"old_password": "Gần đúng 2026", "new_password1": new, "new_password2": new})
    attempt = AccessAttempt.objects.get()
    assert (attempt.failures_since_start, attempt.post_data, attempt.get_data) == (1, "", "")


def test_a_name_longer_than_any_is_simply_wrong(client, official):
    answer = client.post("/sign-in/", {"username": "x" * 300, "password": PASSWORD})
    assert "không đúng" in answer.content.decode()


def test_unreadable_characters_are_told_in_vietnamese(client, official):
    answer = client.post("/sign-in/", {"username": NAME, "password": "a\0b"}).content.decode()
    assert "có ký tự không đọc được" in answer


def test_who_is_signed_in_is_led_away_from_the_page_of_signing_in(signed_in):
    assert signed_in.get("/sign-in/?next=/sign-in/").url == "/"
    assert signed_in.get("/sign-in/?next=/account/").url == "/account/"


def test_going_back_after_signing_in_tells_nothing_wrong(client, with_phone):
    give_password(client)
    give_code(client, code_now())
    assert "Đã quá 5 phút" not in client.get("/sign-in/code/", follow=True).content.decode()


def test_signing_out_of_a_session_that_is_over_leads_to_the_sign_in_page_and_no_further(signed_in, time):
    time.pass_by(hours=13)
    assert signed_in.post("/sign-out/").url == "/sign-in/"


def test_after_a_form_sent_too_late_one_is_led_to_the_page_it_stood_on(client, official):
    page = "http://testserver/account/sessions/?a=1"
    assert client.post("/session/lock/", HTTP_REFERER=page).url == "/sign-in/?next=%2Faccount%2Fsessions%2F%3Fa%3D1"
    assert client.post("/session/lock/", HTTP_REFERER="https://elsewhere.example/").url == "/sign-in/"
    assert client.post("/session/lock/").url == "/sign-in/"


def test_an_address_for_forms_only_is_no_blank_page(signed_in):
    answer = signed_in.get("/session/lock/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "chỉ nhận biểu mẫu" in answer.content.decode()
