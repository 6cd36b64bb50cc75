"""Whether a test of the law holds, household by household: 1, 0, or −1 where the answers do not settle it (int8)."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import numpy as np

from households.criteria.columns.block import Block
from households.criteria.columns.members import FULL, options
from households.criteria.columns.table import Ints
from households.criteria.law.parts import (
    AnswerTest,
    Condition,
    MemberTest,
    PerPersonTest,
    SeveralTest,
    ShareTest,
    SizeTest,
    Test,
    Who,
)
from households.criteria.vocabulary import Kind, vocabulary

Holds = Callable[[Block], Ints]


def who_of(test: Test) -> Iterator[Who]:
    """The alternatives that the test asks of members."""
    match test:
        case MemberTest() | ShareTest():
            yield test.who
        case SeveralTest():
            for part in test.parts:
                yield from who_of(part)
        case _:
            pass


def ready(test: Test) -> Holds:
    match test:
        case MemberTest():
            return partial(_members, test)
        case ShareTest():
            return partial(_share, test)
        case PerPersonTest():
            return partial(_per_person, test)
        case AnswerTest():
            return _answer(test.condition)
        case SizeTest():
            return partial(_size, test)
        case SeveralTest():
            return partial(_several, test.at_least, [ready(part) for part in test.parts])


def settled(sure: Ints, possible: Ints) -> Ints:
    """From two columns of truths, of which the first implies the second."""
    return np.asarray(2 * sure.view(np.int8) - possible.view(np.int8))


def _members(test: MemberTest, block: Block) -> Ints:
    return settled(*block.counts[test.who].reached(min(test.at_least, FULL)))


def _share(test: ShareTest, block: Block) -> Ints:
    counted, whole = block.counts[test.who], block.sizes * test.percent
    reached = np.greater if test.strict else np.greater_equal
    return settled(reached(counted.sure() * 100, whole), reached(counted.possible() * 100, whole))


def _per_person(test: PerPersonTest, block: Block) -> Ints:
    amount, limit = block.household(test.field), block.sizes * test.bound
    little = amount < limit if test.strict else amount <= limit
    return np.where(amount < 0, np.int8(-1), little.view(np.int8))


def _size(test: SizeTest, block: Block) -> Ints:
    fits = block.sizes >= (test.low or 0)
    if test.high is not None:
        fits &= block.sizes < test.high
    return fits.view(np.int8)


def _several(at_least: int, parts: Iterable[Holds], block: Block) -> Ints:
    sure, possible = np.zeros(block.n, np.int8), np.zeros(block.n, np.int8)
    for part in parts:
        holds = part(block)
        sure += holds == 1
        possible += holds != 0
    return settled(sure >= at_least, possible >= at_least)


def _answer(condition: Condition) -> Holds:
    field = vocabulary().household[condition.field]
    if field.kind is Kind.CHOICES:
        return _listed(condition, list(field.options))
    accepted = condition.accepted or frozenset()
    truths = np.array([*(option in accepted for option in options(field)), -1], np.int8)
    return lambda block: truths.take(block.household(condition.field))  # −1, an open answer, is the last


def _listed(condition: Condition, codes: list[str]) -> Holds:
    named = condition.none_of if condition.none_of is not None else condition.accepted or frozenset()
    bits = np.int32(sum(1 << number for number, code in enumerate(codes) if code in named))

    def holds(block: Block) -> Ints:
        answers = block.of_or_open(block.table.household.get(condition.field), np.int32)
        none = (answers & bits) == 0
        found = none if condition.none_of is not None else ~none
        return np.where(answers < 0, np.int8(-1), found.view(np.int8))

    return holds
