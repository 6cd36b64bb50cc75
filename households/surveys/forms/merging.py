"""What becomes of a form when somebody sends what he changed, whatever others changed meanwhile. Plain Python.

Nothing that was sent is lost: it stands in the answers, or, where somebody else had written another value, among the
conflicts until a person decides; and every save says what it changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from povertyportal.vietnamese import tidy

Values: TypeAlias = list[str]
Answers: TypeAlias = dict[str, Values]
Refusals: TypeAlias = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Change:
    """``before``: what the page took for the stored value when it was changed. ``decides``: whoever sends it has seen the
    other values of a conflict; believed while what stands is still what he saw."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose save it is, for what is kept of a refused value: the user's key, the time, the save's key."""

    by: int
    at: str
    save: str


@dataclass(slots=True)
class Merged:
    """``changes``, ``refused``: as ``SurveySave`` keeps them. ``touched``: whether anything became other than it was."""

    answers: Answers
    conflicts: Refusals
    changes: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    touched: bool = False


def plain(values: Iterable[str]) -> Values:
    """As values are stored and compared: blank ones and white space around gone, several in one order."""
    return sorted({text for value in values if (text := tidy(value.replace("\0", "")))})


def merge(
    answers: Mapping[str, Sequence[str]], conflicts: Refusals, changes: Iterable[Change], sender: Sender
) -> Merged:
    merged = Merged({name: list(values) for name, values in answers.items()}, dict(conflicts))
    for change in changes:
        _take(merged, change, sender)
    return merged


def _take(merged: Merged, change: Change, sender: Sender) -> None:
    now, after = plain(merged.answers.get(change.name, ())), plain(change.after)
    told = {"name": change.name, "from": now, "to": after}
    decides = change.decides and plain(change.before) == now
    if after != now and plain(change.before) != now:
        merged.refused.append({**told, "from": plain(change.before)})
        _keep(merged, change, after, sender)
        return
    ends = decides and change.name in merged.conflicts
    if after != now or ends:
        merged.changes.append({**told, "decides": True} if ends else told)
    if after != now:
        _write(merged, change.name, after)
    _settle(merged, change.name, after, everything=decides)


def _write(merged: Merged, name: str, values: Values) -> None:
    merged.touched = True
    if values:
        merged.answers[name] = values
    else:
        merged.answers.pop(name, None)


def _keep(merged: Merged, change: Change, values: Values, sender: Sender) -> None:
    """Of one person who went on typing on a refused value the last one waits; the others are in the saves."""
    followed = (values, plain(change.before))
    kept = [
        one
        for one in merged.conflicts.get(change.name, [])
        if one["by"] != sender.by or plain(one["value"]) not in followed
    ]
    merged.conflicts[change.name] = [*kept, {"value": values, "by": sender.by, "at": sender.at, "save": sender.save}]
    merged.touched = True


def _settle(merged: Merged, name: str, values: Values, *, everything: bool) -> None:
    """Values that stand now are no conflict any more; a decision ends them all."""
    if name not in merged.conflicts:
        return
    left = [] if everything else [one for one in merged.conflicts[name] if plain(one["value"]) != values]
    if len(left) == len(merged.conflicts[name]):
        return
    merged.touched = True
    if left:
        merged.conflicts[name] = left
    else:
        del merged.conflicts[name]
