"""Reading a table of a document key by key: each wrong value becomes a fault with its path, and reading goes on."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from unicodedata import is_normalized

from households.criteria.law.places import Path
from households.criteria.law.wording import offer

Option = TypeVar("Option", bound=StrEnum)

_NAMES = {bool: "true hoặc false", int: "một số nguyên, không đặt trong ngoặc kép", str: "chữ trong ngoặc kép"}
_NAMES |= {date: "một ngày dạng 2021-01-27", list: "một danh sách [ … ]", dict: "một bảng"}
_MISSING = object()
HIGHEST = 10**12  # đồng, and everything else
LONGEST = 4000  # signs of one text
MOST = 60  # tables of one kind: the checks compare each with each
YEARS = (1993, 2100)  # the first national poverty line is of 1993


class Found:
    """Faults of reading, by path."""

    def __init__(self) -> None:
        self.faults: list[tuple[Path, str]] = []

    def add(self, path: Path, text: str) -> None:
        self.faults.append((path, text))

    @property
    def paths(self) -> frozenset[Path]:
        return frozenset(path for path, _ in self.faults)


class Table:
    """After a fault a method answers an empty value of its type: nothing is built from a document with faults."""

    def __init__(self, data: Mapping[str, Any], path: Path, found: Found) -> None:
        self.data = data
        self.path = path
        self.found = found
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def fault(self, key: str | None, text: str) -> None:
        self.found.add(self.path if key is None else (*self.path, key), text)

    def text(self, key: str, default: str | None = None, *, most: int = LONGEST) -> str:
        written = self._typed(key, str, "", default)
        if len(written) > most:
            self.fault(key, f"dài {len(written)} ký tự, nhiều nhất {most}.")
        if key in self and default is None and written == self.data[key] and not written.strip():
            self.fault(key, "để trống.")
        elif not written.isprintable():
            self.fault(key, "có ký tự ẩn hoặc xuống dòng: gõ lại trên một dòng.")
        elif not is_normalized("NFC", written):
            self.fault(key, "dấu tiếng Việt viết rời (tổ hợp): gõ lại bằng Unicode dựng sẵn.")
        return written

    def number(self, key: str, default: int | None = None, *, low: int = 0, high: int = HIGHEST) -> int:
        value = self._typed(key, int, low, default)
        if not low <= value <= high:
            self.fault(key, f"ghi {value}, phải từ {low} đến {high}.")
            return low
        return value

    def number_or_none(self, key: str, *, low: int = 0, high: int = HIGHEST) -> int | None:
        self.touch(key)
        return self.number(key, low=low, high=high) if key in self else None

    def text_or_none(self, key: str) -> str | None:
        self.touch(key)
        return self.text(key) if key in self else None

    def flag(self, key: str, default: bool | None = None) -> bool:
        return self._typed(key, bool, False, default)

    def year(self, key: str) -> int:
        return self.number(key, low=YEARS[0], high=YEARS[1])

    def year_or_none(self, key: str) -> int | None:
        return self.number_or_none(key, low=YEARS[0], high=YEARS[1])

    def day(self, key: str) -> date:
        return self._typed(key, date, date.min, None)

    def day_or_none(self, key: str) -> date | None:
        self.touch(key)
        return self.day(key) if key in self else None

    def option(self, key: str, options: type[Option]) -> Option:
        written = self.text(key)
        if written in {str(one) for one in options}:
            return options(written)
        if isinstance(self.data.get(key), str):
            self.fault(key, f"không có “{written}”; {offer(written, options)}")
        return next(iter(options))

    def texts(self, key: str) -> list[str]:
        return [one for one in self.items(key) if self._is(one, str, key)]

    def items(self, key: str) -> list[Any]:
        return self._typed(key, list, [], None)

    def table(self, key: str) -> "Table":
        return Table(self._typed(key, dict, {}, None), (*self.path, key), self.found)

    def table_or_none(self, key: str) -> "Table | None":
        self.touch(key)
        return self.table(key) if key in self else None

    def tables(self, key: str) -> Iterator["Table"]:
        """Of ``[[key]]``, also when none is written."""
        entries = self._typed(key, list, [], [])
        if len(entries) > MOST:
            self.fault(key, f"có {len(entries)} bảng, nhiều nhất {MOST}.")
            return
        for number, entry in enumerate(entries):
            if isinstance(entry, dict):
                yield Table(entry, (*self.path, key, number), self.found)
            else:
                self.found.add((*self.path, key, number), f"phải là {_NAMES[dict]}, đang ghi {_shown(entry)}.")

    def named_tables(self, key: str) -> Iterator[tuple[str, "Table"]]:
        """Of ``[key.name]``."""
        parent = self.table(key) if key in self else Table({}, (*self.path, key), self.found)
        for name in parent.data:
            yield name, parent.table(name)

    def end(self, *, also: Iterable[str] = ()) -> None:
        """Every key that nobody asked for is a fault: a mistyped name must not be passed over."""
        for key in self.data:
            if key not in self._asked and key not in also:
                self.fault(key, f"không có khóa “{key}” ở đây; {offer(key, sorted(self._asked))}")

    def touch(self, key: str) -> None:
        """The key is known here, whether it is written or not."""
        self._asked.add(key)

    def _typed(self, key: str, kind: type, empty: Any, default: Any) -> Any:
        self._asked.add(key)
        value = self.data.get(key, _MISSING)
        if value is _MISSING:
            if default is None:
                self.fault(None, f"thiếu “{key}”: cần {_NAMES[kind]}.")
            return empty if default is None else default
        return value if self._is(value, kind, key) else empty

    def _is(self, value: Any, kind: type, key: str) -> bool:
        exact = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        if exact and not isinstance(value, datetime):
            return True
        self.fault(key, f"phải là {_NAMES[kind]}, đang ghi {_shown(value)}.")
        return False


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "một danh sách"
    return "một bảng" if isinstance(value, dict) else f"“{value}”"
