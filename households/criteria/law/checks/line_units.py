from collections.abc import Iterator

from households.criteria.law.parts import Standard
from households.criteria.law.places import Path


def line_units(standard: Standard) -> Iterator[tuple[Path, str]]:
    """All of a month or all of a year: the rules compare one income with them."""
    for number, line in enumerate(standard.lines):
        if line.unit != standard.lines[0].unit:
            yield (
                ("lines", number, "unit"),
                f"ghi “{line.unit}” nhưng mức đầu tiên ghi “{standard.lines[0].unit}”: mọi mức phải cùng đơn vị.",
            )
