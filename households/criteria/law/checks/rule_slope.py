from collections.abc import Iterator
from itertools import pairwise

from households.criteria.law.checks.cells import Band, Plane, planes
from households.criteria.law.checks.rule_cells import rule_cells
from households.criteria.law.parts import Class, Standard, Sureness
from households.criteria.law.places import Path

_RANKS = {klass: rank for rank, klass in enumerate(Class)}
Point = tuple[int, int]


def rule_slope(standard: Standard) -> Iterator[tuple[Path, str]]:
    """A higher income never makes poorer, one deprivation more never makes less poor. Says nothing of rules that leave gaps."""
    if any(rule_cells(standard)):
        return
    for plane in planes(standard):
        held = {(amount, count): bands for amount, count, bands in plane.points()}
        for poorer, richer, why in _steps(plane):
            if _rank(standard, plane, held[poorer]) > _rank(standard, plane, held[richer]):
                yield ("rules", held[richer][0].rule), f"hộ {why} lại bị xếp nghèo hơn: xem lại mức và thứ tự quy tắc."
                return


def _steps(plane: Plane) -> Iterator[tuple[Point, Point, str]]:
    for count in plane.counts():
        for low, high in pairwise(plane.amounts()):
            yield (low, count), (high, count), "thu nhập cao hơn"
    for amount in plane.amounts():
        for few, many in pairwise(plane.counts()):
            yield (amount, many), (amount, few), "thiếu hụt ít hơn"


def _rank(standard: Standard, plane: Plane, bands: tuple[Band, ...]) -> int:
    if not bands:
        return _RANKS[Class.NOT_POOR]
    rule = standard.rules[bands[0].rule]
    half = rule.income if plane.half == "income" else rule.scores
    unsure = half is not None and half.provenance.confidence is Sureness.UNSURE
    return _RANKS[Class.NOT_POOR if unsure else rule.result]
