"""One change of the map as a person states it, under one resolution and from one day on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from households.areas.units import Confidence, Level


class Kind(StrEnum):
    CREATE = "create"
    END = "end"
    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    RECODE = "recode"
    RECLASSIFY = "reclassify"
    MOVE = "move"
    DISSOLVE_DISTRICTS = "dissolve_districts"


@dataclass(frozen=True, slots=True)
class Target:
    """A unit as it stands from the day on; its level is the operation's."""

    code: str
    type: str
    name: str
    parent_code: str

    @property
    def full_name(self) -> str:
        return f"{self.type} {self.name}"


@dataclass(frozen=True, slots=True)
class Operation:
    """``units`` end on the day (in ``dissolve_districts``: the province whose districts end), ``parts`` give a part of
    their land and go on, ``targets`` hold from the day on. ``children``: (code, code of the target it goes to); with one
    target only those of ``parts`` need be named."""

    kind: Kind
    level: Level
    on: date
    legal_basis: str
    source: str
    confidence: Confidence
    units: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    children: tuple[tuple[str, str], ...] = ()
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "level": self.level.value,
            "on": self.on.isoformat(),
            "legal_basis": self.legal_basis,
            "source": self.source,
            "confidence": self.confidence.value,
            "units": list(self.units),
            "parts": list(self.parts),
            "targets": [[one.code, one.type, one.name, one.parent_code] for one in self.targets],
            "children": [list(pair) for pair in self.children],
            "note": self.note,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Operation":
        """Raises KeyError, TypeError or ValueError for anything that ``to_json`` did not write."""
        return cls(
            kind=Kind(data["kind"]),
            level=Level(data["level"]),
            on=date.fromisoformat(data["on"]),
            legal_basis=data["legal_basis"],
            source=data["source"],
            confidence=Confidence(data["confidence"]),
            units=tuple(data["units"]),
            parts=tuple(data["parts"]),
            targets=tuple(Target(*target) for target in data["targets"]),
            children=tuple((child, target) for child, target in data["children"]),
            note=data["note"],
        )
