"""Phiếu A, Phiếu B, Phụ lục VIII of a village with what the portal knows written in, for those who go out with paper.

The roster is the registry's of the day; a personal number shows its last digits only, to be compared with the card.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from households.areas.units import Level
from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import Standard, Variant
from households.papers.blanks import FORMS, annex_of
from households.papers.income_form import income_form
from households.papers.places import place_lines
from households.papers.printing import paper_pdf, source_line
from households.papers.quick_form import QuickLine, quick_form
from households.papers.survey_form import ROSTER_ROWS, RosterLine, survey_form
from households.registry.places import PlaceName
from households.surveys.form_models import Why
from povertyportal.vietnamese import day_in_text

ASKED_FIRST = (Why.REQUEST, Why.FOUND)  # by Phiếu A
BY_INCOME = (Why.AVERAGE, Why.WORKER)  # by Phụ lục VIII
SPARE_ROWS = 2  # for who was born or came since


@dataclass(frozen=True, slots=True)
class Home:
    """``before``: as what it was recognised, and by which decision."""

    number: str
    local_code: str
    head: str
    address: str
    why: str
    why_words: str
    before: str
    members: Sequence[RosterLine]

    @property
    def size(self) -> int:
        return len(self.members)

    @property
    def first(self) -> RosterLine | None:
        return next(iter(self.members), None)

    @property
    def rows(self) -> list[RosterLine]:
        spare = max(ROSTER_ROWS - self.size, SPARE_ROWS)
        return [*self.members, *(RosterLine(self.size + turn) for turn in range(1, spare + 1))]


@dataclass(frozen=True, slots=True)
class Village:
    """``variant``, ``table``: of B1 points, where they are known."""

    place: PlaceName
    standard: Standard
    variant: Variant | None
    table: B1Table | None
    on: date


def village_pdf(village: Village, homes: Sequence[Home], *, printed_on: date) -> bytes:
    """First Phiếu A of those who asked, then a sheet for each household; tagged, pdf/ua-1."""
    title = f"Phiếu rà soát điền sẵn, {village.place.near}"
    made = f"thành viên hộ ngày {day_in_text(village.on)}, in ngày {day_in_text(printed_on)}"
    source = f"{source_line(village.standard, village.table)} · {made}"
    return paper_pdf("papers/prefilled.html", title=title, source=source, context=_context(village, homes))


def _context(village: Village, homes: Sequence[Home]) -> dict[str, Any]:
    standard = village.standard
    places = place_lines(standard, _names(village.place))
    asked = [one for one in homes if one.why in ASKED_FIRST] if standard.sheet_a else []
    return {
        "quick": _quick(standard, asked) | {"places": places} if asked else None,
        "b": survey_form(standard, village.variant, village.table)
        | {"form": FORMS["b"], "annex": annex_of(FORMS["b"], standard), "places": places, "variant": village.variant},
        "viii": _income(standard, homes) | {"places": places},
        "surveyed": [one for one in homes if one.why not in BY_INCOME],
        "by_income": [one for one in homes if one.why in BY_INCOME],
    }


def _quick(standard: Standard, homes: Iterable[Home]) -> dict[str, Any]:
    lines = [QuickLine(turn, f"{one.head} ({one.number})") for turn, one in enumerate(homes, start=1)]
    filled = quick_form(standard, None, None) | {"rows": lines}
    return filled | {"form": FORMS["a"], "annex": annex_of(FORMS["a"], standard)}


def _income(standard: Standard, homes: Iterable[Home]) -> dict[str, Any]:
    if standard.income_survey is None or all(one.why not in BY_INCOME for one in homes):
        return {}
    filled = income_form(standard, None, None)
    return filled | {"form": FORMS["viii"], "annex": annex_of(FORMS["viii"], standard)}


def _names(place: PlaceName) -> Mapping[str, str]:
    return {Level(unit.level).value: unit.name for unit in place.chain}
