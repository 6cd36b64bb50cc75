"""The part of the map that a change can touch, as it is stored now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from households.areas.units import Confidence, Version


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated fact about a code (AreaTraits): urban or rural, region, zone."""

    code: str
    kind: str
    value: str
    start: date | None
    end: date | None
    legal_basis: str
    source: str
    confidence: Confidence


class State:
    """Versions and facts that hold on ``on`` or later; the versions of all units named, of those below and above them."""

    def __init__(self, on: date, versions: Iterable[Version], facts: Iterable[Fact] = ()) -> None:
        self.on = on
        self._versions: dict[str, list[Version]] = {}
        self._children: dict[str, list[Version]] = {}
        for version in sorted(versions, key=lambda one: (one.start or date.min, one.sort_key, one.code)):
            if version.end is None or version.end > on:
                self._versions.setdefault(version.code, []).append(version)
                self._children.setdefault(version.parent_code, []).append(version)
        self._facts: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.end is None or fact.end > on:
                self._facts.setdefault(fact.code, []).append(fact)

    def at(self, code: str) -> Version | None:
        return next((one for one in self.from_now_on(code) if one.holds(self.on)), None)

    def from_now_on(self, code: str) -> tuple[Version, ...]:
        """What has the code on the day or later, in time."""
        return tuple(self._versions.get(code, ()))

    def below(self, code: str) -> tuple[Version, ...]:
        """What is below the code on the day or later: also units that start later."""
        return tuple(one for one in self._children.get(code, ()) if code)

    def facts(self, code: str) -> tuple[Fact, ...]:
        return tuple(self._facts.get(code, ()))

    def chain(self, code: str) -> tuple[Version, ...]:
        """From the top of the map down to the unit itself; () for "" and for an unknown code."""
        found: list[Version] = []
        node = self.at(code)
        while node is not None:
            found.append(node)
            node = self.at(node.parent_code) if node.parent_code else None
        return tuple(reversed(found))
