"""Three-valued logic: True, False, and None for what the answers given do not settle."""

from collections.abc import Iterable

Truth = bool | None


def all_of(truths: Iterable[Truth]) -> Truth:
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            found = None
    return found


def any_of(truths: Iterable[Truth]) -> Truth:
    found: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            found = None
    return found


def agreed(truths: Iterable[Truth]) -> Truth:
    """What all possible cases say alike; at least one case."""
    first, *others = truths
    return first if all(other is first for other in others) else None


def at_least(bound: int, truths: list[Truth]) -> Truth:
    sure = truths.count(True)
    if sure >= bound:
        return True
    return None if sure + truths.count(None) >= bound else False
