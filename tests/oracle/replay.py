"""A household of a day, rebuilt from nothing but its dated events, one after the other: the oracle of registry.state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass
class Replayed:
    exists: bool = False
    place: tuple[str, str, str] = ("", "", "")  # area code, local code, address
    unplaced: bool = False
    members: dict[int, str] = field(default_factory=dict)

    def apply(self, told: Mapping[str, Any]) -> None:
        area, code, address = self.place
        for key, value in told.items():
            if key in ("follows", "placed") and value["from"] == area:
                self.place = (value["to"], code, address)
                self.unplaced = value["unplaced"] or (key == "follows" and self.unplaced)
            elif key == "place":
                self.exists = True
                self.place = (value["area_code"], value["local_code"], value["address"])
                self.unplaced = value["unplaced"]
            elif key == "corrected":
                self.place = (area, value["local_code"], value["address"])
        self._roster(told)
        if told.get("ended"):
            self.__init__()  # type: ignore[misc]

    def _roster(self, told: Mapping[str, Any]) -> None:
        if "roster" in told:
            self.members = dict(told["roster"])
        for person in told.get("left", ()):
            self.members.pop(person, None)
        self.members.update(told.get("joined", ()))
        self.members.update((one, relation) for one, relation in told.get("relations", ()) if one in self.members)


def replay(
    events: Iterable[tuple[date, int, Mapping[str, Any], int | None]], day: date, same: Mapping[int, int]
) -> Replayed:
    """``events``: (day, number, details, number of the event that it withdraws) of one household; ``same``: persons merged
    into others."""
    found, told = Replayed(), sorted(events, key=lambda event: event[:2])
    withdrawn = {withdraws for _on, _number, _details, withdraws in told}
    for on, number, details, _withdraws in told:
        if on <= day and number not in withdrawn:
            found.apply(renamed(details, same))
    return found


def renamed(details: Mapping[str, Any], same: Mapping[int, int]) -> dict[str, Any]:
    told = dict(details)
    for key in ("roster", "joined", "relations"):
        if key in told:
            told[key] = [(final(person, same), relation) for person, relation in told[key]]
    if "left" in told:
        told["left"] = [final(person, same) for person in told["left"]]
    return told


def final(person: int, same: Mapping[int, int]) -> int:
    while person in same:
        person = same[person]
    return person
