"""Bring the database to the plan: compare as sets, write in bulk, all or nothing; what people entered is left alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model
from django.utils.translation import gettext as _

from households.areas.models import Area, AreaSuccession, AreaTraits, Origin
from households.areas.plan import Plan, Trait
from households.areas.units import Link, Version
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import fold, sort_key

BATCH = 2000

VersionKey = tuple[str, date | None]  # code and start
LinkKey = tuple[VersionKey, VersionKey]
M = TypeVar("M", bound=Model)


@dataclass
class Difference:
    """Rows of one table: to insert, to change (by id), already right, kept as people entered them, in no data file."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    same: int = 0
    entered: int = 0
    stale: list[str] = field(default_factory=list)

    @property
    def writes(self) -> int:
        return len(self.new) + len(self.changed)


@dataclass(frozen=True, slots=True)
class Existing:
    id: int
    values: dict[str, Any]
    origin: str


def compare(wanted: Mapping[Any, dict[str, Any]], existing: Mapping[Any, Existing], kept: set[Any]) -> Difference:
    """``kept``: wanted rows that give way to what people entered."""
    difference = Difference()
    for key, values in wanted.items():
        row = existing.get(key)
        if key in kept or (row is not None and row.origin != Origin.LOADED):
            difference.entered += 1
        elif row is None:
            difference.new.append(values)
        elif row.values != values:
            difference.changed[row.id] = values
        else:
            difference.same += 1
    loaded = (key for key, row in existing.items() if row.origin == Origin.LOADED and key not in wanted)
    difference.stale = [str(key) for key in loaded]
    return difference


@dataclass(frozen=True, slots=True)
class Load:
    areas: Difference
    links: Difference
    traits: Difference

    @property
    def writes(self) -> int:
        return self.areas.writes + self.links.writes + self.traits.writes


def load(plan: Plan, *, by: User, commit: bool) -> Load:
    """Compares, and writes with ``commit``; a constraint of the database that refuses the plan undoes all of it."""
    with transaction.atomic(), acting(by=by, reason=_("Nạp danh mục đơn vị hành chính từ tệp dữ liệu")):
        found = Load(
            _compare_areas(plan.versions), _compare_links(plan.links, plan.versions), _compare_traits(plan.traits)
        )
        if commit and found.writes:
            _write(found)
    return found


def _write(found: Load) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS area_code_once_a_day, trait_once_a_day DEFERRED")
    _save(Area, found.areas, lambda values: values)
    ids = {(code, validity.lower): id for id, code, validity in Area.objects.values_list("id", "code", "validity")}
    _save(AreaSuccession, found.links, lambda values: _with_ids(values, ids))
    _save(AreaTraits, found.traits, lambda values: values)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _save(model: type[M], difference: Difference, prepared: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    manager = model._default_manager
    changed = [model(id=id, **prepared(values)) for id, values in difference.changed.items()]
    if changed:
        manager.bulk_update(changed, list(prepared(next(iter(difference.changed.values())))), batch_size=BATCH)
    rows = [model(origin=Origin.LOADED, **prepared(values)) for values in difference.new]
    manager.bulk_create(rows, batch_size=BATCH)


def _with_ids(values: dict[str, Any], ids: Mapping[VersionKey, int]) -> dict[str, Any]:
    plain = {name: value for name, value in values.items() if name not in ("from", "to")}
    return plain | {"from_area_id": ids[values["from"]], "to_area_id": ids[values["to"]]}


def _compare_areas(versions: tuple[Version, ...]) -> Difference:
    existing: dict[Any, Existing] = {}
    spans: dict[Any, list[DateRange]] = {}
    names = ("level", "type", "name", "parent_code", "vouched_from", "legal_basis", "source", "search_key", "sort_key")
    for row in Area.objects.values("id", "code", "validity", "origin", *names):
        key = (row["code"], row["validity"].lower)
        values = {name: row[name] for name in ("code", *names)} | {"validity": _plain(row["validity"])}
        existing[key] = Existing(row["id"], values, row["origin"])
        if row["origin"] != Origin.LOADED:
            spans.setdefault(row["code"], []).append(row["validity"])
    wanted = {(version.code, version.start): _area_values(version) for version in versions}
    kept = {key for key, values in wanted.items() if _meets(values["validity"], spans.get(key[0], []))}
    return compare(wanted, existing, kept)


def _area_values(version: Version) -> dict[str, Any]:
    return {
        "code": version.code,
        "level": version.level.value,
        "type": version.type,
        "name": version.name,
        "parent_code": version.parent_code,
        "validity": DateRange(version.start, version.end),
        "vouched_from": version.vouched_from,
        "legal_basis": version.legal_basis,
        "source": version.source,
        "search_key": fold(version.full_name),
        "sort_key": sort_key(version.name),
    }


def _compare_links(links: tuple[Link, ...], versions: tuple[Version, ...]) -> Difference:
    existing = {}
    names = ("on_date", "extent", "legal_basis", "source", "confidence", "note")
    ends = ("from_area__code", "from_area__validity", "to_area__code", "to_area__validity")
    for row in AreaSuccession.objects.values("id", "origin", *names, *ends):
        values = {name: row[name] for name in names}
        values["from"] = (row["from_area__code"], row["from_area__validity"].lower)
        values["to"] = (row["to_area__code"], row["to_area__validity"].lower)
        existing[row["from_area__code"], row["to_area__code"], row["on_date"]] = Existing(
            row["id"], values, row["origin"]
        )
    ended = {(version.code, version.end): version for version in versions}
    begun = {(version.code, version.start): version for version in versions}
    wanted = {}
    for link in links:
        old, new = ended[link.from_code, link.on], begun[link.to_code, link.on]
        wanted[link.from_code, link.to_code, link.on] = _link_values(link, old, new)
    return compare(wanted, existing, set())


def _link_values(link: Link, old: Version, new: Version) -> dict[str, Any]:
    return {
        "on_date": link.on,
        "extent": link.extent.value,
        "legal_basis": link.legal_basis,
        "source": link.source,
        "confidence": link.confidence.value,
        "note": link.note,
        "from": (old.code, old.start),
        "to": (new.code, new.start),
    }


def _compare_traits(traits: tuple[Trait, ...]) -> Difference:
    existing: dict[Any, Existing] = {}
    spans: dict[Any, list[DateRange]] = {}
    names = ("code", "kind", "value", "validity", "legal_basis", "source", "confidence")
    kinds = {trait.kind for trait in traits}  # zones loaded from a file of their own are no leftovers of this load
    for row in AreaTraits.objects.filter(kind__in=kinds).values("id", "origin", *names):
        key = (row["code"], row["kind"], row["validity"].lower)
        values = {name: row[name] for name in names} | {"validity": _plain(row["validity"])}
        existing[key] = Existing(row["id"], values, row["origin"])
        if row["origin"] != Origin.LOADED:
            spans.setdefault(key[:2], []).append(row["validity"])
    wanted = {(trait.code, trait.kind, trait.start): _trait_values(trait) for trait in traits}
    kept = {key for key, values in wanted.items() if _meets(values["validity"], spans.get(key[:2], []))}
    return compare(wanted, existing, kept)


def _trait_values(trait: Trait) -> dict[str, Any]:
    return {
        "code": trait.code,
        "kind": trait.kind,
        "value": trait.value,
        "validity": DateRange(trait.start, trait.end),
        "legal_basis": trait.legal_basis,
        "source": trait.source,
        "confidence": trait.confidence.value,
    }


def _plain(span: DateRange) -> DateRange:
    """As the plan writes it: the database writes an unknown start as "(", which is another DateRange."""
    return DateRange(span.lower, span.upper)


def _meets(span: DateRange, others: list[DateRange]) -> bool:
    return any(
        (span.upper is None or other.lower is None or other.lower < span.upper)
        and (other.upper is None or span.lower is None or span.lower < other.upper)
        for other in others
    )
