"""What the dated events of a household add up to: the rows that should stand in the tables. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple


class Event(NamedTuple):
    on: date
    number: int
    details: Mapping[str, Any]


class Stretch(NamedTuple):
    """``what`` holds from ``start`` to before ``end``: (area code, local code, address, unplaced), or (person, relation)."""

    what: tuple[Any, ...]
    start: date
    end: date | None


@dataclass
class Now:
    """A household after the events so far."""

    place: tuple[str, str, str, bool] | None = None
    members: dict[int, str] = field(default_factory=dict)


def rebuilt(events: Iterable[Event], same: Mapping[int, int]) -> tuple[set[Stretch], set[Stretch]]:
    """(places, members); ``same``: persons merged into others."""
    now, open_places, open_members = Now(), dict[Any, date](), dict[Any, date]()
    places, members = set[Stretch](), set[Stretch]()
    for day, told in groupby(sorted(events, key=lambda event: event[:2]), key=lambda event: event.on):
        for event in told:
            apply(now, event.details, same)
        _turn({now.place} if now.place else set(), open_places, places, day)
        _turn(set(now.members.items()), open_members, members, day)
    places |= {Stretch(what, start, None) for what, start in open_places.items()}
    members |= {Stretch(what, start, None) for what, start in open_members.items()}
    return places, members


def joined_up(stretches: Iterable[Stretch]) -> set[Stretch]:
    """Rows that touch and say the same, as one."""
    found: list[Stretch] = []
    for one in sorted(stretches, key=lambda stretch: (str(stretch.what), stretch.start)):
        if found and found[-1].what == one.what and found[-1].end == one.start:
            found[-1] = found[-1]._replace(end=one.end)
        else:
            found.append(one)
    return set(found)


def _turn(now: set[Any], since: dict[Any, date], done: set[Stretch], day: date) -> None:
    for what in [what for what in since if what not in now]:
        done.add(Stretch(what, since.pop(what), day))
    for what in now - since.keys():
        since[what] = day


def apply(now: Now, told: Mapping[str, Any], same: Mapping[int, int]) -> None:
    _place(now, told)
    if "roster" in told:
        now.members = {final(person, same): relation for person, relation in told["roster"]}
    for person in told.get("left", ()):
        now.members.pop(final(person, same), None)
    for person, relation in told.get("joined", ()):
        now.members[final(person, same)] = relation
    for person, relation in told.get("relations", ()):
        if (known := final(person, same)) in now.members:
            now.members[known] = relation
    if told.get("ended"):
        now.place, now.members = None, {}


def _place(now: Now, told: Mapping[str, Any]) -> None:
    if now.place is not None:
        area, code, address, unplaced = now.place
        if (step := told.get("follows")) and step["from"] == area:
            now.place = (step["to"], code, address, unplaced or step["unplaced"])
        elif (step := told.get("placed")) and step["from"] == area:
            now.place = (step["to"], code, address, step["unplaced"])
        if corrected := told.get("corrected"):
            now.place = (area, corrected["local_code"], corrected["address"], unplaced)
    if place := told.get("place"):
        now.place = (place["area_code"], place["local_code"], place["address"], place["unplaced"])


def final(person: int, same: Mapping[int, int]) -> int:
    while person in same:
        person = same[person]
    return person
