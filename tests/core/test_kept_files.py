"""Files that are kept for a while: sealed, found by who made them, gone when their day is over."""

from datetime import UTC, datetime, timedelta

import pytest

from povertyportal.core import kept_files
from povertyportal.core.crypto import Unreadable
from povertyportal.core.file_models import KeptFile
from povertyportal.core.kept_files import FileTooLargeError, forget, forget_old, kept, open_file, put
from povertyportal.core.models import User
from tests.people import account

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
WEEK = timedelta(days=7)


def made(by: User, content: bytes = b"%PDF", name: str = "phieu.pdf") -> KeptFile:
    return put(content, purpose="sheets", name=name, content_type="application/pdf", by=by, at=AT, keep=WEEK)


def test_what_was_put_comes_out_and_lies_sealed() -> None:
    found = made(account("an"), b"Ho va ten")
    assert (open_file(found), found.size) == (b"Ho va ten", 9)
    assert b"Ho va ten" not in bytes(KeptFile.objects.get().sealed)


def test_a_content_moved_to_another_row_cannot_be_opened() -> None:
    by = account("an")
    first, second = made(by, b"one"), made(by, b"two")
    second.sealed = first.sealed
    with pytest.raises(Unreadable):
        open_file(second)


def test_everybody_finds_his_own_until_the_day_is_over() -> None:
    mine, other = account("an"), account("binh")
    first, second = made(mine), made(mine)
    made(other)
    assert list(kept(purpose="sheets", by=mine, at=AT)) == [second, first]
    assert not kept(purpose="sheets", by=mine, at=AT + WEEK).exists()
    assert not kept(purpose="else", by=mine, at=AT).exists()


def test_what_is_over_is_forgotten_by_the_daily_job_and_what_is_forgotten_is_gone() -> None:
    found = made(account("an"))
    assert (forget_old(at=AT), KeptFile.objects.count()) == (0, 1)
    assert (forget_old(at=AT + WEEK), KeptFile.objects.count()) == (1, 0)
    found = made(found.made_by)
    forget(found)
    assert not KeptFile.objects.exists()


def test_a_file_beyond_the_limit_or_named_after_a_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    by = account("an")
    with pytest.raises(ValueError, match="personal number"):
        made(by, name="004185012345.pdf")
    monkeypatch.setattr(kept_files, "LARGEST", 3)
    with pytest.raises(FileTooLargeError):
        made(by, b"four")
