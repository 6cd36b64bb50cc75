"""The standards of a round as they are applied: each with its table of B1 points, if one is in force.

Documents are read once a process: what stands in a row in force never changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import Standard
from households.criteria.models import B1TableRow, State
from households.criteria.queries import rows, standard_of, table_of
from households.criteria.questionnaire.sheet import AppliedStandard
from households.surveys.codes import CLOSING, OPENING
from households.surveys.models import SurveyRound
from households.surveys.sheets.ground import Ground
from povertyportal.core.periods import on as valid_on

READ_AT_ONCE = 64
PURPOSES = (CLOSING, OPENING, "local_closing", "local_opening")  # fields of the round


@dataclass(frozen=True, slots=True)
class Bound:
    """``purpose``: the field of the round that binds the standard."""

    purpose: str
    applied: AppliedStandard


def bound_standards(round: SurveyRound, on: date) -> tuple[Bound, ...]:
    """Those that are bound, in the order of ``PURPOSES``; 1 query, and 1 for each document not read before."""
    keys = {purpose: getattr(round, f"{purpose}_id") for purpose in PURPOSES}
    found = [(purpose, _standard(key)) for purpose, key in keys.items() if key]
    tables = _tables([standard.code for _purpose, standard in found], on)
    words = why(round.year)
    return tuple(
        Bound(purpose, AppliedStandard(standard, words[purpose], tables.get(standard.code)))
        for purpose, standard in found
    )


def why(year: int) -> dict[str, str]:
    """For which result of the year each is applied."""
    return {
        CLOSING: _("Kết quả rà soát năm %s") % year,
        OPENING: _("Số đầu kỳ của chuẩn sau, cùng cuộc rà soát năm %s") % year,
        "local_closing": _("Chuẩn riêng của địa phương, kết quả năm %s") % year,
        "local_opening": _("Chuẩn riêng của địa phương, số đầu kỳ"),
    }


def on_ground(bounds: Sequence[Bound], ground: Ground) -> tuple[Bound, ...]:
    """Where a table of points has no column for the region, or the region is not known, B1 is typed as a total."""
    return tuple(one if _has_points(one.applied, ground) else _without_table(one) for one in bounds)


def _has_points(applied: AppliedStandard, ground: Ground) -> bool:
    if applied.table is None:
        return True
    fitting = {one.code for one in applied.standard.variants if one.area_type is ground.area_type}
    return ground.variant in fitting and ground.variant in applied.table.variants


def _without_table(one: Bound) -> Bound:
    return replace(one, applied=replace(one.applied, table=None, region_open=True))


@lru_cache(READ_AT_ONCE)
def _standard(key: int) -> Standard:
    """Only one in force is ever bound, and its row never changes."""
    return standard_of(rows().get(pk=key))


def _tables(codes: Sequence[str], on: date) -> dict[str, B1Table]:
    known = valid_on(B1TableRow.objects.filter(code__in=codes, state=State.IN_FORCE), on)
    return {code: _table(key, digest) for code, key, digest in known.values_list("code", "pk", "digest")}


@lru_cache(READ_AT_ONCE)
def _table(key: int, digest: str) -> B1Table:
    return table_of(B1TableRow.objects.get(pk=key))
