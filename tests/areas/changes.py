"""A small invented province for tests of changes: two districts, four communes, villages; and how an act is stated."""

from dataclasses import replace
from datetime import date
from typing import Any

from households.areas.changes.writing import new_row
from households.areas.models import Area
from households.areas.planning.operations import Kind, Operation, Target
from households.areas.planning.state import Fact, State
from households.areas.units import Confidence, Level, Version
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting

SINCE, DAY = date(2026, 1, 1), date(2026, 7, 1)
ACT = "Nghị quyết 99/NQ-HĐND ngày 01/6/2026"


def unit(code: str, full_name: str, parent: str = "", start: date | None = SINCE, end: date | None = None) -> Version:
    kind = next(kind for kind in ("Tỉnh", "Huyện", "Xã", "Phường", "Thôn") if full_name.startswith(kind))
    level = {"Tỉnh": Level.PROVINCE, "Huyện": Level.DISTRICT, "Thôn": Level.VILLAGE}.get(kind, Level.COMMUNE)
    return Version(code, level, kind, full_name.removeprefix(kind).strip(), parent, start, end)


PROVINCE = (
    unit("98", "Tỉnh Sơn Thử", start=None),
    unit("981", "Huyện Núi Cao", "98"),
    unit("982", "Huyện Suối Dài", "98"),
    unit("98101", "Xã Bản Mới", "981"),
    unit("98102", "Xã Nà Lừa", "981"),
    unit("98103", "Xã Khe Sâu", "982"),
    unit("98104", "Xã Đồng Cỏ", "98"),
    unit("98101-001", "Thôn Tả Van", "98101"),
    unit("98102-001", "Thôn Tả Van", "98102"),
    unit("98102-002", "Thôn Nậm Cang", "98102"),
)


def stored_province() -> None:
    """The invented province in the database of the test."""
    with acting(by=system_user(), reason="Tỉnh cho phép thử"):
        Area.objects.bulk_create(new_row(one) for one in PROVINCE)


def fact(code: str, value: str, kind: str = "settlement", start: date | None = SINCE) -> Fact:
    return Fact(code, kind, value, start, None, "", "", Confidence.RECALLED)


def state(*more: Version, on: date = DAY, without: str = "", facts: tuple[Fact, ...] = ()) -> State:
    kept = [one for one in PROVINCE if one.code != without]
    return State(on, [*kept, *more], facts)


def act(kind: Kind, units: str = "", *targets: Target, on: date = DAY, **more: Any) -> Operation:
    """``units``: codes with blanks between; their level follows from the first, or from the target."""
    named = tuple(units.split())
    level = _level(kind, (*named, *more.get("parts", ()), *(target.code for target in targets)))
    plain = Operation(kind, level, on, ACT, "Công báo tỉnh", Confidence.VERIFIED, named, targets=targets)
    return replace(plain, **more)


def _level(kind: Kind, codes: tuple[str, ...]) -> Level:
    if kind is Kind.DISSOLVE_DISTRICTS:
        return Level.DISTRICT
    lengths = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}
    return lengths.get(len(codes[0]), Level.VILLAGE) if codes else Level.COMMUNE


def commune(code: str, name: str, parent: str = "981", kind: str = "Xã") -> Target:
    return Target(code, kind, name, parent)
