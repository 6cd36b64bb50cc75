"""Attaching the application, replacing and detaching it; whoever must have one goes nowhere else before."""

import base64
import re

import pytest
from django.test import Client
from django.utils import timezone

from povertyportal.core.account_models import CodeDevice, OpenSession, RecoveryCode
from povertyportal.core.accounts import reset_second_factor, system_user
from povertyportal.core.crypto import unseal
from povertyportal.core.one_time_codes import code_at
from povertyportal.core.second_factor import has_second_factor, recovery_codes_left, take_recovery_code
from tests.accounts.conftest import KEY, NAME, PASSWORD, code_now, give_code, give_password, is_in
from tests.people import on_the_record

PAGE = "/account/second-factor/"


def key_on(page: str) -> bytes:
    """The key as somebody would type it from the page."""
    typed = re.search(r'<p class="typed-key">\s*<code>([A-Z2-7 ]+)</code>', page).group(1)
    return base64.b32decode(typed.replace(" ", ""))


def attach(client: Client) -> list[str]:
    """Follow the page to the end; the recovery codes it shows."""
    key = key_on(client.get(PAGE).content.decode())
    shown = client.post(PAGE, {"do": "attach", "code": code_at(key, timezone.now())}).content.decode()
    return re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", shown)


def test_attaching_shows_ten_codes_once_and_asks_at_the_next_sign_in(signed_in, official):
    codes = attach(signed_in)
    assert len(codes) == 10
    assert codes[0] not in signed_in.get(PAGE).content.decode()
    assert give_password(Client()).url == "/sign-in/code/"
    assert take_recovery_code(user=official, typed=codes[0], at=timezone.now())


def test_nothing_of_it_is_stored_in_the_clear(signed_in, official):
    key = key_on(signed_in.get(PAGE).content.decode())
    assert key.hex() not in str(dict(signed_in.session))
    codes = attach(signed_in)
    device = CodeDevice.objects.get(user=official)
    assert key not in bytes(device.sealed_key)
    assert unseal(device.sealed_key, about=f"code device of {official.pk}") == key
    stored = str([bytes(row.fingerprint) for row in RecoveryCode.objects.all()])
    assert not any(code in stored for code in codes)


def test_a_wrong_code_attaches_nothing_and_keeps_the_picture(signed_in, official):
    before = key_on(signed_in.get(PAGE).content.decode())
    answer = signed_in.post(PAGE, {"do": "attach", "code": "000000"}).content.decode()
    assert "Mã không khớp" in answer
    assert key_on(answer) == before
    assert not has_second_factor(official)


def test_the_code_that_attached_it_does_not_sign_in(signed_in, official):
    key = key_on(signed_in.get(PAGE).content.decode())
    code = code_at(key, timezone.now())
    signed_in.post(PAGE, {"do": "attach", "code": code})
    other = Client()
    give_password(other)
    give_code(other, code)
    assert not is_in(other)


def test_who_must_have_one_goes_nowhere_before_it_is_attached(client, official, rules):
    rules(second_factor=True)
    give_password(client)
    for path in ("/", "/account/", "/areas/", "/account/sessions/"):
        assert client.get(path).url == PAGE
    assert client.get("/", HTTP_SEC_FETCH_DEST="empty").status_code == 403
    attach(client)
    assert client.get("/account/").status_code == 200


def test_the_first_password_is_changed_before_anything_else(client, official, rules):
    rules(second_factor=True)
    official.must_change_password = True
    with_reason_saved(official)
    give_password(client)
    assert client.get("/").url == "/password/"
    new = {"old_password": PASSWORD, "new_password1": "bếp lửa!", "new_password2": "bếp lửa!"}
    client.post("/password/", new)
    assert client.get("/").url == PAGE


def with_reason_saved(user) -> None:
    with on_the_record():
        user.save()


@pytest.mark.parametrize("wish", ["renew", "replace", "detach"])
def test_changing_it_asks_for_the_password(client, with_phone, wish):
    client.force_login(with_phone)
    before = code_now()
    answer = client.post(PAGE, {"do": wish, "password": "sai"}).content.decode()
    assert "Mật khẩu không đúng" in answer
    give_password(other := Client())
    give_code(other, before)
    assert is_in(other)


def test_new_recovery_codes_make_the_old_ones_worthless(client, with_phone):
    client.force_login(with_phone)
    shown = client.post(PAGE, {"do": "renew", "password": PASSWORD}).content.decode()
    old = client.post(PAGE, {"do": "renew", "password": PASSWORD}).content.decode()
    first = re.search(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", shown).group(1)
    assert first not in old
    assert not take_recovery_code(user=with_phone, typed=first, at=timezone.now())
    assert recovery_codes_left(with_phone) == 10


def test_another_phone_replaces_the_old_one_only_when_it_works(client, with_phone):
    client.force_login(with_phone)
    assert client.post(PAGE, {"do": "replace", "password": PASSWORD}).url == PAGE
    key = key_on(client.get(PAGE).content.decode())
    assert key != KEY
    give_password(other := Client())
    give_code(other, code_now())
    assert is_in(other)
    client.post(PAGE, {"do": "attach", "code": code_at(key, timezone.now())})
    assert unseal(CodeDevice.objects.get().sealed_key, about=f"code device of {with_phone.pk}") == key


def test_a_stolen_session_cannot_attach_another_phone(client, with_phone):
    client.force_login(with_phone)
    answer = client.post(PAGE, {"do": "attach", "code": "123456"}, follow=True).content.decode()
    assert "typed-key" not in answer


def test_detaching_is_refused_where_the_role_asks_for_it(client, with_phone, rules):
    rules(second_factor=True)
    client.force_login(with_phone)
    client.post(PAGE, {"do": "detach", "password": PASSWORD})
    assert has_second_factor(with_phone)


def test_after_detaching_a_strong_password_is_enough(client, with_phone):
    client.force_login(with_phone)
    client.post(PAGE, {"do": "detach", "password": PASSWORD})
    with_phone.refresh_from_db()
    assert not with_phone.must_change_password
    assert give_password(Client()).url == "/"


def test_a_lost_phone_is_detached_by_an_administrator(with_phone):
    reset_second_factor(user=with_phone, by=system_user(), at=timezone.now(), reason="Mất điện thoại")
    assert not has_second_factor(with_phone)
    assert recovery_codes_left(with_phone) == 0
    assert with_phone.must_change_password


def test_the_history_tells_who_attached_and_shows_no_key(with_phone):
    row = CodeDevice.objects.get().history.get()
    assert row.pgh_context["username"] == NAME
    assert not hasattr(row, "sealed_key")
    assert not hasattr(RecoveryCode.objects.first().history.first(), "fingerprint")


def test_attaching_ends_sessions_that_gave_the_password_only(client, official, rules):
    """Else somebody with the password alone would go on, and put his own phone in place of the owner's."""
    rules(second_factor=True)
    other = Client()
    for browser in (client, other):
        give_password(browser)
    key = key_on(other.get(PAGE).content.decode())
    attach(client)
    told = other.post(PAGE, {"do": "attach", "code": code_at(key, timezone.now())}, follow=True)
    assert "Ứng dụng mã xác thực mới được gắn" in told.content.decode()
    assert unseal(CodeDevice.objects.get().sealed_key, about=f"code device of {official.pk}") != key
    assert is_in(client)
    assert not is_in(other)


def test_a_session_without_a_code_ends_where_one_is_attached_and_required(signed_in, with_phone, rules):
    rules(second_factor=True)
    OpenSession.objects.update(ended_at=None, second_factor=False)
    assert signed_in.get("/account/", HTTP_ACCEPT="application/json").status_code == 401
    OpenSession.objects.update(ended_at=None)
    assert "Ứng dụng mã xác thực mới được gắn" in signed_in.get("/account/", follow=True).content.decode()
    assert not is_in(signed_in)
