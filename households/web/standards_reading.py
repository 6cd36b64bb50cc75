"""A standard laid out for its page: each value with the place in law where it stands and how sure that is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from households.criteria.law.parts import (
    Application,
    Dimension,
    Indicator,
    Provenance,
    Purpose,
    Rule,
    Standard,
    Sureness,
)
from households.criteria.telling import Told, tell
from households.criteria.telling_rules import UNITS, by_income, by_scores
from households.criteria.wording import SURENESS, class_title, purpose_title, years_text
from povertyportal.vietnamese import format_number


@dataclass(frozen=True, slots=True)
class Cited:
    """``sure``: code of the mark's colour; ``mark`` and ``meaning``: its words."""

    text: str
    sure: str
    mark: str
    meaning: str
    checked: date
    note: str


def cited(place: Provenance) -> Cited:
    mark, meaning = SURENESS[place.confidence]
    return Cited(place.cited, place.confidence.value, str(mark), str(meaning), place.checked, place.note)


@dataclass(frozen=True, slots=True)
class LineRow:
    name: str
    unit: str
    years: str
    rural: str
    urban: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    indicator: Indicator
    told: Told
    cited: Cited


@dataclass(frozen=True, slots=True)
class RuleRow:
    """``scores`` and ``income``: the two halves in words, each with its own place in law; empty where it has none."""

    rule: Rule
    result: str
    scores: str
    scores_cited: Cited | None
    income: str
    income_cited: Cited | None


def line_rows(standard: Standard) -> list[LineRow]:
    return [
        LineRow(
            one.name, UNITS[one.unit], _line_years(one.first, one.last), format_number(one.rural),
            format_number(one.urban), cited(one.provenance),
        )
        for one in (*standard.lines, *standard.score_lines)
    ]  # fmt: skip


def _line_years(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return _("mọi năm áp dụng")
    return years_text(first, last)


def dimensions(standard: Standard) -> list[tuple[Dimension, list[IndicatorRow]]]:
    rows = [IndicatorRow(one, tell(one.test), cited(one.provenance)) for one in standard.indicators]
    return [(found, list(group)) for found, group in groupby(rows, key=lambda row: row.indicator.dimension)]


def rule_rows(standard: Standard) -> list[RuleRow]:
    return [
        RuleRow(
            one, class_title(one.result),
            by_scores(one, standard), cited(one.scores.provenance) if one.scores else None,
            by_income(one, standard), cited(one.income.provenance) if one.income else None,
        )
        for one in standard.rules
    ]  # fmt: skip


def application_text(one: Application) -> str:
    years = years_text(one.first, one.last)
    return years if one.purpose is Purpose.CLOSING else f"{years} ({purpose_title(one.purpose)})"


def years_of(standard: Standard) -> str:
    return "; ".join(application_text(one) for one in standard.applications)


def places(standard: Standard) -> Iterator[Provenance]:
    """Every place in law that the standard names."""
    yield standard.provenance
    yield from (one.provenance for one in (*standard.lines, *standard.score_lines))
    yield from (one.provenance for one in standard.indicators)
    yield from (one.provenance for one in standard.code_lists)
    for rule in standard.rules:
        yield from (half.provenance for half in (rule.scores, rule.income) if half)
    if standard.sheet_a:
        yield standard.sheet_a.provenance
    if survey := standard.income_survey:
        yield from (place for place in (survey.provenance, survey.worker_provenance) if place)


def sureness_counts(standard: Standard) -> list[tuple[str, str, str, int]]:
    """Code, mark, meaning and how many values, the surest first."""
    found = [place.confidence for place in places(standard)]
    return [
        (one.value, str(SURENESS[one][0]), str(SURENESS[one][1]), found.count(one)) for one in Sureness if one in found
    ]


def gaps(standard: Standard, *, b1_table: bool) -> list[str]:
    """What the document does not know, said before anybody relies on it."""
    return [text for told, text in _gaps(standard, b1_table) if told]


def _gaps(standard: Standard, b1_table: bool) -> Sequence[tuple[object, str]]:
    unknown = sum(not item.text for item in standard.sheet_a.items) if standard.sheet_a else 0
    counts = {"unknown": unknown, "total": len(standard.sheet_a.items) if standard.sheet_a else 0}
    unsure = [rule.name for rule in standard.rules if _unsure(rule)]
    scored = bool(standard.score_lines)
    return (
        (not standard.indicators and _counts_deprivations(standard),
         _("Các chỉ số thiếu hụt chưa tìm được: khi phân loại, ghi số chỉ số thiếu hụt.")),
        (not scored, _("Không có điểm ngưỡng B1: phân loại theo thu nhập, không theo điểm của phiếu B.")),
        (scored and not b1_table,
         _("Chưa có bảng điểm B1 được công bố: nhập tổng điểm B1 từ phiếu giấy.")),
        (unknown, _("Nội dung %(unknown)s trong %(total)s tiêu chí của phiếu A chưa tìm được: ghi số tiêu chí.") % counts),
        (unsure, _("Chưa chắc nên không dùng để quyết định: %s. Hộ rơi vào đó được ghi “không nghèo, chưa chắc”.")
         % ", ".join(unsure)),
    )  # fmt: skip


def _unsure(rule: Rule) -> bool:
    return any(half.provenance.confidence is Sureness.UNSURE for half in (rule.scores, rule.income) if half)


def _counts_deprivations(standard: Standard) -> bool:
    return any(
        rule.income and (rule.income.deprivations_from is not None or rule.income.deprivations_below is not None)
        for rule in standard.rules
    )
