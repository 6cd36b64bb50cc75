"""Roles and actions as ``roles.toml`` states them, checked when read. Plain Python."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from households.areas.units import Level

FILE = Path(__file__).with_name("roles.toml")
NATION = "nation"  # level of a grant that takes in the whole country
LEVELS = (*(level.value for level in Level), NATION)


class RolesError(ValueError):
    """The file contradicts itself; the text names every fault."""


@dataclass(frozen=True, slots=True)
class Action:
    code: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Role:
    """``levels``: where it may be given. ``gives``: roles its holder may give inside his own area. ``alone``: never held
    together with another role."""

    code: str
    title: str
    levels: frozenset[str]
    actions: frozenset[str]
    gives: frozenset[str]
    alone: bool
    second_factor: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    actions: Mapping[str, Action]
    roles: Mapping[str, Role]

    def with_action(self, code: str) -> frozenset[str]:
        """Codes of the roles that allow an action. Raises KeyError for an action nobody has heard of."""
        action = self.actions[code].code
        return frozenset(role.code for role in self.roles.values() if action in role.actions)


def read_catalogue(text: str) -> Catalogue:
    """Raises RolesError."""
    data = tomllib.loads(text)
    actions, roles = data.get("actions", {}), data.get("roles", {})
    faults = [*_faults_of_actions(actions, roles), *_faults_of_roles(actions, roles)]
    if faults:
        raise RolesError("\n".join(faults))
    return Catalogue(
        {code: Action(code, **entry) for code, entry in actions.items()},
        {code: _role(code, entry) for code, entry in roles.items()},
    )


@cache
def catalogue() -> Catalogue:
    return read_catalogue(FILE.read_text(encoding="utf-8"))


def role_title(code: str) -> str:
    """A code that the file no longer has stands for itself: old grants stay readable."""
    role = catalogue().roles.get(code)
    return role.title if role else code


_KEYS = {
    "title": str,
    "levels": list,
    "actions": list,
    "gives": list,
    "alone": bool,
    "second_factor": bool,
    "basis": str,
}


def _role(code: str, entry: dict[str, Any]) -> Role:
    sets = {name: frozenset(entry[name]) for name in ("levels", "actions", "gives")}
    alone, second_factor = bool(entry["alone"]), bool(entry["second_factor"])
    return Role(code, entry["title"], **sets, alone=alone, second_factor=second_factor, basis=entry["basis"])


def _faults_of_actions(actions: dict[str, Any], roles: dict[str, Any]) -> Iterator[str]:
    used = {code for entry in roles.values() for code in entry.get("actions", ())}
    for code, entry in actions.items():
        if set(entry) != {"title", "meaning"} or not all(entry.values()):
            yield f"actions.{code}: cần đúng hai dòng title và meaning, không để trống"
        if code not in used:
            yield f"actions.{code}: không vai trò nào có"


def _faults_of_roles(actions: dict[str, Any], roles: dict[str, Any]) -> Iterator[str]:
    if not roles:
        yield "chưa có vai trò nào"
    for code, entry in roles.items():
        wrong = sorted(set(entry) ^ set(_KEYS)) or [
            name for name, kind in _KEYS.items() if type(entry[name]) is not kind
        ]
        if wrong:
            yield f"roles.{code}: thừa, thiếu hoặc sai kiểu: {', '.join(wrong)}"
            continue
        if not entry["title"] or not entry["basis"] or not entry["levels"] or not entry["actions"]:
            yield f"roles.{code}: title, basis, levels và actions không được để trống"
        for name, known in (("levels", LEVELS), ("actions", actions), ("gives", roles)):
            yield from (f"roles.{code}.{name}: không có “{one}”" for one in entry[name] if one not in known)
        if entry["gives"] and "grants.give" not in entry["actions"]:
            yield f"roles.{code}.gives: vai trò không có quyền grants.give thì không giao được gì"
