"""Accounts for tests, made on the record by the system's own account."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting
from povertyportal.core.models import User


@contextmanager
def on_the_record(reason: str = "chuẩn bị cho một phép thử") -> Iterator[User]:
    """Writes to tracked tables that no action makes: the set-up of a test."""
    with acting(by=system_user(), reason=reason):
        yield system_user()


@pytest.fixture
def recorded(db: None) -> Iterator[None]:
    """For tests that write rows directly, to see what the database refuses."""
    with on_the_record():
        yield


def account(username: str, password: str | None = None, **fields: Any) -> User:
    with on_the_record():
        return User.objects.create_user(username, password, **fields)
