"""At which ages a question about a member can matter, as the conditions of the law say. Plain Python."""

from collections.abc import Iterable, Iterator, Sequence

from households.criteria.asked import BIRTH
from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import Condition, MemberTest, SeveralTest, ShareTest, Standard, Test, Who

Ages = tuple[int, int | None]  # from (included) to (not included), in completed years
ALL: Ages = (0, None)


def ages_asked(standard: Standard, table: B1Table | None = None) -> dict[str, frozenset[Ages]]:
    """Field of a member → the ages of each condition that reads it."""
    found: dict[str, set[Ages]] = {}
    for conditions in _alternatives(standard, table):
        ages = _ages(conditions)
        for field in {one.field for one in conditions if not _by_birth(one)}:
            found.setdefault(field, set()).add(ages)
    return {field: frozenset(ages) for field, ages in found.items()}


def together(found: Iterable[dict[str, frozenset[Ages]]]) -> dict[str, list[Ages]]:
    """Of several standards: asked where one of them asks; without an entry, or with ALL, at any age."""
    merged: dict[str, set[Ages]] = {}
    for one in found:
        for field, ages in one.items():
            merged.setdefault(field, set()).update(ages)
    return {field: [ALL] if ALL in ages else _joined(ages) for field, ages in merged.items() if field != BIRTH}


def _joined(ages: Iterable[Ages]) -> list[Ages]:
    """Spans that touch become one."""
    found: list[Ages] = []
    for low, high in sorted(ages, key=lambda one: one[0]):
        if found and (found[-1][1] is None or low <= found[-1][1]):
            last, end = found[-1]
            found[-1] = (last, None if end is None or high is None else max(end, high))
        else:
            found.append((low, high))
    return found


def _by_birth(one: Condition) -> bool:
    return one.low is not None or one.high is not None or one.born_from is not None


def _ages(conditions: Sequence[Condition]) -> Ages:
    """A day of birth as a bound is left open: it moves with the year."""
    low = max((one.low for one in conditions if one.low is not None), default=0)
    highs: list[int] = [one.high for one in conditions if one.high is not None]
    return low, min(highs, default=None)


def _alternatives(standard: Standard, table: B1Table | None) -> Iterator[tuple[Condition, ...]]:
    for indicator in standard.indicators:
        yield from _of_test(indicator.test)
    for group in table.groups if table else ():
        yield from group.zero_if_all or ()
        for option in group.options:
            yield from _of_test(option.when) if option.when is not None else ()


def _of_test(test: Test) -> Iterator[tuple[Condition, ...]]:
    match test:
        case MemberTest() | ShareTest():
            who: Who = test.who
            yield from who
        case SeveralTest():
            for part in test.parts:
                yield from _of_test(part)
        case _:
            return
