"""Invented names: people's by ethnic group and sex (names.toml), villages' by province (places.toml). Plain Python."""

import tomllib
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent
PLAIN_FORM = "{family} {middle} {given}"


@dataclass(frozen=True, slots=True)
class Weighted:
    """Draws one of its words, each as often as its weight says."""

    words: Sequence[str]
    bounds: Sequence[float]

    def draw(self, rng: Random) -> str:
        return self.words[bisect(self.bounds, rng.random() * self.bounds[-1], hi=len(self.words) - 1)]


def weighted(weights: Mapping[str, float]) -> Weighted:
    return Weighted(tuple(weights), tuple(accumulate(weights.values())))


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a group. Index 0 is male, 1 female."""

    families: Weighted
    middles: tuple[Sequence[str], Sequence[str]]
    given: tuple[Sequence[str], Sequence[str]]
    others: tuple[Sequence[str], Sequence[str]]
    forms: tuple[str, str]

    def draw(self, rng: Random, *, female: bool, family: str) -> str:
        pool = self.others[female] if self.others[female] and rng.random() < 0.5 else self.given[female]
        middle = self.middles[female][int(rng.random() * len(self.middles[female]))]
        given = pool[int(rng.random() * len(pool))]
        written = self.forms[female].format(family=family, middle=middle, given=given)
        return " ".join(written.split())


@cache
def names() -> Mapping[str, Names]:
    """By the key of the ethnic group."""
    read = tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))
    return {key: _names(one, read) for key, one in read.items()}


def _names(one: dict[str, Any], read: dict[str, Any]) -> Names:
    other = read.get(one.get("also", ""), {})
    return Names(
        weighted(_counted(one["families"])),
        (one["middles_male"], one["middles_female"]),
        (one["given_male"], one["given_female"]),
        (other.get("given_male", ()), other.get("given_female", ())),
        (one.get("form_male", PLAIN_FORM), one.get("form_female", PLAIN_FORM)),
    )


def _counted(text: str) -> dict[str, float]:
    """ "Nguyễn 38, Trần 12"."""
    pairs = (one.rsplit(" ", 1) for one in text.split(", "))
    return {name: float(often) for name, often in pairs}


@cache
def _places() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "places.toml").read_text(encoding="utf-8"))


@cache
def groups_of(province: str) -> Weighted:
    mix = _places()["mix"]
    return weighted(mix.get(province, mix["other"]))


def village_type(province: str, *, town: bool) -> str:
    types = _places()["types"]
    return str(types.get(province, types["other"])[town])


def village_names(rng: Random, province: str, count: int, *, taken: Sequence[str]) -> list[str]:
    """Different from each other and from those ``taken``; when the words run out, numbered."""
    mix = _places()["mix"].get(province, {"kinh": 1})
    stock = _places()["lowland" if max(mix, key=mix.get) == "kinh" else "highland"]
    every = [f"{first} {second}" for first in stock["first"] for second in stock["second"] if first != second]
    free = [name for name in every if name not in taken]
    found = rng.sample(free, min(count, len(free)))
    return [*found, *[f"{name} {turn}" for turn in range(2, 99) for name in every][: count - len(found)]]
