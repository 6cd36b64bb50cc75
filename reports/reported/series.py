"""Which figures may be compared: the one rule of sentences, tables, charts and findings."""

from reports.reported.vocabulary import change_days, find_measure
from reports.tables import Figure, FigureKey


def same_series(first: Figure, last: Figure) -> bool:
    """Whether a change between the two may be told or drawn: one standard, and one territory."""
    return same_standard(first.key, last.key) and same_territory(first, last)


def same_standard(first: FigureKey, last: FigureKey) -> bool:
    """One named standard, or none on both and no change of standard (1/1/2016, 1/1/2022, 1/1/2027 …) after the first
    and up to the last. Households in all follow no standard."""
    if find_measure(first.measure).of_all and find_measure(last.measure).of_all:
        return True
    if first.standard != last.standard:
        return False
    return bool(first.standard) or not any(first.period_to < day <= last.period_from for day in change_days())


def same_territory(first: Figure, last: Figure) -> bool:
    """Whether the unit is known to have been the same on the maps of the two."""
    return first.same_since == last.same_since
