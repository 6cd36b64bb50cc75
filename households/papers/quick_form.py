"""What Phiếu A prints: one line a household, a column a criterion."""

from dataclasses import dataclass
from typing import Any

from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import Standard, Variant
from households.papers.places import place_lines

ROWS = 22  # both sides of one sheet


@dataclass(frozen=True, slots=True)
class QuickLine:
    number: int
    head: str = ""


def quick_form(standard: Standard, variant: Variant | None, table: B1Table | None) -> dict[str, Any]:
    if (sheet := standard.sheet_a) is None:
        return {}
    return {
        "sheet": sheet,
        "texts": any(item.text for item in sheet.items),
        "rows": [QuickLine(number) for number in range(1, ROWS + 1)],
        "places": place_lines(standard),
    }
