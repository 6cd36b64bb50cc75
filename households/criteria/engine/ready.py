"""A standard made ready for one day, one kind of area and one table of B1 points."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from households.criteria.b1.parts import B1Table
from households.criteria.engine.ages import Calendar, birth_conditions
from households.criteria.engine.bounds import Bounds, bounds_of
from households.criteria.engine.classifying import Ladder, income_ladder, score_ladder
from households.criteria.engine.evaluate import Check, Tests, Waits, conditions, who_conditions
from households.criteria.engine.faults import NotPreparedError
from households.criteria.engine.income import ReadySurvey, ready_survey
from households.criteria.engine.scoring import ReadyTable, ready_table
from households.criteria.law.parts import AreaType, Condition, Indicator, Standard
from povertyportal.vietnamese import format_date

YEARS = range(1990, 2101)  # of a review


@dataclass(frozen=True, slots=True)
class ReadyIndicator:
    indicator: Indicator
    code: str
    points: int
    check: Check
    waits: Waits


@dataclass(frozen=True, slots=True)
class Ready:
    """``variant``: of the B1 table; empty where none is used."""

    standard: Standard
    on: date
    area_type: AreaType
    variant: str
    calendar: Calendar
    bounds: Bounds
    indicators: tuple[ReadyIndicator, ...]
    by_scores: Ladder | None
    by_income: Ladder | None
    survey: ReadySurvey | None
    table: ReadyTable | None


def make_ready(
    standard: Standard, on: date, area_type: AreaType, variant: str | None, b1_table: B1Table | None
) -> Ready:
    """Raises NotPreparedError."""
    if on.year not in YEARS:
        raise NotPreparedError(f"Ngày rà soát {format_date(on)} ngoài khoảng {YEARS[0]}–{YEARS[-1]}.")
    chosen = _variant(standard, area_type, variant, b1_table)
    calendar = Calendar(on, standard.leap_birthday, birth_conditions(_conditions(standard, b1_table)))
    tests = Tests(calendar)
    bounds = bounds_of(standard, area_type, on.year)
    return Ready(
        standard,
        on,
        area_type,
        chosen,
        calendar,
        bounds,
        tuple(_ready_indicator(one, tests) for one in standard.indicators),
        score_ladder(standard, bounds),
        income_ladder(standard, bounds),
        ready_survey(standard.income_survey, bounds) if standard.income_survey else None,
        ready_table(b1_table, chosen, tests) if b1_table else None,
    )


def _ready_indicator(one: Indicator, tests: Tests) -> ReadyIndicator:
    return ReadyIndicator(one, one.code, one.points, tests.check(one.test), tests.waits(one.test))


def _conditions(standard: Standard, table: B1Table | None) -> Iterator[Condition]:
    yield from conditions(one.test for one in standard.indicators)
    for group in table.groups if table else ():
        yield from who_conditions(group.zero_if_all or ())
        yield from conditions(option.when for option in group.options if option.when)


def _variant(standard: Standard, area_type: AreaType, variant: str | None, table: B1Table | None) -> str:
    """The one asked for, or the only one the area type has."""
    if table and table.standard != standard.code:
        raise NotPreparedError(
            f"Bảng điểm B1 “{table.name}” là của chuẩn {table.standard}, không phải {standard.code}."
        )
    fitting = {one.code: one.name for one in standard.variants if one.area_type is area_type}
    names = ", ".join(f"{code} ({name})" for code, name in fitting.items()) or "không có"
    if variant is not None and variant not in fitting:
        raise NotPreparedError(f"Vùng “{variant}” không thuộc khu vực này trong chuẩn {standard.code}; nhận: {names}.")
    if table is None or variant is not None:
        return variant or ""
    if len(fitting) != 1:
        raise NotPreparedError(f"Tính điểm B1 cần biết vùng; chọn một trong: {names}.")
    return next(iter(fitting))
