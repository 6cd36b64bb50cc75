"""What an administrative unit is made of, in plain data: levels, types, names, one dated version, one act's link."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"  # thôn, bản, ấp, tổ dân phố: no administrative level, no code of the statistics office


class Extent(StrEnum):
    WHOLE = "whole"
    PART = "part"


class Confidence(StrEnum):
    """How sure the portal is of a fact, as the domain notes tag it."""

    VERIFIED = "verified"  # read in the source named
    DERIVED = "derived"  # computed from two unit lists
    RECALLED = "recalled"  # general knowledge, not checked against a source
    UNSURE = "unsure"  # weak or conflicting: shown as such, never used as authoritative


RANK = {level: rank for rank, level in enumerate(Level)}

TYPES: dict[str, frozenset[Level]] = {
    "Thành phố": frozenset({Level.PROVINCE, Level.DISTRICT}),
    "Tỉnh": frozenset({Level.PROVINCE}),
    "Thị trấn": frozenset({Level.COMMUNE}),
    "Thị xã": frozenset({Level.DISTRICT}),
    "Đặc khu": frozenset({Level.COMMUNE}),
    "Phường": frozenset({Level.COMMUNE}),
    "Quận": frozenset({Level.DISTRICT}),
    "Huyện": frozenset({Level.DISTRICT}),
    "Xã": frozenset({Level.COMMUNE}),
}

# Units below the commune: residents' self-governing communities of the countryside, then of towns.
VILLAGE_TYPES = (
    "Thôn", "Xóm", "Bản", "Buôn", "Bon", "Plei", "Ấp", "Làng", "Phum", "Sóc",
    "Tổ dân phố", "Khu phố", "Khối phố", "Khu dân cư", "Khóm", "Khối", "Khu", "Tiểu khu", "Tổ",
)  # fmt: skip


def types_of(level: Level) -> tuple[str, ...]:
    """The types a unit of the level may have."""
    if level is Level.VILLAGE:
        return VILLAGE_TYPES
    return tuple(name for name, levels in TYPES.items() if level in levels)


# Urban and rural by unit type (standards.md §7.5); the special zones of 2025 are not settled and left out.
URBAN = {"Phường": True, "Thị trấn": True, "Xã": False}
SETTLEMENT_SOURCE = (
    "Theo loại đơn vị hành chính: phường, thị trấn là thành thị; xã là nông thôn (chưa đối chiếu văn bản)"
)


def split_name(full_name: str) -> tuple[str, str]:
    """ "Thị Xã Mường Lay" as ("Thị xã", "Mường Lay"); ValueError for a name without a known type."""
    for kind in TYPES:
        head, name = full_name[: len(kind)], full_name[len(kind) :].strip()
        if head.casefold() == kind.casefold() and name:
            return kind, name
    raise ValueError(f"“{full_name}” không bắt đầu bằng một loại đơn vị hành chính đã biết ({', '.join(TYPES)}).")


def same_since(day: date, *, start: date | None, vouched_from: date | None) -> date:
    """Since which day a unit is known to be the one of ``day``: since its start, or since the first source that shows it.
    Before that nothing says that it did not change: each day stands for itself."""
    first = start or vouched_from
    return first if first is not None and first <= day else day


@dataclass(frozen=True, slots=True)
class Version:
    """One unit as it stood from ``start`` until before ``end``; None: start not known, or no end. With an unknown start,
    ``vouched_from`` is the day of the first list that shows it."""

    code: str
    level: Level
    type: str
    name: str
    parent_code: str
    start: date | None = None
    end: date | None = None
    legal_basis: str = ""
    source: str = ""
    sort_key: str = ""
    vouched_from: date | None = None

    @property
    def full_name(self) -> str:
        return f"{self.type} {self.name}"

    def same_since(self, day: date) -> date:
        return same_since(day, start=self.start, vouched_from=self.vouched_from)

    def holds(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Link:
    """What an act made of a unit: ``from_code`` ended on the day, ``to_code`` took its land, whole or in part.

    ``from_parent`` is the parent of the ended version, so that a dissolved district is found by its communes.
    """

    from_code: str
    to_code: str
    on: date
    extent: Extent = Extent.WHOLE
    legal_basis: str = ""
    source: str = ""
    confidence: Confidence = Confidence.VERIFIED
    note: str = ""
    from_parent: str = ""
    from_name: str = ""
    to_name: str = ""
