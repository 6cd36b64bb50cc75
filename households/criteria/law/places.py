"""On which line of a TOML text each value stands. The text has been parsed by tomllib: the scanner trusts its syntax."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping

Path = tuple[str | int, ...]

_KEY = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*(\.?)""")
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[^,\]}#\n]+")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)


class Places:
    """Line of a path; where the path itself is not written, of the nearest table around it."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self._lines = lines

    def line(self, path: Path) -> int:
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def places_of(text: str) -> Places:
    lines: dict[Path, int] = {}
    for path, line in _Scanner(text).run():
        for length in range(1, len(path) + 1):
            lines.setdefault(path[:length], line)  # [texts.nd07] opens "texts" too
    return Places(lines)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        self.at = 0
        self.ends = [found.start() for found in re.finditer("\n", self.text)]
        self.counts: dict[Path, int] = {}

    def run(self) -> Iterator[tuple[Path, int]]:
        table: Path = ()
        self._space()
        while self.at < len(self.text):
            line = self._line()
            if self.text[self.at] == "[":
                table = self._header()
                yield table, line
            else:
                yield from self._pair(table)
            self._space()

    def _line(self) -> int:
        return bisect_left(self.ends, self.at) + 1

    def _space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _keys(self) -> list[str]:
        keys, more = [], "."
        while more:
            found = _KEY.match(self.text, self.at)
            assert found is not None  # noqa: S101  # tomllib has accepted the text
            keys.append(_plain(found[1]))
            more, self.at = found[2], found.end()
        return keys

    def _header(self) -> Path:
        several = self.text.startswith("[[", self.at)
        self.at += 2 if several else 1
        path: Path = ()
        keys = self._keys()
        for number, key in enumerate(keys, 1):
            path = (*path, key)
            if several and number == len(keys):
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        self.at += 2 if several else 1
        return path

    def _pair(self, table: Path) -> Iterator[tuple[Path, int]]:
        line = self._line()
        path = (*table, *self._keys())
        yield path, line
        self.at += 1  # the sign "="
        self._space()
        yield from self._value(path)

    def _value(self, path: Path) -> Iterator[tuple[Path, int]]:
        first = self.text[self.at]
        if first == "[":
            yield from self._array(path)
        elif first == "{":
            yield from self._inline(path)
        else:
            found = (_STRING if first in "\"'" else _BARE).match(self.text, self.at)
            self.at = found.end() if found else self.at + 1

    def _array(self, path: Path) -> Iterator[tuple[Path, int]]:
        self.at += 1
        number = 0
        while self._next() != "]":
            yield (*path, number), self._line()
            yield from self._value((*path, number))
            number += 1
        self.at += 1

    def _inline(self, path: Path) -> Iterator[tuple[Path, int]]:
        self.at += 1
        while self._next() != "}":
            yield from self._pair(path)
        self.at += 1

    def _next(self) -> str:
        """The next sign that is neither space nor comma."""
        self._space()
        while self.text[self.at] == ",":
            self.at += 1
            self._space()
        return self.text[self.at]


def _plain(key: str) -> str:
    if key[0] in "\"'":
        return next(iter(tomllib.loads(f"{key} = 0")))
    return key
