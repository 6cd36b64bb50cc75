"""Measures, units, standards and sources as the data files here name them; unknown codes stand for themselves."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


class Kind(StrEnum):
    COUNT = "count"
    RATE = "rate"
    MONEY = "money"
    WEIGHT = "weight"
    AVERAGE = "average"
    RATIO = "ratio"
    CHANGE = "change"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Measure:
    """What the columns of data/measures.toml mean is said there."""

    code: str
    name: str
    kind: Kind
    share: bool = False
    points: bool = False
    of_all: bool = False
    rate: str = ""
    brief: str = ""
    units: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class Standard:
    """A poverty standard by the days it was applied, both inclusive; unknown days are None."""

    code: str
    document: str
    name: str
    short: str = ""
    about: str = ""
    applied_from: date | None = None
    applied_to: date | None = None
    known: bool = True


@cache
def measures() -> Mapping[str, Measure]:
    return {code: _measure(code, entry) for code, entry in _read("measures").items()}


def find_measure(code: str) -> Measure:
    return measures().get(code) or Measure(code=code, name=code, kind=Kind.UNKNOWN, known=False)


@cache
def standards() -> Mapping[str, Standard]:
    return {code: Standard(code=code, **entry) for code, entry in _read("standards").items()}


def find_standard(code: str) -> Standard:
    return standards().get(code) or Standard(code=code, document="", name=code, known=False)


@cache
def change_days() -> tuple[date, ...]:
    """The days from which another national standard was applied, in order."""
    return tuple(sorted(entry.applied_from for entry in standards().values() if entry.applied_from))


def source_title(code: str) -> str:
    """Title of the document a figure was published in; the code itself where no title is known."""
    title: str = _read("sources").get(code, {}).get("title", code)
    return title


@cache
def whole_units() -> frozenset[str]:
    """Units that count things which are never halved (hộ, xã, lượt người …)."""
    return frozenset(_read("units")["whole"]["units"])


@cache
def unit_sizes() -> Mapping[str, tuple[str, Decimal]]:
    """Unit → its kind and its size in the smallest unit of that kind."""
    kinds = _read("units")["sizes"]
    return {unit: (kind, Decimal(size)) for kind, units in kinds.items() for unit, size in units.items()}


@cache
def known_units() -> frozenset[str]:
    groups = _read("units")
    return whole_units() | frozenset(unit_sizes()) | frozenset(groups["written"]) | frozenset(groups["also"]["units"])


def is_percent(unit: str) -> bool:
    return unit in _read("units")["written"]


def stored_unit(text: str) -> str:
    """People write "%", files say "percent": one of the two is stored."""
    return "percent" if is_percent(text) else text


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _measure(code: str, entry: dict[str, Any]) -> Measure:
    lists = {name: tuple(entry.get(name, ())) for name in ("parts", "units")}
    values = {**entry, **lists, "kind": Kind(entry["kind"])}
    return Measure(code=code, **values)
