"""What somebody types who looks for a person: one function for each way."""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from povertyportal.vietnamese import fold

_TELEX = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_TONES = {"\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0301": "s", "\u0323": "j"}
_LETTERS = "abcdefghiklmnopqrstuvxy"


@dataclass(frozen=True)
class Person:
    key: int
    name: str
    village: str
    code: str


def marked(person: Person, _rng: random.Random) -> str:
    return person.name


def unmarked(person: Person, _rng: random.Random) -> str:
    return fold(person.name)


def decomposed(person: Person, _rng: random.Random) -> str:
    return unicodedata.normalize("NFD", person.name)


def given_name(person: Person, _rng: random.Random) -> str:
    return person.name.split()[-1]


def given_unmarked(person: Person, _rng: random.Random) -> str:
    return fold(person.name.split()[-1])


def family_and_given(person: Person, _rng: random.Random) -> str:
    words = person.name.split()
    return f"{words[0]} {words[-1]}"


def middle_and_given(person: Person, _rng: random.Random) -> str:
    return " ".join(person.name.split()[1:])


def given_first(person: Person, _rng: random.Random) -> str:
    *others, given = fold(person.name).split()
    return " ".join([given, *others])


def unfinished(person: Person, _rng: random.Random) -> str:
    *others, given = fold(person.name).split()
    return " ".join([*others, given[:1]])


def slip(person: Person, rng: random.Random) -> str:
    """Two neighbours exchanged, one letter left out, or another one typed."""
    text = fold(person.name)
    at = rng.choice([at for at in range(1, len(text) - 1) if text[at] != " " != text[at + 1]] or [0])
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + (rng.choice(_LETTERS) if kind == 1 else "") + text[at + 1 :]


def telex_left(person: Person, _rng: random.Random) -> str:
    return " ".join(_telex(word) for word in person.name.lower().split())


def _telex(word: str) -> str:
    letters, tone = "", ""
    for letter in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", letter)
        tone += "".join(_TONES.get(mark, "") for mark in parts)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        letters += _TELEX.get(bare, bare)
    return letters + tone


def with_village(person: Person, _rng: random.Random) -> str:
    return f"{person.name} {person.village}"


def village_unmarked(person: Person, _rng: random.Random) -> str:
    return fold(f"{person.name} {person.village}")


KINDS: dict[str, Callable[[Person, random.Random], str]] = {
    "with marks": marked,
    "without marks": unmarked,
    "NFD": decomposed,
    "given name": given_name,
    "given name without marks": given_unmarked,
    "family and given name": family_and_given,
    "middle and given name": middle_and_given,
    "given name first": given_first,
    "unfinished": unfinished,
    "typing error": slip,
    "letters of the Telex keyboard": telex_left,
    "name and village": with_village,
    "same, without marks": village_unmarked,
}

# The whole name is typed, more or less rightly: somebody so called must come first. A part of a name is many people's.
WHOLE = set(KINDS) - {
    "given name", "given name without marks", "family and given name", "middle and given name", "unfinished",
}  # fmt: skip
