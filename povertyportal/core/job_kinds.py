"""What a job can be, and what its handler sees; free of models, so that apps can register kinds while they load."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.module_loading import import_string


class JobCancelled(Exception):
    """Raised inside a handler at its next ``progress.step`` after somebody asked to cancel."""


class LeaseLost(Exception):
    """Another worker has taken the job over; this one must not commit."""


class JobRefused(Exception):
    """A handler's way to end with a sentence for the person who asked; nothing is tried again."""


@dataclass
class Progress:
    """What a handler tells while it works; the heartbeat writes it to the job's row."""

    done: int = 0
    total: int | None = None
    stage: str = ""
    cancelled: threading.Event = field(default_factory=threading.Event)
    lost: threading.Event = field(default_factory=threading.Event)

    def step(self, done: int, total: int | None = None, stage: str = "") -> None:
        """Raises JobCancelled or LeaseLost when the work is no longer wanted here."""
        self.done, self.total, self.stage = done, total, stage or self.stage
        if self.lost.is_set():
            raise LeaseLost
        if self.cancelled.is_set():
            raise JobCancelled


Handler = Callable[[Progress, dict[str, Any]], Any]
_handlers: dict[str, str] = {}
_daily: list[str] = []


def register_job(kind: str, handler: str) -> None:
    """Called in AppConfig.ready() with the handler's dotted path; it is imported when the first job runs.

    The handler gets a Progress and the job's arguments; what it returns is the job's result (JSON).
    """
    if _handlers.setdefault(kind, handler) != handler:
        raise ValueError(f"two handlers for jobs of kind {kind!r}")


def register_daily(kind: str) -> None:
    """The supervisor asks for one job of this registered kind each day, without arguments."""
    if kind not in _handlers:
        raise ValueError(f"no handler for daily jobs of kind {kind!r}")
    if kind not in _daily:
        _daily.append(kind)


def daily_kinds() -> tuple[str, ...]:
    return tuple(_daily)


def is_registered(kind: str) -> bool:
    return kind in _handlers


def handler_of(kind: str) -> Handler:
    found: Handler = import_string(_handlers[kind])
    return found
