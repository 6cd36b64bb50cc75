"""What else has to follow when units change (grants, later households): higher apps register, nothing here names them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from households.areas.changes.outcome import AppliedChange, ChangePlan
from povertyportal.core.models import User

Preview = Callable[[ChangePlan], list[str]]
Apply = Callable[[AppliedChange, User, datetime], None]


@dataclass(frozen=True, slots=True)
class Follower:
    """``preview``: sentences about what ``apply`` will do; ``apply`` runs in the transaction of the change."""

    title: str | Promise
    preview: Preview
    apply: Apply


_followers: list[Follower] = []


def register_follower(title: str | Promise, preview: Preview, apply: Apply) -> None:
    """Called in AppConfig.ready(); asking twice for the same adds nothing."""
    follower = Follower(title, preview, apply)
    if follower not in _followers:
        _followers.append(follower)


def followers() -> tuple[Follower, ...]:
    return tuple(_followers)
