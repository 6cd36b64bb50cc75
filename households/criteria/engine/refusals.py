"""The sentences about answers of a member or a household that their questions do not know."""

from collections.abc import Mapping
from typing import Any

from households.criteria.engine.fields import HOUSEHOLD, MEMBER, is_known, unknown_key, why_not
from households.criteria.engine.sheets import Say
from households.criteria.engine.words import lowered, member_words
from households.criteria.vocabulary import Field


def say_of_member(raw: Mapping[str, Any], index: int, say: Say) -> None:
    _say(raw, MEMBER, f"members[{index}]", member_words(index, raw.get("name")), say)


def say_of_household(raw: Mapping[str, Any], say: Say) -> None:
    _say(raw, HOUSEHOLD, "household", "Hộ", say)


def _say(raw: Mapping[str, Any], fields: Mapping[str, Field], path: str, words: str, say: Say) -> None:
    for name, value in raw.items():
        if name not in fields:
            say(f"{path}.{name}", words, unknown_key(name, fields))
        elif not is_known(fields[name], value):
            say(f"{path}.{name}", f"{words}, {lowered(fields[name].title)}", why_not(fields[name], value))
