"""The search without indexes, keys or statements: every person is looked at, one after the other.

Says in plain words what ``registry.finding.search`` means by its order. What may have been meant (typing slips) is told as
a set; its order is not part of the promise.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from households.registry.finding.misspelt import telex, vni
from povertyportal.vietnamese import fold, sort_key, tidy


@dataclass(frozen=True)
class Stay:
    """A person in a household at a place on days [start, end)."""

    household: int
    area: str
    head: bool
    start: date
    end: date | None


@dataclass(frozen=True)
class Somebody:
    key: int
    name: str
    born: int | None
    died: date | None
    stays: tuple[Stay, ...]

    @property
    def words(self) -> list[str]:
        return re.findall(r"\w+", fold(self.name))

    @property
    def given(self) -> str:
        return sort_key(self.name.split()[-1])

    @property
    def order(self) -> tuple[str, str]:
        *others, given = self.name.split()
        return sort_key(given), sort_key(" ".join(others))

    def on(self, day: date) -> Stay | None:
        return next((stay for stay in self.stays if stay.start <= day and (stay.end is None or day < stay.end)), None)

    @property
    def last(self) -> Stay:
        return max(self.stays, key=lambda stay: stay.start)

    @property
    def gone(self) -> bool:
        return self.died is not None or self.last.end is not None


Test = Callable[[Somebody, list[str], str], bool]


def has_marks(text: str) -> bool:
    return tidy(text).lower() != fold(text)


def same_marks(one: Somebody, words: list[str], text: str) -> bool:
    return has_marks(text) and one.order == Somebody(0, text, None, None, ()).order


def same_letters(one: Somebody, words: list[str], text: str) -> bool:
    return one.words == words


def other_order(one: Somebody, words: list[str], text: str) -> bool:
    return one.words != words and (
        tuple(one.words) in set(permutations(words)) if len(words) < 5 else turned(one, words)
    )


def turned(one: Somebody, words: list[str]) -> bool:
    return one.words in (words[1:] + words[:1], words[-1:] + words[:-1])


def given_with_marks(one: Somebody, words: list[str], text: str) -> bool:
    return given(one, words, text) and one.given == sort_key(text.rsplit(maxsplit=1)[-1])


def given(one: Somebody, words: list[str], text: str) -> bool:
    return len(one.words) > len(words) and one.words[-len(words) :] == words


def family(one: Somebody, words: list[str], text: str) -> bool:
    return len(one.words) > len(words) and one.words[: len(words)] == words


def some_words(one: Somebody, words: list[str], text: str) -> bool:
    return len(words) > 1 and one.words[-1] in (words[-1], words[0]) and set(words) <= set(one.words)


def begun(one: Somebody, words: list[str], text: str) -> bool:
    from_family = " ".join(one.words).startswith(" ".join(words))
    return from_family or (one.words[-1].startswith(words[-1]) and set(words[:-1]) <= set(one.words))


def anywhere(one: Somebody, words: list[str], text: str) -> bool:
    return set(words) <= set(one.words)


WAYS: list[tuple[str, Test]] = [
    ("marked", same_marks),
    ("folded", same_letters),
    ("order", other_order),
    ("given", given_with_marks),
    ("given", given),
    ("family", family),
    ("words", some_words),
]
BEGUN: list[tuple[str, Test]] = [("begun", begun)]
INNER: list[tuple[str, Test]] = [("words", anywhere)]  # where few are found so far


def seen(people: Sequence[Somebody], covers: Callable[[str, date], bool], on: date, day: date) -> list[Somebody]:
    """Who may be shown: where he lives (or lived last) today; for a past day, who was somewhere then, if that place is in the
    scope, then or on today's map (a household here stays where it is; who moves goes on to another one)."""
    if on >= day:
        return [one for one in people if covers(one.last.area, on)]
    there = [(one, one.on(on)) for one in people]
    return [one for one, stay in there if stay and (covers(stay.area, on) or covers(stay.area, day))]


def ranked(people: Sequence[Somebody], ways: Sequence[tuple[str, Test]], text: str, *, past: bool) -> dict[int, str]:
    """Persons in their order, each with the first way in which he is found."""
    words = re.findall(r"\w+", fold(text))
    typed = sort_key(text.rsplit(maxsplit=1)[-1])
    found: dict[int, str] = {}
    for why, test in ways:
        some = [one for one in people if test(one, words, text)]
        for one in sorted(some, key=lambda one: (one.gone and not past, one.given != typed, one.order, one.key)):
            found.setdefault(one.key, why)
    return found


def meant(people: Sequence[Somebody], text: str, known: set[str]) -> set[int]:
    """Whoever bears the words that were meant: the unknown ones put right, or one of the known ones changed."""
    words = re.findall(r"\w+", fold(text))
    readings: list[list[list[str]]] = [[]]
    unknown = [word for word in words if word not in known]
    if unknown:
        for word in words:
            options = (
                [[word]] if word in known else [*([near] for near in known if is_near(word, near)), *parts(word, known)]
            )
            readings = [[*before, option] for before in readings for option in options]
    else:
        readings = [
            [[near] if other == at else [word] for other, word in enumerate(words)]
            for at in range(len(words))
            for near in known
            if is_near(words[at], near)
        ]
    flat = [[word for part in reading for word in part] for reading in readings]
    return {one.key for one in people for reading in flat if one.words == reading}


def parts(word: str, known: set[str]) -> list[list[str]]:
    """Known words that were typed without the blank between them."""
    found = [[word[:at], word[at:]] for at in range(1, len(word)) if {word[:at], word[at:]} <= known]
    for at in range(1, len(word)):
        if word[:at] in known:
            found += [[word[:at], *rest] for rest in parts(word[at:], known)]
    return found


def is_near(typed: str, wanted: str) -> bool:
    return wanted in (telex(typed), vni(typed)) or distance(typed, wanted) == 1


def distance(one: str, other: str) -> int:
    """Of Damerau and Levenshtein: letters left out, added, replaced, or two neighbours exchanged."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
