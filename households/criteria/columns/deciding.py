"""From indicators and sheets to the class, for a block: what engine/deciding.py does for one household."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from households.criteria.columns.block import Block
from households.criteria.columns.facts import Facts
from households.criteria.columns.outcomes import AVERAGE, NOT_POOR, Outcomes
from households.criteria.columns.sheets import Incomes
from households.criteria.columns.table import NO_MONEY, Ints
from households.criteria.engine.bounds import MONTHS, bounds_of
from households.criteria.engine.classifying import Ladder, income_ladder, score_ladder
from households.criteria.engine.income import ReadySurvey, ready_survey
from households.criteria.law.parts import AreaType, Standard


@dataclass(frozen=True, eq=False)
class AreaRules:
    """The rules in one area type, by points and by income."""

    by_scores: Outcomes
    by_income: Outcomes
    survey: ReadySurvey | None


def area_rules(standard: Standard, area_type: AreaType, on: date) -> AreaRules:
    """Raises NotPreparedError: no line in that year."""
    bounds = bounds_of(standard, area_type, on.year)
    points = [one.points for one in standard.indicators]

    def outcomes(ladder: Ladder | None, weights: Sequence[int]) -> Outcomes:
        return Outcomes(ladder or Ladder([]), weights, list(standard.kinds))

    return AreaRules(
        outcomes(score_ladder(standard, bounds), points),
        outcomes(income_ladder(standard, bounds), [1] * len(points)),
        ready_survey(standard.income_survey, bounds) if standard.income_survey else None,
    )


@dataclass(eq=False)
class Verdict:
    """As in ``Columns``; ``poor``: poor or near-poor (1, 0, −1 open); ``single``: as in ``Results``, where B1 may be only
    the least."""

    klass: Ints
    kind: Ints
    unsure: Ints
    poor: Ints
    worker: Ints | None = None
    single: Ints | None = None


ALWAYS = ("klass", "kind", "unsure", "poor")


def decide(rules: AreaRules, facts: Facts, block: Block) -> Verdict:
    verdict = _by_ladders(rules, facts, block)
    if facts.incomes is not None and rules.survey is not None:
        _average(rules.survey, facts.incomes, facts, verdict, block)
        _worker(rules.survey, facts.incomes, verdict, block)
    return verdict


def _by_ladders(rules: AreaRules, facts: Facts, block: Block) -> Verdict:
    if facts.by_income is True:
        return _by_income(rules, facts, block)
    if facts.by_income is False:
        return _by_scores(rules, facts, block)
    return both(facts.by_income, _by_income(rules, facts, block), _by_scores(rules, facts, block))


def both(first: Ints | bool, one: Verdict, other: Verdict) -> Verdict:
    """The one where ``first`` says so, the other elsewhere."""
    merged = Verdict(*(np.where(first, getattr(one, name), getattr(other, name)) for name in ALWAYS))
    if one.worker is not None and other.worker is not None:
        merged.worker = np.where(first, one.worker, other.worker)
    if one.single is not None and other.single is not None:
        merged.single = np.where(first, one.single, other.single)
    return merged


def _verdict(outcomes: Outcomes, low: Ints, high: Ints, counts: Ints, facts: Facts) -> Verdict:
    place, results = outcomes.combination(low, high, counts), outcomes.results
    columns = (results.klass, results.kind, results.unsure, results.poor)
    found = Verdict(*(column.take(place) for column in columns))
    if facts.least_only is not None:
        found.single = results.single.take(place)
    return found


def _by_scores(rules: AreaRules, facts: Facts, block: Block) -> Verdict:
    outcomes, (low, high) = rules.by_scores, facts.b1
    lowest = outcomes.stretch(low)
    highest = lowest if high is low else outcomes.stretch(high)
    return _verdict(outcomes, lowest, highest, _counts(outcomes, facts, block, "b2"), facts)


def _by_income(rules: AreaRules, facts: Facts, block: Block) -> Verdict:
    """Amounts of a year: twelve times the month's for a person, or the household's sum against bounds for all members."""
    outcomes, incomes = rules.by_income, facts.incomes
    month = block.of_or_open(block.table.income_month, np.int64, NO_MONEY)
    stretch, known = outcomes.stretch(month * MONTHS), month != NO_MONEY
    if incomes is not None:
        stretch = np.where(known, stretch, outcomes.stretch(incomes.total, block.sizes))
        known |= incomes.known
    counts = _counts(outcomes, facts, block, "deprivations")
    return _verdict(outcomes, np.where(known, stretch, 0), np.where(known, stretch, outcomes.top), counts, facts)


def _counts(outcomes: Outcomes, facts: Facts, block: Block, given: str) -> Ints:
    """Of the roster's indicators, or the number that stands in the column."""
    column: Ints | None = getattr(block.table, given)
    if facts.survey is True or column is None:
        return outcomes.reach.of_indicators(facts.indicators, facts.deprived, facts.opened)
    numbers = outcomes.reach.of_numbers(block.of(column))
    if facts.survey is False:
        return numbers
    return np.where(facts.survey, outcomes.reach.of_indicators(facts.indicators, facts.deprived, facts.opened), numbers)


def _average(survey: ReadySurvey, incomes: Incomes, facts: Facts, verdict: Verdict, block: Block) -> None:
    """A farming household that scores find not poor may be of average standard."""
    if survey.average_up_to is None:
        return
    sizes, farming = block.sizes, block.household("farming")
    between = incomes.total <= survey.average_up_to * sizes
    if survey.average_over is not None:
        between &= incomes.total > survey.average_over * sizes
    no = (farming == 0) | (incomes.known & ~between)
    yes = (farming == 1) & incomes.known & between
    may_be = incomes.asked & ~np.asarray(facts.by_income) & (verdict.klass == NOT_POOR) & ~no
    verdict.klass = np.where(may_be, np.where(yes, np.int8(AVERAGE), np.int8(-1)), verdict.klass)
    verdict.kind = np.where(may_be, np.int8(-1), verdict.kind)
    verdict.unsure = verdict.unsure & ~may_be


def _worker(survey: ReadySurvey, incomes: Incomes, verdict: Verdict, block: Block) -> None:
    """Low-income workers: of a household that is neither poor nor near-poor, by its income."""
    if survey.worker_up_to is None:
        return
    low = incomes.known & (incomes.total <= survey.worker_up_to * block.sizes)
    no, yes = (incomes.known & ~low) | (verdict.poor == 1), low & (verdict.poor == 0)
    verdict.worker = np.where(incomes.asked & yes, np.int8(1), np.where(incomes.asked & no, np.int8(0), np.int8(-1)))
