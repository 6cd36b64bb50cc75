"""Passwords of level 3: long, or shorter beside a code; never one of the last ten; administrators' change every two months."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from povertyportal.core.accounts import change_password
from povertyportal.core.models import UsedPassword
from povertyportal.core.passwords import (
    missing_classes,
    months_later,
    must_change_password,
    rules_for,
    temporary_password,
)
from povertyportal.core.second_factor import remove
from tests.accounts.conftest import PASSWORD


def sentences(password, user) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Bếp lửa 1975", "cần ít nhất 14 ký tự, mới có 12"),
        ("bếp lửa nhà sàn 1975", "còn thiếu: chữ hoa"),
        ("BẾP LỬA NHÀ SÀN 1975", "còn thiếu: chữ thường"),
        ("Bếp lửa nhà sàn xưa", "còn thiếu: chữ số"),
        ("Bếplửanhàsàn1975", "còn thiếu: ký hiệu"),
        ("nông thị bích đào", "quá giống tên đăng nhập"),
    ],
)
def test_a_weak_password_is_refused_with_what_is_missing(official, password, sentence):
    assert sentence in sentences(password, official)


@pytest.mark.parametrize("password", ["Bếp lửa 197505", "Bếp lửa nhà sàn 1975", "aA1-aA1-aA1-aA"])
def test_fourteen_characters_of_four_classes_are_enough(official, password):
    assert sentences(password, official) == ""


def test_beside_a_code_eight_characters_are_enough(with_phone):
    assert sentences("bếp lửa!", with_phone) == ""
    assert "ít nhất 8 ký tự, mới có 7" in sentences("bếp lửa", with_phone)


def test_who_must_attach_a_code_may_choose_a_short_password_before(official, rules):
    rules(second_factor=True)
    assert sentences("bếp lửa!", official) == ""


def test_the_rules_on_the_page_are_those_of_the_account(official, with_phone, rules):
    assert "Ít nhất 8 ký tự" in rules_for(with_phone)[0]
    remove(user=official, at=timezone.now(), by=official, reason="Gỡ để thử")
    assert "Ít nhất 14 ký tự" in rules_for(official)[0]


def test_none_of_the_last_ten_passwords_comes_back(official):
    at = timezone.now()
    for number in range(11):
        change_password(user=official, password=f"Ruộng bậc thang {number}", at=at + timedelta(days=number), keep=None)
    assert "đã dùng mật khẩu này rồi" in sentences("Ruộng bậc thang 10", official)
    assert "đã dùng mật khẩu này rồi" in sentences("Ruộng bậc thang 1", official)
    assert sentences("Ruộng bậc thang 0", official) == ""
    assert UsedPassword.objects.filter(user=official).count() == 11


def test_a_password_is_the_same_however_the_keyboard_spells_its_letters(official):
    spelled = unicodedata.normalize("NFD", PASSWORD)
    assert spelled != PASSWORD
    assert official.check_password(spelled)


@pytest.mark.parametrize("_try", range(20))
def test_a_temporary_password_is_strong_and_can_be_read_out(_try):
    password = temporary_password()
    assert missing_classes(password) == []
    assert not set(password) & set("lIoO01")


def test_an_administrator_changes_every_two_months_and_others_when_told(official, rules):
    changed = official.password_changed_at
    assert not must_change_password(official, at=months_later(changed, 24))
    rules(administrator=True)
    due = months_later(changed, 2)
    assert not must_change_password(official, at=due - timedelta(seconds=1))
    assert must_change_password(official, at=due)


def test_a_password_given_by_somebody_else_is_changed_first(official):
    official.must_change_password = True
    assert must_change_password(official, at=timezone.now())


@pytest.mark.parametrize(
    ("day", "later"), [((2026, 12, 31), (2027, 2, 28)), ((2027, 12, 31), (2028, 2, 29)), ((2026, 1, 15), (2026, 3, 15))]
)
def test_two_months_end_on_a_day_that_exists(day, later):
    assert months_later(datetime(*day, 8, tzinfo=UTC), 2) == datetime(*later, 8, tzinfo=UTC)


def test_the_old_password_opens_nothing_after_a_change(official):
    change_password(user=official, password="Bếp lửa nhà sàn 1975", at=timezone.now(), keep=None)
    official.refresh_from_db()
    assert not official.check_password(PASSWORD)
    assert official.history.order_by("pgh_id").last().pgh_context["reason"] == "Tự đổi mật khẩu"


@pytest.mark.parametrize("password", ["nong thi bich dao", "NongThiBichDao@26", "Nông-Thị-Bích-Đào"])
def test_one_s_name_is_no_password_with_or_without_accents(with_phone, password):
    with pytest.raises(ValidationError, match="quá giống"):
        validate_password(password, with_phone)


def test_letters_spelled_in_pieces_are_still_letters(official):
    """A mark on its own is no symbol, and makes the password no longer."""
    with pytest.raises(ValidationError, match="ký hiệu"):
        validate_password(unicodedata.normalize("NFD", "RuộngBậcThang2026"), official)
