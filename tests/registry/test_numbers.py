"""Sealed numbers: one row a number, found again, shown in part."""

from types import SimpleNamespace

import pytest

from households.registry.models import SealedNumber
from households.registry.numbers import sealed
from households.registry.numbers.sealed import NotANumber, find, keep, keep_many, masked, row_of, show
from povertyportal.environment import make_field_key

pytestmark = pytest.mark.django_db

NUMBER = "004 199 012 345"
PLAIN = "004199012345"


def test_a_kept_number_comes_back_without_its_blanks_and_dots():
    assert show(keep("personal", NUMBER)) == PLAIN


def test_one_number_has_one_row_however_it_is_written():
    first = keep("personal", NUMBER)
    assert keep("personal", "004.199.012.345").pk == first.pk
    assert keep("personal", "００4199012345").pk == first.pk
    assert SealedNumber.objects.count() == 1


def test_the_same_digits_of_another_kind_are_another_number():
    assert keep("personal", PLAIN).pk != keep("insurance", PLAIN).pk


def test_a_health_card_is_the_number_of_social_insurance_that_it_ends_with():
    assert keep("insurance", "HN 4 04 0412345678").pk == keep("insurance", "0412345678").pk


def test_the_row_shows_nothing_of_the_number():
    number = keep("personal", NUMBER)
    stored = bytes(number.sealed) + bytes(number.fingerprint)
    assert PLAIN.encode() not in stored
    assert PLAIN not in str(number) + repr(number)


def test_many_are_kept_with_a_few_queries(django_assert_max_num_queries):
    keep("personal", PLAIN)
    pairs = [("personal", f"0041990{one:05}") for one in range(400)] + [("personal", NUMBER), ("personal", PLAIN)]
    with django_assert_max_num_queries(2):
        kept = keep_many(pairs)
    assert {pair: show(number) for pair, number in kept.items()} == {pair: pair[1].replace(" ", "") for pair in pairs}
    assert SealedNumber.objects.count() == 401


def test_a_number_is_found_by_what_is_typed_and_of_any_kind():
    number = keep("old", "090 123 456")
    assert find("old", "090123456") == number
    assert find(None, "090.123.456") == number
    assert find("personal", "090123456") is None
    assert find(None, "090123457") is None


@pytest.mark.parametrize("typed", ["", "  ", "–", "x", "1' OR 1=1 --"])
def test_nothing_is_found_for_what_is_no_number(typed):
    assert find(None, typed) is None


@pytest.mark.parametrize("typed", ["", " . ", "1" * 21])
def test_what_is_no_number_is_not_kept(typed):
    with pytest.raises(NotANumber):
        keep("personal", typed)
    assert SealedNumber.objects.count() == 0


def test_a_refusal_does_not_repeat_what_was_typed():
    with pytest.raises(NotANumber) as refused:
        keep("personal", PLAIN + PLAIN)
    assert PLAIN not in str(refused.value)


def test_everybody_sees_the_last_three_digits():
    assert masked(keep("personal", NUMBER)) == "•••••••••345"
    assert masked(keep("old", "090123456")) == "••••••456"
    assert masked(None) == ""


def test_of_a_very_short_one_nobody_sees_anything():
    assert masked(keep("old", "12345")) == "•••••"


def test_without_its_key_a_number_is_said_to_be_closed(settings):
    number = keep("personal", NUMBER)
    settings.FIELD_KEYS = [make_field_key()]
    assert "thiếu khóa" in masked(number)


def test_a_number_kept_under_an_older_key_keeps_its_row(settings):
    number = keep("personal", NUMBER)
    settings.FIELD_KEYS = [make_field_key(), *settings.FIELD_KEYS]
    assert keep("personal", NUMBER) == number
    assert find("personal", NUMBER) == number


def test_what_is_sealed_cannot_be_moved_to_another_row():
    mine, other = keep("personal", NUMBER), keep("personal", "004199012346")
    other.sealed = mine.sealed
    assert "không mở được" in masked(other)


def test_a_row_for_copying_is_the_row_of_the_number():
    SealedNumber.objects.create(**row_of("personal", NUMBER)._asdict())
    assert find("personal", PLAIN) == keep("personal", PLAIN)


def test_outside_a_transaction_no_number_is_kept(monkeypatch):
    monkeypatch.setattr(sealed, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError):
        keep("personal", NUMBER)
