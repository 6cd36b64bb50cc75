"""What depends on somebody's roles: told by the app that knows them (households.access), asked by accounts and sessions."""

from collections.abc import Callable
from dataclasses import dataclass

from povertyportal.core.models import User

Rule = Callable[[User], bool]


def nobody(user: User) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class _Rules:
    requires_second_factor: Rule = nobody
    is_administrator: Rule = nobody
    is_demonstration: Rule = nobody


_rules = _Rules()


def register_account_rules(
    *, requires_second_factor: Rule, is_administrator: Rule, is_demonstration: Rule = nobody
) -> None:
    """Called once, in AppConfig.ready(). Both are asked at most once a request and should be cheap."""
    global _rules  # noqa: PLW0603  # a registry of one entry, filled at start-up
    _rules = _Rules(
        requires_second_factor=requires_second_factor,
        is_administrator=is_administrator,
        is_demonstration=is_demonstration,
    )


def requires_second_factor(user: User) -> bool:
    return _rules.requires_second_factor(user)


def is_administrator(user: User) -> bool:
    return _rules.is_administrator(user)


def is_demonstration(user: User) -> bool:
    """Made by ``bin/demo``; its password stands in a file."""
    return _rules.is_demonstration(user)
