"""An official with a password, with or without a second factor; and a clock the test sets."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from povertyportal.core import account_rules, clock
from povertyportal.core.models import User
from povertyportal.core.one_time_codes import code_at
from povertyportal.core.second_factor import enrol
from tests.people import account

PASSWORD = "Ruộng bậc thang 2026"
KEY = b"khoa hai muoi byte 1"
NAME = "bich.dao"


@pytest.fixture
def official(db) -> User:
    return account(NAME, PASSWORD, full_name="Nông Thị Bích Đào", password_changed_at=timezone.now())


@pytest.fixture
def with_phone(official) -> User:
    """The official has attached an application whose key the test knows."""
    enrol(user=official, key=KEY, at=timezone.now(), by=official, reason="Gắn ứng dụng để thử")
    return official


class Clock:
    def __init__(self) -> None:
        self.at = timezone.now()

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The portal's clock; ``time.pass_by(minutes=15)`` lets time pass."""
    moved = Clock()
    monkeypatch.setattr(clock, "now", moved)
    return moved


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Whether everybody must have a second factor, or is an administrator, for this test."""

    def set_rules(*, second_factor: bool = False, administrator: bool = False) -> None:
        told = account_rules._Rules(lambda user: second_factor, lambda user: administrator)
        monkeypatch.setattr(account_rules, "_rules", told)

    set_rules()
    return set_rules


@pytest.fixture(autouse=True)
def plain_rules(rules: Callable[..., None]) -> None:
    """No role asks for anything unless the test says so."""


def give_password(client: Client, password: str = PASSWORD, **extra: str):
    return client.post("/sign-in/", {"username": NAME, "password": password} | extra)


def give_code(client: Client, code: str):
    return client.post("/sign-in/code/", {"code": code})


def code_now() -> str:
    return code_at(KEY, clock.now())


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.fixture
def signed_in(official, client) -> Client:
    client.force_login(official)
    return client


def unlock(client: Client, password: str = PASSWORD, **extra: str):
    return client.post("/unlock/", {"password": password} | extra)


def fail_unlock(client: Client, times: int):
    return [unlock(client, "sai") for _ in range(times)][-1]
