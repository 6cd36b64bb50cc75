"""What somebody typed into the search box, taken apart. Plain Python."""

import re
from dataclasses import dataclass
from itertools import permutations
from typing import TypeAlias

from households.registry.finding.name_keys import WORD, name_sort_key, words_of
from povertyportal.vietnamese import fold, tidy

LONGEST = 200  # of a text that is searched for
SECRET_DIGITS = 9  # so many digits in a row may be a personal number
MOST_PERMUTED = 4
WAYS_OF_A_CODE = 6  # in which an office may have written it
_HOUSEHOLD = re.compile(r"(?:(?:ho|so)[ :]+){0,2}(?:h[ .\-]?|#|(?<=[ :]))([0-9]{1,12})")
# What stands before a name or a code; "Mã" and "Hồ" are family names.
_LABEL = re.compile(r"^(?:mã hộ[ :]+(?=.*[0-9])|mã[ :]+(?=\S*[0-9])|hộ(?: ông| bà)?[ :]+)", re.IGNORECASE)
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_LETTERS_DIGITS = re.compile(r"(?<=[^\W\d])[ \-]?(?=\d)")
_GROUPED = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_SECRET = re.compile(rf"[a-z]{{2}}\d{{13}}|\d{{{SECRET_DIGITS},}}")
_DIGITS = re.compile(r"[0-9 .]+")
_YEAR = re.compile(r"(19|20)[0-9]{2}")


Reading: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]  # words of the name, words of the place


@dataclass(frozen=True, slots=True)
class Terms:
    """``words``: of the name, folded; ``written``: the same as typed; ``place``: folded words after a comma.

    ``number``: what in it may be a personal number; ``household``: it says H and a number; ``born``: a year stands beside
    words.
    """

    text: str
    number: str
    household: int | None
    words: tuple[str, ...]
    written: tuple[str, ...]
    place: tuple[str, ...]
    born: int | None

    def marked(self, count: int) -> str:
        """The sort key of the first words, taken as a name: marks count."""
        return name_sort_key(" ".join(self.written[:count]))

    def with_marks(self, count: int) -> bool:
        """Whether one of the first words was typed with any: else it may be anybody's of these letters."""
        return any(word.lower() != plain for word, plain in zip(self.written[:count], self.words, strict=False))

    @property
    def digits_only(self) -> bool:
        """Rather a personal number than the code of a household."""
        return bool(_DIGITS.fullmatch(self.text))

    @property
    def codes(self) -> list[str]:
        """How an office may have written it as the code of a household, as typed first; no code is without a digit."""
        if not any(letter.isdigit() for letter in self.text):
            return []
        if self.digits_only:
            return [self.text, *[self.text.replace(" ", "")] * (WAYS_OF_A_CODE - 1)]
        plain = _LABEL.sub("", _DASHES.sub("-", self.text))
        large = plain.upper()
        parted = [_LETTERS_DIGITS.sub(between, large) for between in ("-", " ")]
        return [plain, large, plain.lower(), large.replace(" ", ""), *parted]


def read(text: str) -> Terms:
    plain = tidy(text)[:LONGEST]
    if plain.isascii() and _DIGITS.fullmatch(plain):
        words = tuple(WORD.findall(plain))
        return Terms(plain, secret_in(plain), None, words, words, (), None)
    bare = _LABEL.sub("", plain)
    name, _comma, place = bare.partition(",")
    written, born = _without_year(tuple(WORD.findall(name)))
    found = _HOUSEHOLD.fullmatch(fold(plain)) or _HOUSEHOLD.fullmatch(fold(bare))
    words = tuple(fold(word) for word in written)
    household = int(found[1]) if found else None
    return Terms(plain, secret_in(plain), household, words, written, words_of(place), born)


def looks_like_number(text: str) -> bool:
    """Nothing of the kind may stand in an address (GET): nine digits in a row, whatever groups them, in any script."""
    return bool(secret_in(text))


def secret_in(text: str) -> str:
    """What in the text may be a personal number, without what groups its digits: "CCCD: 004.190.123.456"."""
    found = _SECRET.search(_GROUPED.sub("", fold(text)).replace(" ", ""))
    return found[0] if found else ""


def _without_year(words: tuple[str, ...]) -> tuple[tuple[str, ...], int | None]:
    years = [word for word in words if _YEAR.fullmatch(word)]
    if len(years) != 1 or len(words) == 1:
        return words, None
    return tuple(word for word in words if word != years[0]), int(years[0])


def other_orders(words: tuple[str, ...]) -> list[str]:
    """The same words in every other order; of a long name only those that move one end to the other."""
    turned = [words[1:] + words[:1], words[-1:] + words[:-1]]
    orders = permutations(words) if len(words) <= MOST_PERMUTED else turned
    return sorted({" ".join(order) for order in orders} - {" ".join(words)})


def name_and_place(terms: Terms) -> list[Reading]:
    """How the words may be a name and then a village or commune; the longest place first."""
    if terms.place:
        return [(terms.words, terms.place)]
    return [(terms.words[:at], terms.words[at:]) for at in range(1, len(terms.words))]
