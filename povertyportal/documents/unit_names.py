"""How a document names an administrative unit (Decree 30/2020/NĐ-CP, Annex I and II). Plain Python."""

import re
import tomllib
from functools import cache
from pathlib import Path

_IN_FULL = Path(__file__).parent / "data" / "written_in_full.toml"
_NUMBER = re.compile(r"\d|[IVXLC]+\b")


@cache
def _names_in_full() -> frozenset[str]:
    return frozenset(name for names in tomllib.loads(_IN_FULL.read_text(encoding="utf-8")).values() for name in names)


def is_written_in_full(name: str) -> bool:
    """Whether the type belongs to the proper name: a number, a person's name or a historical event (Decree 30/2020/NĐ-CP,
    Annex II)."""
    return bool(_NUMBER.match(name)) or name in _names_in_full()


def named(kind: str, name: str) -> str:
    """ "thành phố Hạ Long": the type is no part of the name inside a sentence, but "Quận 1", "Phường Trần Phú"."""
    return f"{kind} {name}" if is_written_in_full(name) else f"{kind[:1].lower()}{kind[1:]} {name}"


def in_date_line(kind: str, name: str) -> str:
    """The place in front of the date: the name alone, but in full where it is a number or a person's name (box 4)."""
    return f"{kind} {name}" if is_written_in_full(name) else name
