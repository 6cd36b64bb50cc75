"""What an action says when it cannot be: a sentence for each field, for the official who typed it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """``field``: the argument it belongs to ("on", "members.0.full_name", "relations.17"), "" for the whole."""

    field: str
    message: str


class RegistryRefusedError(Exception):
    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


class ChangedMeanwhileError(RegistryRefusedError):
    """Somebody changed the household since the form was opened. ``told``: who did what, and when."""

    def __init__(self, message: str, told: Iterable[str]) -> None:
        self.told = tuple(told)
        super().__init__([Problem("", message)])


def refuse(field: str, message: str) -> RegistryRefusedError:
    return RegistryRefusedError([Problem(field, message)])
