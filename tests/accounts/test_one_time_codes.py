"""Codes of RFC 6238, typed by people; recovery codes on paper."""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest

from povertyportal.core.one_time_codes import (
    RECOVERY_LETTERS,
    code_at,
    digits_of,
    matching_step,
    new_key,
    new_recovery_codes,
    plain_recovery_code,
    qr_picture,
    typed_key,
)

RFC_KEY = b"12345678901234567890"
AT = datetime(2026, 11, 22, 8, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("second", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_rfc(second, code):
    assert code_at(RFC_KEY, datetime.fromtimestamp(second, UTC)) == code


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_phone_may_be_half_a_minute_off(seconds):
    typed = code_at(RFC_KEY, AT + timedelta(seconds=seconds))
    assert matching_step(RFC_KEY, typed, at=AT, after=-1) == int(AT.timestamp() + seconds) // 30


@pytest.mark.parametrize("seconds", [-90, 90])
def test_an_old_or_a_coming_code_is_none(seconds):
    typed = code_at(RFC_KEY, AT + timedelta(seconds=seconds))
    assert matching_step(RFC_KEY, typed, at=AT, after=-1) is None


def test_a_code_taken_once_is_not_taken_again():
    typed = code_at(RFC_KEY, AT)
    step = matching_step(RFC_KEY, typed, at=AT, after=-1)
    assert matching_step(RFC_KEY, typed, at=AT, after=step) is None


@pytest.mark.parametrize("typed", ["081 804", " 081804 ", "081-804", "0.8.1.8.0.4"])
def test_blanks_in_a_code_do_no_harm(typed):
    assert digits_of(typed) == "081804"


@pytest.mark.parametrize("typed", ["", "08180", "0818044", "08180a", "٠٨١٨٠٤", "-81804", "081804; DROP"])
def test_what_is_no_code_is_never_one(typed):
    assert matching_step(RFC_KEY, typed, at=datetime.fromtimestamp(1111111109, UTC), after=-1) is None


def test_a_key_can_be_scanned_and_typed():
    key = new_key()
    assert base64.b32decode(typed_key(key).replace(" ", "")) == key
    picture = unquote(qr_picture(key, "bich.dao"))
    assert picture.startswith("data:image/svg+xml")
    assert "style=" not in picture


def test_recovery_codes_are_ten_different_ones_without_letters_that_look_alike():
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert not set("".join(codes)) & set("il1o0ABC")


def test_no_vietnamese_keyboard_changes_a_recovery_code():
    """Telex and VNI make another letter only of a vowel, of d, and of w."""
    assert not set(RECOVERY_LETTERS) & set("aeiouydw")


@pytest.mark.parametrize("typed", ["bcf4g-hj7km", "BCF4G HJ7KM", " bcf4ghj7km ", "bcf4g – hj7km"])
def test_a_recovery_code_is_read_however_it_is_written(typed):
    assert plain_recovery_code(typed) == "bcf4ghj7km"


@pytest.mark.parametrize("typed", ["", "bcf4g", "bcf4g-hj7k0", "bâf4g-hj7km", "123456", "bcf4ghj7kmn"])
def test_what_cannot_be_a_recovery_code_is_none(typed):
    assert plain_recovery_code(typed) == ""
