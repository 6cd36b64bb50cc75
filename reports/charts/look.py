from decimal import Decimal
from typing import Any

LINE_HEIGHT = 14
_MOST_LINES = 6
# Names with line breaks, one line of the label for each; a name of several lines stands with its middle at the bar.
LONG_NAMES: dict[str, Any] = {
    "labelLimit": 0,
    "labelExpr": "split(datum.label, '\\n')",
    "labelLineHeight": LINE_HEIGHT,
    "labelOffset": {
        "condition": [
            {"test": f"length(split(datum.value, '\\n')) === {lines}", "value": -(lines - 1) * LINE_HEIGHT // 2}
            for lines in range(2, _MOST_LINES + 1)
        ],
        "value": 0,
    },
}
LABELS: dict[str, Any] = {"type": "text", "fontSize": 12, "color": "#000000"}
NUMBERS: dict[str, Any] = {"format": ",~f"}  # thousands apart, decimals only where there are some


def exact(value: Decimal) -> str:
    """A number as exact text; the specification has it parsed, so that no float is made here."""
    return f"{value:f}"


def step(names: list[str]) -> int:
    """Height of a row in which the longest name has room."""
    return max(31, LINE_HEIGHT * max(name.count("\n") + 1 for name in names) + 10)
