"""What a document must hold as a whole. One file a check; each gives (path in the document, sentence)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from households.criteria.law.checks.application_years import application_years
from households.criteria.law.checks.dimensions_match import dimensions_match
from households.criteria.law.checks.halves_agree import halves_agree
from households.criteria.law.checks.income_bounds import income_bounds
from households.criteria.law.checks.kinds_match import kinds_match
from households.criteria.law.checks.known_answers import known_answers
from households.criteria.law.checks.known_lines import known_lines
from households.criteria.law.checks.line_units import line_units
from households.criteria.law.checks.line_years import line_years
from households.criteria.law.checks.nothing_missing import nothing_missing
from households.criteria.law.checks.rule_cells import rule_cells
from households.criteria.law.checks.rule_slope import rule_slope
from households.criteria.law.checks.unique_codes import unique_codes
from households.criteria.law.checks.unsure_decides import unsure_decides
from households.criteria.law.parts import Standard
from households.criteria.law.places import Path

Finding = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class Check:
    """``reads``: sections that must have been read without a fault, else the check would only repeat it in other words.
    Without any the check looks at each entry for itself, and only what it says of a spoiled entry is left out."""

    find: Callable[[Standard], Iterator[Finding]]
    reads: frozenset[str]


def _check(find: Callable[[Standard], Iterator[Finding]], *reads: str) -> Check:
    return Check(find, frozenset(reads))


CHECKS = (
    _check(nothing_missing, "lines", "rules", "indicators"),
    _check(application_years, "applies"),
    _check(unique_codes),
    _check(line_units, "lines"),
    _check(line_years, "applies", "lines", "score_lines"),
    _check(known_lines),
    _check(known_answers),
    _check(dimensions_match, "dimensions", "indicators"),
    _check(kinds_match, "kinds"),
    _check(income_bounds, "lines", "income_survey"),
    _check(unsure_decides, "provenance", "lines", "score_lines", "rules"),
    _check(halves_agree, "indicators", "rules"),
    _check(rule_cells, "applies", "lines", "score_lines", "rules"),
    _check(rule_slope, "provenance", "applies", "lines", "score_lines", "rules"),
)


def faults_of(standard: Standard, *, spoiled: frozenset[Path]) -> Iterator[Finding]:
    """``spoiled``: paths of the faults that reading has found."""
    sections = {str(path[0]) for path in spoiled if path}
    entries = {path[:2] for path in spoiled if path}
    for check in CHECKS:
        if not check.reads & sections:
            yield from (finding for finding in check.find(standard) if finding[0][:2] not in entries)
