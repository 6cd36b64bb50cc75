"""How far an invented round has come: some communes are finished, of the others some villages, some have not begun."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from random import Random

from households.registry.demonstration.mapping import FIRST_COMMUNE
from households.surveys.demonstration.listed import Listed

DONE, TYPING, HANDED, RETURNED, WAITING = "done", "typing", "handed", "returned", "waiting"
FINISHED, BEGUN = 0.45, 0.85  # of a commune's forms: up to where all are done; from where none is
# What those between are, over and over.
UNDER_WAY = (DONE, TYPING, WAITING, RETURNED, DONE, TYPING, HANDED, WAITING, DONE, TYPING, WAITING, RETURNED)
FIRST_VISIT, VISITS, TO_TYPE = (
    12,
    55,
    3,
)  # days after the round begins; days in which visits fall; days from visit to typing
UNDER_WAY_EVERY, WHOLE_VISITS = 6, 30  # of so many communes one is under way; in the others visits fall in fewer days
LEAST_DAYS = 25  # after which anything of a running round is typed


def states(rows: Sequence[Listed]) -> Iterator[tuple[Listed, str]]:
    """``rows`` in the order of commune and village."""
    whole = whole_communes(one.commune for one in rows)
    for commune, own in groupby(rows, key=lambda one: one.commune):
        forms = list(own)
        for turn, one in enumerate(forms):
            yield one, DONE if commune in whole else _state((turn + 0.5) / len(forms), turn)


def whole_communes(communes: Iterable[str]) -> frozenset[str]:
    """In which every form is done; never the one that has the accounts of the demonstration."""
    others = sorted(set(communes) - {FIRST_COMMUNE})
    return frozenset(others) - set(others[::UNDER_WAY_EVERY])


def _state(share: float, turn: int) -> str:
    if share < FINISHED:
        return DONE
    return UNDER_WAY[turn % len(UNDER_WAY)] if share < BEGUN else WAITING


def visit_day(listed: Listed, first: date, last: date, seed: int, *, early: bool = False) -> date:
    """One for each village, three for a commune; not after ``last``."""
    rng = Random(f"{seed} {listed.commune} {first.year} visits")  # noqa: S311  # nothing secret
    number = int(listed.place.village.rpartition("-")[2] or 0) % 3 if "-" in listed.place.village else 0
    span = max(1, min(WHOLE_VISITS if early else VISITS, (last - first).days - FIRST_VISIT - TO_TYPE))
    return min(last, first + timedelta(days=FIRST_VISIT + (rng.randint(0, span - 1) + 5 * number) % span))
