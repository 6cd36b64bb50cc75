"""Signing in and out and changing the password, as an official meets them."""

import pytest
from django.test import Client
from django.urls import reverse

from povertyportal.core.models import User
from tests.access.people import suspended
from tests.pages.conftest import PASSWORD

NEW = "Bếp lửa nhà sàn 1975"


def sign_in(client: Client, password: str = PASSWORD, **extra: str):
    return client.post(reverse("login"), {"username": "can-bo", "password": password} | extra)


def test_a_stranger_is_sent_to_sign_in_and_then_to_the_page_he_wanted(client, official):
    refused = client.get(reverse("password_change"))
    assert refused.url == f"{reverse('login')}?next={reverse('password_change')}"
    assert "Hãy đăng nhập để mở trang" in client.get(refused.url).content.decode()
    assert sign_in(client, next=reverse("password_change")).url == reverse("password_change")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_never_leads_out_of_the_portal(client, official, target):
    assert sign_in(client, next=target).url == reverse("home")


def test_a_wrong_password_is_refused_in_vietnamese_without_saying_which_part_was_wrong(client, official):
    wrong_password = sign_in(client, password="sai").context["form"].non_field_errors()
    wrong_name = sign_in(client, username="khong-co").context["form"].non_field_errors()
    assert wrong_password == wrong_name
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in wrong_name[0]


def test_a_suspended_account_cannot_sign_in(client, official):
    suspended(official)
    assert sign_in(client).status_code == 200
    assert "_auth_user_id" not in client.session


def test_signing_out_needs_a_form_and_not_a_link(signed_in):
    assert signed_in.get(reverse("logout")).status_code == 405
    assert signed_in.post(reverse("logout")).url == reverse("login")
    assert signed_in.get(reverse("home")).status_code == 302


def change_password(client: Client, old: str, new: str, again: str):
    data = {"old_password": old, "new_password1": new, "new_password2": again}
    return client.post(reverse("password_change"), data, follow=True)


def test_a_changed_password_keeps_this_session_and_ends_the_others(signed_in, official):
    other = Client()
    other.force_login(official)
    page = change_password(signed_in, PASSWORD, NEW, NEW)
    assert "Đã đổi mật khẩu" in page.content.decode()
    assert User.objects.get(pk=official.pk).check_password(NEW)
    assert other.get(reverse("home")).status_code == 302


@pytest.mark.parametrize(
    ("new", "again", "sentence"),
    [
        ("ngắn", "ngắn", "Mật khẩu quá ngắn: cần ít nhất 14 ký tự, mới có 4."),
        ("12345678901234567", "12345678901234567", "Mật khẩu chỉ gồm chữ số."),
        ("nông thị bích đào", "nông thị bích đào", "Mật khẩu quá giống tên đăng nhập"),
        (NEW, NEW + "?", "Hai lần nhập mật khẩu mới không giống nhau."),
        ("", "", "Hãy nhập mật khẩu mới."),
    ],
)
def test_a_poor_password_is_refused_with_what_would_be_right(signed_in, official, new, again, sentence):
    assert sentence in change_password(signed_in, PASSWORD, new, again).content.decode()
    assert User.objects.get(pk=official.pk).check_password(PASSWORD)


def test_what_is_wrong_with_a_new_password_stands_where_its_rules_stand(signed_in):
    form = change_password(signed_in, PASSWORD, "ngắn", "ngắn").context["form"]
    assert list(form.errors) == ["new_password1"]


def test_a_refused_field_points_to_its_error_and_its_help(signed_in):
    page = change_password(signed_in, "sai", NEW, NEW).content.decode()
    assert 'aria-describedby="id_old_password_error"' in page
    assert 'id="id_old_password_error"' in page
    assert 'aria-describedby="id_new_password1_helptext"' in page
