"""What was typed, field by field. Plain Python."""

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from povertyportal.vietnamese import parse_number, tidy

LONGEST = 200
Faults = dict[str, list[str]]
CELL = re.compile(r"m(\d{1,10})-(\w+)")  # of the roster: index of the row, column


class Typed:
    """``data``: name of a field → what was sent under it. Reading collects ``faults`` by the name of the field ("" for the page
    as a whole); ``refused``: the fields among those read for one standard."""

    def __init__(self, data: Mapping[str, Sequence[str]]) -> None:
        self.data = data
        self.faults: Faults = {}
        self.refused: set[str] = set()
        self._rows: list[int] | None = None

    def text(self, name: str) -> str:
        """The last that was sent, as forms are read."""
        sent = self.all(name)
        return tidy(sent[-1])[:LONGEST] if sent else ""

    def all(self, name: str) -> Sequence[str]:
        return self.data.get(name, ())

    def indexes(self) -> list[int]:
        """Rows of the roster as posted, blank ones too."""
        found = {int(match[1]) for name in self.data if (match := CELL.fullmatch(name))}
        return sorted(found)

    def filled_indexes(self) -> list[int]:
        return self._filled

    def without(self, names: Collection[str]) -> "Typed":
        """As if these fields were not answered; whoever has a row still has it. What is told of fields is told to both."""
        left = Typed({name: values for name, values in self.data.items() if name not in names})
        left.faults, left._rows = self.faults, self._filled
        return left

    @cached_property
    def _filled(self) -> list[int]:
        if self._rows is not None:
            return self._rows
        names = [name for name in self.data if CELL.fullmatch(name) and self.text(name)]
        filled = {int(name[1:].partition("-")[0]) for name in names}
        return [index for index in self.indexes() if index in filled]

    def say(self, name: str, sentence: str) -> None:
        self.refused.add(name)
        said = self.faults.setdefault(name, [])
        if sentence not in said:
            said.append(sentence)

    def number(self, name: str, *, whole: bool = True) -> Any:
        """An int, a Decimal, or None for an empty or a refused field."""
        if not (typed := self.text(name)):
            return None
        try:
            value = parse_number(typed)
        except ValueError as refused:
            self.say(name, str(refused))
            return None
        if not whole:
            return self._with_two_decimals(name, typed, value)
        if value != value.to_integral_value():
            self.say(name, f"“{typed}” không phải số nguyên; ghi số không có phần thập phân.")
            return None
        return int(value)

    def _with_two_decimals(self, name: str, typed: str, value: Decimal) -> Decimal | None:
        if value == round(value, 2):
            return value
        self.say(name, f"“{typed}” có quá hai chữ số sau dấu phẩy; ghi nhiều nhất hai, ví dụ 31,25.")
        return None
