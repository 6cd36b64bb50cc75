"""From which age an old person gets a monthly allowance without another ground. Plain Python."""

from datetime import date

from households.surveys.checks.parts import Known
from households.surveys.checks.seen import LOW

SINCE = date(2025, 7, 1)  # social pension
GENERAL, OF_THE_POOR, BEFORE = 75, 70, 80


def age_of_allowance(known: Known, on: date) -> int:
    """Of a household that is recognised as poor or near-poor earlier."""
    if on < SINCE:
        return BEFORE
    return OF_THE_POOR if known.recognised in LOW else GENERAL
