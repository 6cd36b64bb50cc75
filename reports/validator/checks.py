"""Every check, in the order in which its findings are shown."""

from collections.abc import Callable, Iterable
from typing import Final

from reports.reported.source import LeftOut
from reports.tables import Finding, ReportData
from reports.validator.boundaries_differ import boundaries_differ
from reports.validator.codes_not_known import codes_not_known
from reports.validator.evidence import Evidence
from reports.validator.figures_left_out import figures_left_out
from reports.validator.money_per_household_time import money_per_household_time
from reports.validator.not_whole import not_whole
from reports.validator.over_hundred_percent import over_hundred_percent
from reports.validator.parts_and_total import parts_and_total
from reports.validator.periods_differ import periods_differ
from reports.validator.rates_and_counts import rates_and_counts
from reports.validator.rice_per_person import rice_per_person
from reports.validator.standard_changes import standard_changes
from reports.validator.stated_twice import stated_twice
from reports.validator.targets_apart import targets_apart
from reports.validator.units_differ import units_differ

Check = Callable[[Evidence], Iterable[Finding]]
CHECKS: Final[tuple[Check, ...]] = (
    parts_and_total,
    units_differ,
    stated_twice,
    rates_and_counts,
    over_hundred_percent,
    not_whole,
    rice_per_person,
    money_per_household_time,
    standard_changes,
    periods_differ,
    boundaries_differ,
    targets_apart,
    figures_left_out,
    codes_not_known,
)


def validate(report: ReportData, left_out: tuple[LeftOut, ...] = ()) -> tuple[Finding, ...]:
    """All findings, contradictions first."""
    evidence = Evidence(report, left_out)
    found = [finding for check in CHECKS for finding in check(evidence)]
    return tuple(sorted(found, key=lambda finding: finding.severity != "error"))
