"""Whether the events of a household still add up when some of them are withdrawn. Plain Python.

Two replays side by side: ``was`` with all events, ``now`` without those that go. An event that remains fits when what it says
was true before is true without them too.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from households.registry.replaying import Now, apply, final

HEAD, UNKNOWN = "head", "unknown"
Same = Mapping[int, int]


class Told(NamedTuple):
    """``part``: told together with another event, which alone gives it its meaning."""

    on: date
    number: int
    details: Mapping[str, Any]
    kind: str = ""
    part: bool = False


@dataclass
class Remainder:
    """``broken``: number of the first event that no longer fits. ``opened``: relations that have to be stated anew on later
    days: those to a head who is the same with and without the events that go, and "unknown" for whom none was recorded."""

    broken: int | None = None
    opened: dict[date, dict[int, str]] = field(default_factory=dict)


def remainder(events: Iterable[Told], gone: Collection[int], same: Same) -> Remainder:
    """``events``: all of one household, those that go too."""
    found, was, now = Remainder(), _Side(), _Side()
    ordered = sorted(events, key=lambda event: (event.on, event.number))
    for day, group in groupby(ordered, key=lambda event: event.on):
        told = list(group)
        before = set(now.state.members)
        for event in told:
            if event.number not in gone and not _fits(event, was, now, same):
                found.broken = event.number
                return found
            was.take(event, same)
            if event.number not in gone:
                now.take(event, same)
        turned = any(HEAD in _said(event, same).values() for event in told if event.number not in gone)
        if opened := _opened(was.state.members, now.state.members, before, turned=turned):
            found.opened[day] = opened
            now.state.members |= opened
        if not _headed(now.state):
            found.broken = _of_members(told, gone)
            return found
    return found


class _Side:
    """``stay``: the event that said where the household lives."""

    def __init__(self) -> None:
        self.state, self.stay = Now(), 0

    def take(self, event: Told, same: Same) -> None:
        apply(self.state, event.details, same)
        if "place" in event.details:
            self.stay = event.number

    @property
    def head(self) -> int | None:
        return head_of(self.state.members)


def head_of(members: Mapping[int, str]) -> int | None:
    return next((person for person, relation in members.items() if relation == HEAD), None)


def _fits(event: Told, was: _Side, now: _Side, same: Same) -> bool:
    return (
        _fits_members(event, was, now, same)
        and _fits_relations(event, was, now, same)
        and _fits_place(event, was, now)
        and _fits_end(event, was.state, now.state)
    )


def _fits_members(event: Told, was: _Side, now: _Side, same: Same) -> bool:
    """Whoever left was there, whoever came was not."""
    left = {final(person, same) for person in event.details.get("left", ())}
    joined = {final(person, same) for person, _relation in event.details.get("joined", ())}
    here, then = now.state.members.keys(), was.state.members.keys()
    return not (left & then) - here and not (joined & here) - then


def _fits_relations(event: Told, was: _Side, now: _Side, same: Same) -> bool:
    said = _said(event, same)
    if not said or event.part:
        return True
    others = set(event.details) - {"relations"}
    here, then = said.keys() & now.state.members.keys(), said.keys() & was.state.members.keys()
    head = head_of(said)
    if head is not None:  # somebody took over: from the same head where that one went
        return head in here and (not others or was.head == now.head)
    if not here and then:
        return bool(others)
    known = any(said[person] != UNKNOWN for person in here)
    return not known or was.head == now.head


def _said(event: Told, same: Same) -> dict[int, str]:
    return {final(person, same): relation for person, relation in event.details.get("relations", ())}


def _fits_place(event: Told, was: _Side, now: _Side) -> bool:
    """A village, an address that was put right belong to the stay of which they were said."""
    if "corrected" in event.details:
        return was.stay == now.stay
    if placed := event.details.get("placed"):
        areas = [side.state.place[0] if side.state.place else "" for side in (was, now)]
        return areas[0] != placed["from"] or areas[1] == placed["from"]
    return True


def _fits_end(event: Told, was: Now, now: Now) -> bool:
    """A household that went into another did so with those who were told to go; one that died out had nobody left."""
    if not event.details.get("ended"):
        return True
    if event.kind == "merged":
        return was.members.keys() == now.members.keys()
    return bool(was.members) or not now.members


def _opened(was: Mapping[int, str], now: Mapping[int, str], here: Collection[int], *, turned: bool) -> dict[int, str]:
    """``here``: members before the day, without the events that go. ``turned``: somebody became the head on it."""
    head = head_of(was)
    if turned and head in now:
        wanted = {person: was.get(person, UNKNOWN) for person in now}
    elif head is not None and head != head_of(now):
        wanted = {person: UNKNOWN for person, relation in now.items() if person not in here and relation != HEAD}
    else:
        return {}
    return {person: relation for person, relation in wanted.items() if now[person] != relation}


def _headed(now: Now) -> bool:
    heads = [person for person, relation in now.members.items() if relation == HEAD]
    return len(heads) == (1 if now.place else 0)


def _of_members(told: list[Told], gone: Collection[int]) -> int:
    """The last of the day that says something of members."""
    own = [event for event in told if event.number not in gone]
    about = [event for event in own if event.details.keys() & {"left", "joined", "relations", "ended"}]
    return (about or own or told)[-1].number
