"""The file to fill in: the groups and boxes of the portal's form, or of a table, with a column for each variant."""

from households.criteria.b1.parts import B1Table, Group
from households.criteria.b1.reading import COLUMNS
from households.criteria.law.parts import Standard

NO_BOX = "–"  # a plain hyphen would be escaped as the start of a formula


def header(standard: Standard) -> list[str]:
    return [*COLUMNS, *(one.name for one in standard.variants)]


def lines(standard: Standard, table: B1Table, *, filled: bool) -> list[list[str]]:
    """``filled``: with the table's points, to be corrected and loaded again; else to be filled in."""
    codes = [one.code for one in standard.variants]
    found = []
    for group in table.groups:
        for option in group.options:
            points = [_cell(option.points.get(code)) if filled else "" for code in codes]
            found.append([group.code, group.name, choose(group), option.code, option.name, *points])
    return found


def choose(group: Group) -> str:
    return "nhiều" if group.multiple else "một"


def _cell(points: int | None) -> str:
    return NO_BOX if points is None else str(points)
