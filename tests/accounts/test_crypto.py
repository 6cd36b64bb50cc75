"""Secrets in rows: sealed, bound to their row, and still readable after the keys have been changed."""

import pytest

from povertyportal.core.crypto import Unreadable, fingerprint, fingerprints, seal, unseal
from povertyportal.environment import make_field_key


def test_what_is_sealed_comes_back_and_shows_nothing():
    sealed = seal("số định danh 001099012345".encode(), about="person 7")
    assert unseal(sealed, about="person 7").decode() == "số định danh 001099012345"
    assert b"001099012345" not in sealed


def test_the_same_secret_is_sealed_differently_each_time():
    assert seal(b"001099012345") != seal(b"001099012345")


def test_a_secret_copied_into_another_row_cannot_be_opened():
    with pytest.raises(Unreadable):
        unseal(seal(b"secret", about="person 7"), about="person 8")


@pytest.mark.parametrize("place", [0, 1, 6, -1])
def test_an_altered_secret_cannot_be_opened(place):
    sealed = bytearray(seal(b"secret"))
    sealed[place] ^= 1
    with pytest.raises(Unreadable):
        unseal(bytes(sealed))


@pytest.mark.parametrize("rubbish", [b"", b"\x01", b"\x01" * 17, b"x" * 40])
def test_what_was_never_sealed_cannot_be_opened(rubbish):
    with pytest.raises(Unreadable):
        unseal(rubbish)


def test_old_secrets_stay_readable_when_a_new_key_comes_and_not_when_the_old_one_goes(settings):
    sealed, known = seal(b"secret"), fingerprint("0010", purpose="test")
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = (make_field_key(), *old)
    assert unseal(sealed) == b"secret"
    assert known in fingerprints("0010", purpose="test")
    assert fingerprint("0010", purpose="test") != known
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    with pytest.raises(Unreadable):
        unseal(sealed)


def test_a_fingerprint_depends_on_text_and_purpose():
    assert fingerprint("a", purpose="x") == fingerprint("a", purpose="x")
    assert len({fingerprint("a", purpose="x"), fingerprint("b", purpose="x"), fingerprint("a", purpose="y")}) == 3
