"""All that ``load_areas`` wants in the database: versions, links and traits, from the package and our own files."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from households.areas.sources import Mapping, Package, own_csv, own_toml, package_label
from households.areas.timeline import DataError, Timeline
from households.areas.units import SETTLEMENT_SOURCE, URBAN, Confidence, Extent, Level, Link, Version


@dataclass(frozen=True, slots=True)
class Trait:
    code: str
    kind: str
    value: str
    start: date | None
    end: date | None
    legal_basis: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Plan:
    versions: tuple[Version, ...]
    links: tuple[Link, ...]
    traits: tuple[Trait, ...]


def make_plan() -> Plan:
    package = Package()
    acts = own_toml("acts_2025.toml")
    mapping = corrected(package.mapping())
    timeline = Timeline(_both_maps(package, mapping, acts), _links_of_2025(mapping, package.after(), acts))
    for event in sorted(own_toml("events.toml")["event"], key=lambda event: event["date"]):
        timeline.apply(event)
    versions = timeline.versions()
    traits = [*_settlement(versions), *_regions(own_toml("regions.toml"), versions)]
    return Plan(tuple(versions), tuple(timeline.links()), tuple(traits))


def corrected(mapping: Mapping) -> Mapping:
    """With corrections_2025.csv, whose source is the statistics office's conversion table."""
    moves = dict(mapping.moves)
    for row in own_csv("corrections_2025.csv"):
        targets = frozenset(row["new_codes"].split())
        if moves.get(row["old_code"]) == targets:
            raise DataError(f"corrections_2025.csv: dòng {row['old_code']} thừa, gói dữ liệu đã ghi đúng như vậy.")
        moves[row["old_code"]] = targets
    return Mapping(mapping.provinces, moves)


def _both_maps(package: Package, mapping: Mapping, acts: dict[str, Any]) -> Iterator[Version]:
    """A province that neither merged nor changed its name keeps its one version across 1/7/2025."""
    merged = {new for old, new in mapping.provinces.items() if old != new}
    after = {version.code: version for version in package.after()}
    for version in package.before():
        kept = version.level is Level.PROVINCE and version.code in after and version.code not in merged
        if kept and version.full_name != after[version.code].full_name:
            raise DataError(f"Tỉnh {version.code} đổi tên mà không sáp nhập: {after[version.code].full_name}.")
        yield replace(version, end=None) if kept else version
        if kept:
            del after[version.code]
    for version in after.values():
        yield replace(version, legal_basis=_legal_basis(version, acts))


def _legal_basis(version: Version, acts: dict[str, Any]) -> str:
    if version.level is Level.PROVINCE:
        return str(acts["provinces"])
    return str(acts["communes"]).format(number=acts["resolutions"][version.parent_code])


def _links_of_2025(mapping: Mapping, after: list[Version], acts: dict[str, Any]) -> Iterator[Link]:
    notes = {(row["old_code"], row["new_code"]): row["note"] for row in own_csv("partial_moves_2025.csv")}
    for row in own_csv("corrections_2025.csv"):
        notes |= {(row["old_code"], code): row["note"] for code in row["new_codes"].split() if row["note"]}
    new_province = {version.code: version.parent_code for version in after}
    source = str(acts["source"]).format(package=package_label())
    for old, targets in mapping.moves.items():
        for new in targets:
            whole = len(targets) == 1 and not notes.get((old, new))
            legal_basis = str(acts["communes"]).format(number=acts["resolutions"][new_province[new]])
            extent = Extent.WHOLE if whole else Extent.PART
            yield Link(old, new, acts["date"], extent, legal_basis, source, note=notes.get((old, new), ""))
    merged = {new for old, new in mapping.provinces.items() if old != new}
    for old, new in mapping.provinces.items():
        if new in merged:
            yield Link(old, new, acts["date"], Extent.WHOLE, str(acts["provinces"]), source)


def _settlement(versions: list[Version]) -> Iterator[Trait]:
    """Urban or rural by the unit's type, as long as the version holds; special zones are not settled and get none."""
    for version in versions:
        if version.level is Level.COMMUNE and version.type in URBAN:
            value = "urban" if URBAN[version.type] else "rural"
            yield Trait(
                version.code,
                "settlement",
                value,
                version.start,
                version.end,
                "",
                SETTLEMENT_SOURCE,
                Confidence.RECALLED,
            )


def _regions(data: dict[str, Any], versions: list[Version]) -> Iterator[Trait]:
    for period in data["period"]:
        start, end = period.get("start"), period.get("end")
        day = start or (date.fromordinal(end.toordinal() - 1))
        expected = {v.code for v in versions if v.level is Level.PROVINCE and v.holds(day)}
        listed = [code for codes in period["regions"].values() for code in codes]
        if sorted(listed) != sorted(expected):
            raise DataError(f"regions.toml: danh sách tỉnh của kỳ từ {start} không khớp danh mục ngày {day}.")
        sure = Confidence(period["confidence"])
        for region, codes in period["regions"].items():
            for code in codes:
                yield Trait(code, "region", region, start, end, period["legal_basis"], period["source"], sure)
