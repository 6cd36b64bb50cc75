"""Which questions a standard needs answered: the fields that its tests read. Plain Python."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import (
    AnswerTest,
    Condition,
    MemberTest,
    PerPersonTest,
    SeveralTest,
    ShareTest,
    Standard,
    Test,
    Who,
)
from households.criteria.vocabulary import Field, vocabulary

BIRTH = "birth"  # stands for birth_date, or birth_year where the date is not known


@dataclass(frozen=True, slots=True)
class Fields:
    """Codes of the vocabulary; ``birth`` where an age counts."""

    member: frozenset[str]
    household: frozenset[str]

    def __or__(self, other: "Fields") -> "Fields":
        return Fields(self.member | other.member, self.household | other.household)


NOTHING = Fields(frozenset(), frozenset())


def fields_read(standard: Standard) -> Fields:
    """By the indicators; Phiếu A, B1 and Phụ lục VIII have questions of their own."""
    return _of_tests(indicator.test for indicator in standard.indicators)


def table_fields_read(table: B1Table) -> Fields:
    """What the roster must answer for the boxes of B1 that nobody ticks."""
    derived = _of_tests(option.when for group in table.groups for option in group.options if option.when is not None)
    zero = _of_who(who for group in table.groups if (who := group.zero_if_all) is not None)
    return derived | Fields(frozenset(zero), frozenset())


def _of_tests(tests: Iterable[Test]) -> Fields:
    found = NOTHING
    for test in tests:
        found |= _of_test(test)
    return found


def _of_test(test: Test) -> Fields:
    match test:
        case MemberTest() | ShareTest():
            return Fields(frozenset(_of_who([test.who])), frozenset())
        case PerPersonTest():
            return Fields(frozenset(), frozenset({test.field}))
        case AnswerTest():
            return Fields(frozenset(), frozenset({test.condition.field}))
        case SeveralTest():
            return _of_tests(test.parts)
        case _:
            return NOTHING


def _of_who(alternatives: Iterable[Who]) -> Iterator[str]:
    for who in alternatives:
        for conditions in who:
            yield from map(_field, conditions)


def _field(condition: Condition) -> str:
    by_birth = condition.low is not None or condition.high is not None or condition.born_from is not None
    return BIRTH if by_birth else condition.field


def member_questions(fields: Fields) -> tuple[Field, ...]:
    """In the order of the vocabulary; the name always, the birth as its two fields."""
    wanted = fields.member | {"name"} | ({"birth_date", "birth_year"} if BIRTH in fields.member else set())
    return tuple(field for code, field in vocabulary().member.items() if code in wanted)


def household_questions(fields: Fields) -> tuple[Field, ...]:
    return tuple(field for code, field in vocabulary().household.items() if code in fields.household)
