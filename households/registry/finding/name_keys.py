"""Keys under which a name is stored, found and sorted. Plain Python.

Words are what stands between blanks, hyphens and apostrophes: "H'Hen Niê" is "h hen nie". The given name is the last word.
"""

import re
from dataclasses import dataclass

from povertyportal.vietnamese import fold, sort_key, tidy

LONGEST_KEY, LONGEST_SORT_KEY = 200, 600  # of Person.search_key, SearchRow.name_key and the two sort_key
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class NameKeys:
    """``search_key``: folded words; ``reverse_key``: the same from the given name on; ``sort_key``: see ``name_sort_key``."""

    search_key: str
    reverse_key: str
    sort_key: str


def words_of(text: str) -> tuple[str, ...]:
    """Folded words: "Nguyễn  Văn Ân" gives nguyen, van, an."""
    return tuple(WORD.findall(fold(text)))


def keys_of(full_name: str) -> NameKeys:
    search = " ".join(words_of(full_name))[:LONGEST_KEY].strip()
    return NameKeys(search, " ".join(reversed(search.split())), name_sort_key(full_name))


def name_sort_key(full_name: str) -> str:
    """Sorts by given name with its tones, then by family name and the names between: An, Ân, Bình; of two An, Lê before Trần.

    Equal for two spellings of one name (case, composition, place of the tone), different for "An" and "Ân".
    """
    words = WORD.findall(tidy(full_name))
    given = sort_key(words[-1]) if words else ""
    return f"{given} {sort_key(' '.join(words[:-1]))}".strip()[:LONGEST_SORT_KEY]
