from decimal import Decimal
from typing import Any

# Names with line breaks, one line of the label for each.
LONG_NAMES: dict[str, Any] = {
    "labelLimit": 0,
    "labelExpr": "split(datum.label, '\\n')",
    "labelLineHeight": 14,
    # a name of two lines stands with its middle, not with its first line, at the bar
    "labelOffset": {"condition": {"test": "indexof(datum.value, '\\n') > 0", "value": -7}, "value": 0},
}
LABELS: dict[str, Any] = {"type": "text", "fontSize": 12, "color": "#000000"}


def exact(value: Decimal) -> str:
    """A number as exact text; the specification has it parsed, so that no float is made here."""
    return f"{value:f}"
