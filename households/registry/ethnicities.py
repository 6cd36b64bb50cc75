"""The 54 ethnic groups: our key, two official code lists that contradict each other, and the spellings people use.

Plain Python over ethnicities.toml. A code is read with its list only: "04" is Hoa in one and Mường in the other.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from povertyportal.vietnamese import fold

FILE = Path(__file__).with_name("ethnicities.toml")
CodeList: TypeAlias = Literal["1979", "2008"]
MAJORITY = "kinh"


@dataclass(frozen=True, slots=True)
class Code:
    """``confidence``: "verified", "agrees" or "recalled", as the head of the file explains."""

    code: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Ethnicity:
    key: str
    name: str
    codes: Mapping[str, Code]
    spellings: tuple[str, ...]

    def code(self, list: CodeList) -> str:
        return self.codes[list].code


@cache
def ethnicities() -> Mapping[str, Ethnicity]:
    """By key, in the order of the list of 2008."""
    groups = tomllib.loads(FILE.read_text(encoding="utf-8"))["groups"]
    return {
        key: Ethnicity(
            key, one["name"], {name: Code(**one[name]) for name in ("1979", "2008")}, tuple(one["spellings"])
        )
        for key, one in groups.items()
    }


@cache
def list_titles() -> Mapping[str, str]:
    titles: Mapping[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))["lists"]
    return titles


def by_key(key: str) -> Ethnicity | None:
    return ethnicities().get(key)


def name_of(key: str) -> str:
    """For pages and papers; a key that the file does not have stands for itself."""
    found = by_key(key)
    return found.name if found else key


def by_code(code: str, *, list: CodeList) -> Ethnicity | None:
    """ "4" and "04" are the same code. None for what is no code of a group, such as 55 or 99."""
    text = code.strip()
    if not (text.isascii() and text.isdigit()):
        return None
    return _by_code(list).get(f"{int(text):02}")


def by_name(text: str) -> Ethnicity | None:
    """ "H’Mông", "hmong", "Dân tộc Mông", "Kinh (Việt)": whatever the marks, blanks and hyphens. None if it names no group."""
    written = [text, re.sub(r"\(.*?\)", " ", text)]
    return next((found for one in written if (found := _by_spelling().get(_letters(one)))), None)


@cache
def _by_code(list: CodeList) -> Mapping[str, Ethnicity]:
    return {one.code(list): one for one in ethnicities().values()}


@cache
def _by_spelling() -> Mapping[str, Ethnicity]:
    return {_letters(text): one for one in ethnicities().values() for text in (one.name, *one.spellings)}


_BEFORE_THE_NAME = re.compile(r"^(dan toc|nguoi|dt)\b[.: ]*")


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", _BEFORE_THE_NAME.sub("", fold(text)))
