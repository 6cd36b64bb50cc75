"""Numbers that pass the checks of registry/identity.py and are seen to be invented: **the last six digits of each are 900000
or more**. No two are alike. Plain Python."""

from collections import Counter
from dataclasses import dataclass, field

FIRST, PER_HEAD = 900_000, 100_000


@dataclass
class InventedNumbers:
    """Counts on for as long as it is used: one for all households of a demonstration."""

    given: Counter[str] = field(default_factory=Counter)

    def personal(self, province: str, *, year: int, female: bool) -> str:
        """``province``: one of the 63, where the birth was registered. 12 digits."""
        return self._next(f"0{province}{(year // 100 - 19) * 2 + female}{year % 100:02}")

    def old(self) -> str:
        """Chứng minh nhân dân, 9 digits."""
        return self._numbered("old", 3)

    def insurance(self) -> str:
        """Social insurance, 10 digits."""
        return self._numbered("insurance", 4)

    def _next(self, head: str) -> str:
        count = self.given[head]
        if count == PER_HEAD:
            raise ValueError("too many people for the numbers that are seen to be invented")
        self.given[head] += 1
        return f"{head}{FIRST + count}"

    def _numbered(self, kind: str, digits: int) -> str:
        count = self.given[kind]
        self.given[kind] += 1
        return f"{count // PER_HEAD:0{digits}}{FIRST + count % PER_HEAD}"


def is_invented(number: str) -> bool:
    return number[-6:].isdigit() and int(number[-6:]) >= FIRST
