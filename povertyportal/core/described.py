"""How each tracked table is told to a reader of the history: filled by the apps in ``AppConfig.ready()``."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise

from povertyportal.core.history_row import HistoryRow

# A condition on history rows, given the ids of the area versions that the reader's grants reach. What belongs to no area is
# left out: only who reads the whole nation sees it, and then nothing is asked.
Within = Callable[[Collection[int]], Q]
# A field of several rows, as they are stored, in words: for what one query answers for a whole page.
Together = Callable[[Sequence[Mapping[str, Any]]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Described:
    """``name``: one row in words, from its fields as shown: "{type} {name} ({code})". ``hidden``: fields that tell a reader
    nothing, such as search keys. ``words``: what turns a field's stored code into words, where the model has no choices;
    ``together``: the same for the rows of a page at once."""

    model: type[Model]
    title: str | Promise
    name: str
    within: Within
    hidden: frozenset[str] = frozenset()
    words: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    together: Mapping[str, Together] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.model._meta.label_lower

    @property
    def rows(self) -> type[HistoryRow]:
        found: type[HistoryRow] = self.model._meta.get_field("history").related_model  # type: ignore[assignment]
        return found


_described: dict[str, Described] = {}


def describe_history(
    model: type[Model],
    *,
    title: str | Promise,
    name: str,
    within: Within,
    hidden: Collection[str] = (),
    words: Mapping[str, Callable[[str], str]] | None = None,
    together: Mapping[str, Together] | None = None,
) -> None:
    """Raises ValueError when a table is described twice."""
    told = Described(model, title, name, within, frozenset(hidden), words or {}, together or {})
    if told.key in _described:
        raise ValueError(f"two histories of {told.key}")
    _described[told.key] = told


def described() -> list[Described]:
    return sorted(_described.values(), key=lambda one: one.key)


def described_as(key: str) -> Described | None:
    return _described.get(key)
