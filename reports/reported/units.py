"""Units of one kind convert exactly into each other (data/units.toml); two figures meet only in such units."""

from decimal import Decimal

from reports.reported.vocabulary import Kind, find_measure, unit_sizes
from reports.tables import Figure

_THOUSANDS = ("nghìn ", "triệu ")


def converts(unit: str, to: str) -> bool:
    return converted(Decimal(1), unit, to) is not None


def converted(value: Decimal, unit: str, to: str) -> Decimal | None:
    """Exact; None when the units are not of one kind."""
    if unit == to:
        return value
    sizes = unit_sizes()
    (kind, size), (other_kind, other_size) = sizes.get(unit, ("", None)), sizes.get(to, ("", None))
    if kind != other_kind or size is None or other_size is None:
        return None
    return value * size / other_size


def in_unit(figure: Figure, to: str) -> Decimal | None:
    return converted(figure.value, figure.unit, to)


def coarser(unit: str, other: str) -> str:
    """The larger of two units of one kind: what is computed from both is not finer than the rougher of them."""
    one = converted(Decimal(1), unit, other)
    return unit if one is not None and one > 1 else other


def fits(measure: str, unit: str, allowed: tuple[str, ...] = ()) -> bool:
    """Whether a sentence's words fit the unit: one of those given, else of those of the measure; also by the thousand.
    A measure that names no units takes any, but money only units of money."""
    known = find_measure(measure)
    units = allowed or known.units
    if not units:
        return known.kind is not Kind.MONEY or is_money(unit)
    bare = next((unit.removeprefix(mark) for mark in _THOUSANDS if unit.startswith(mark)), unit)
    return unit in units or bare in units


def is_money(unit: str) -> bool:
    return converts(unit, "đồng")
