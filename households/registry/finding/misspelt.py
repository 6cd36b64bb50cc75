"""What a mistyped word may have meant: letters that Telex and VNI keys left behind, and slips of one letter. Plain Python."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import product

LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_COMBINATIONS = 40
MOST_PARTS, LONGEST_WORD = 4, 8
_VOWEL = re.compile(r"[aeiouyw]")
_DOUBLED = re.compile(r"([aeod])\1")


def telex(word: str) -> str:
    """ "nguyeenx" is nguyen, "dduwcs" duc, "tw" tu."""
    bare = re.sub(r"(?<=[aou])w", "", _DOUBLED.sub(r"\1", word)).replace("w", "u")
    first = _VOWEL.search(bare)
    if first is None:
        return bare
    end = first.end()
    return _DOUBLED.sub(r"\1", bare[:end] + re.sub(r"[sfrxjz]", "", bare[end:]))


def vni(word: str) -> str:
    """ "nguye64n" is nguyen."""
    return re.sub(r"[0-9]", "", word) if word[:1].isalpha() else word


def one_slip(word: str) -> set[str]:
    """Everything one letter away: one left out, one too many, one for another, two neighbours exchanged."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    shorter = {a + b[1:] for a, b in parts if b}
    exchanged = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    replaced = {a + letter + b[1:] for a, b in parts if b for letter in LETTERS}
    longer = {a + letter + b for a, b in parts for letter in LETTERS}
    return (shorter | exchanged | replaced | longer) - {word, ""}


def keys_left(word: str) -> list[str]:
    """Without what Telex and VNI leave behind where they were off."""
    return [one for one in (telex(word), vni(word), telex(vni(word))) if one and one != word]


def _run_together(word: str, known: Collection[str], most: int = MOST_PARTS) -> Iterator[tuple[str, ...]]:
    """ "nguyenvanan" is nguyen van an: known words only, without the blanks between them."""
    for at in range(1, len(word)):
        if word[:at] in known:
            if word[at:] in known:
                yield word[:at], word[at:]
            if most > 2:
                yield from ((word[:at], *rest) for rest in _run_together(word[at:], known, most - 1))


def _parts(word: str) -> set[str]:
    """Everything inside a word that may be a word run together with others."""
    ends = range(1, LONGEST_WORD + 1)
    return {word[at : at + length] for at in range(len(word)) for length in ends}


def guesses(words: Sequence[str]) -> set[str]:
    """Every word that may have been meant, to be looked up in the vocabulary."""
    found: set[str] = set()
    for word in words:
        found |= {word, *keys_left(word), *one_slip(word), *_parts(word)}
    return found


def meant(words: Sequence[str], known: Collection[str]) -> list[tuple[str, ...]]:
    """Corrected readings, the likeliest first: each unknown word put right; where all are known, one of them changed."""
    options = [_options(word, known) for word in words]
    unknown = [at for at, word in enumerate(words) if word not in known]
    if unknown:
        chosen = [options[at] if at in unknown else [(word,)] for at, word in enumerate(words)]
        return list(_combined(chosen))
    found = []
    for at in reversed(range(len(words))):
        found += [(*words[:at], *option, *words[at + 1 :]) for option in options[at]]
    return found[:MOST_COMBINATIONS]


def _options(word: str, known: Collection[str]) -> list[tuple[str, ...]]:
    left = [one for one in dict.fromkeys(keys_left(word)) if one in known]
    slips = sorted((one for one in one_slip(word) if one in known and one not in left), key=_nearness(word))
    split = sorted(_run_together(word, known), key=len) if word not in known else []
    return [*((one,) for one in left), *((one,) for one in slips), *split]


def _nearness(word: str) -> Callable[[str], tuple[bool, bool, str]]:
    """Letters exchanged before others, the same first letter before another one."""
    return lambda one: (sorted(one) != sorted(word), one[:1] != word[:1], one)


def _combined(options: Sequence[Sequence[tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    for at, combination in enumerate(product(*options)):
        if at == MOST_COMBINATIONS:
            return
        yield tuple(word for part in combination for word in part)
