"""One unit on another date's map: follow the acts between the two dates, forward or backward. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from households.areas.units import Confidence, Extent, Link, Version

_DAY = timedelta(days=1)
_SURE = (Confidence.VERIFIED, Confidence.DERIVED)


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit of the other map. WHOLE: the older of the two units lies wholly within the newer; else they share a part.

    ``certain`` is False when an act on the way is only recalled or unsure, or when no source says that a unit on the way
    was the same all the time (its start is not known, and the day is before the first list that shows it).
    """

    code: str
    extent: Extent
    certain: bool = True


class History:
    """All versions and acts, indexed once for many questions."""

    def __init__(self, versions: Iterable[Version], links: Iterable[Link]) -> None:
        self._versions: dict[str, list[Version]] = {}
        for version in versions:
            self._versions.setdefault(version.code, []).append(version)
        self._from: dict[str, list[Link]] = {}
        self._below: dict[str, list[Link]] = {}
        self._to: dict[str, list[Link]] = {}
        for link in links:
            self._from.setdefault(link.from_code, []).append(link)
            self._below.setdefault(link.from_parent, []).append(link)
            self._to.setdefault(link.to_code, []).append(link)

    def version(self, code: str, on: date) -> Version | None:
        return next((one for one in self._versions.get(code, ()) if one.holds(on)), None)

    def on_map(self, code: str, on: date, target: date) -> tuple[Piece, ...]:
        """What the unit of ``on`` is on the map of ``target``: itself when no act came between, () when not known."""
        found: dict[str, Piece] = {}
        waiting = [(code, on, Extent.WHOLE, True)]
        while waiting:
            unit, day, extent, certain = waiting.pop()
            acts = self._acts(unit, day, target)
            if acts is None:
                known = found.get(unit)
                extent = Extent.WHOLE if known and known.extent is Extent.WHOLE else extent
                sure = certain and self._unchanged(unit, day, target)
                found[unit] = Piece(unit, extent, sure and (known is None or known.certain))
            for next_unit, next_day, link in acts or ():
                left = link.on - _DAY if on <= target else link.on
                sure = certain and link.confidence in _SURE and self._unchanged(unit, day, left)
                whole = extent is Extent.WHOLE and link.extent is Extent.WHOLE and _same(unit, link, on <= target)
                waiting.append((next_unit, next_day, Extent.WHOLE if whole else Extent.PART, sure))
        return tuple(sorted(found.values(), key=lambda piece: piece.code))

    def _unchanged(self, code: str, day: date, until: date) -> bool:
        """Whether the unit is known to have been the same on both days of one version."""
        node = self.version(code, day)
        return node is not None and node.same_since(day) == node.same_since(until)

    def _acts(self, code: str, day: date, target: date) -> list[tuple[str, date, Link]] | None:
        """The next step towards the target; None: this unit stands on the target's map."""
        node = self.version(code, day)
        if node is None:
            return []
        return self._forward(node, target) if day <= target else self._backward(node, day, target)

    def _forward(self, node: Version, target: date) -> list[tuple[str, date, Link]] | None:
        if node.end is None or node.end > target:
            return None
        acts = [link for link in self._from.get(node.code, ()) if link.on == node.end]
        if not any(link.extent is Extent.WHOLE for link in acts):
            acts += [link for link in self._below.get(node.code, ()) if link.on == node.end]
        return [(link.to_code, link.on, link) for link in acts]

    def _backward(self, node: Version, day: date, target: date) -> list[tuple[str, date, Link]] | None:
        acts = [link for link in self._to.get(node.code, ()) if target < link.on <= day and node.holds(link.on)]
        if not acts:
            return None if node.start is None or node.start <= target else []
        last = max(link.on for link in acts)
        return [(link.from_code, last - _DAY, link) for link in acts if link.on == last]


def _same(unit: str, link: Link, forward: bool) -> bool:
    """Forward from a dissolved district its communes' acts are followed: each takes only a part of the district."""
    return not forward or link.from_code == unit
