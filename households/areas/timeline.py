"""From unit lists and dated acts to versions and links: what the database should hold. Plain Python.

Lists tell what stood on a day; acts cut a unit's time line into the version before and the version from the day on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from households.areas.units import Confidence, Extent, Level, Link, Version, split_name

LEVEL_BY_LENGTH = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}


class DataError(ValueError):
    """A data file contradicts the unit lists or itself."""


@dataclass(frozen=True, slots=True)
class Act:
    """What all changes of one event share. ``listed``: the day of a list that shows the units as they were before."""

    on: date
    legal_basis: str
    source: str
    confidence: Confidence
    listed: date | None = None


class Timeline:
    def __init__(self, versions: Iterable[Version], links: Iterable[Link] = ()) -> None:
        self._versions: dict[str, list[Version]] = {}
        for version in versions:
            self._versions.setdefault(version.code, []).append(version)
        self._links = list(links)

    def versions(self) -> list[Version]:
        return [version for versions in self._versions.values() for version in versions]

    def links(self) -> list[Link]:
        return list(self._links)

    def at(self, code: str, day: date) -> Version | None:
        return next((one for one in self._versions.get(code, ()) if one.holds(day)), None)

    def apply(self, event: dict[str, Any]) -> None:
        """One table ``[[event]]`` of events.toml (its head says what the keys mean)."""
        confidence, listed = Confidence(event["confidence"]), event.get("listed")
        act = Act(event["date"], event["legal_basis"], event["source"], confidence, listed)
        moved = event.get("moved", {"codes": []})
        units = [*event["unit"], *({"code": code, "parent_before": moved["from"]} for code in moved["codes"])]
        for unit in units:
            self._cut(unit, act)
        for unit in units:
            self._links.append(self._link(unit, act))

    def _cut(self, unit: dict[str, Any], act: Act) -> None:
        code, on = unit["code"], act.on
        left, right = self.at(code, on - timedelta(days=1)), self.at(code, on)
        ended = unit.get("after") == ""
        if ended and right is not None:
            raise DataError(f"Mã {code} kết thúc ngày {on} theo tệp sự kiện nhưng vẫn có trong danh mục sau ngày đó.")
        if not ended and right is None:
            raise DataError(f"Mã {code} không có trong danh mục ngày {on}.")
        before = _described(unit.get("before"), unit.get("parent_before"), left or right, code, act)
        rows = [one for one in self._versions.get(code, ()) if one not in (left, right)]
        start = left.start if left else None
        rows.append(replace(before, start=start, end=on, vouched_from=None if start else act.listed))
        if right is not None:
            after = _described(unit.get("after"), None, right, code, act)
            legal_basis = unit.get("legal_basis", act.legal_basis)
            kept = replace(after, start=on, end=right.end, vouched_from=None)
            rows.append(replace(kept, legal_basis=legal_basis, source=act.source))
        self._versions[code] = rows

    def _link(self, unit: dict[str, Any], act: Act) -> Link:
        return Link(
            from_code=unit["code"],
            to_code=unit.get("into", unit["code"]),
            on=act.on,
            extent=Extent.WHOLE,
            legal_basis=unit.get("legal_basis", act.legal_basis),
            source=act.source,
            confidence=Confidence(unit.get("confidence", act.confidence)),
            note=unit.get("note", ""),
        )


def _described(full_name: str | None, parent: str | None, known: Version | None, code: str, act: Act) -> Version:
    """The unit as the event writes it; what it leaves out is as in the version known."""
    if known is None and (not full_name or parent is None):
        raise DataError(f"Mã {code}, ngày {act.on}: cần tên và mã cấp trên, vì không danh mục nào có đơn vị này.")
    base = known or Version(code, LEVEL_BY_LENGTH[len(code)], "", "", "", source=act.source)
    kind, name = split_name(full_name) if full_name else (base.type, base.name)
    return replace(base, type=kind, name=name, parent_code=base.parent_code if parent is None else parent)
