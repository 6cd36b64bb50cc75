"""What planning and carrying out a change hand to others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from households.areas.models import Area, AreaSuccession
from households.areas.planning.operations import Operation
from households.areas.planning.plan import Plan
from households.areas.planning.trees import Branch, tree_after, tree_before


@dataclass(frozen=True, slots=True)
class Problem:
    """``field``: the operation's field it belongs to ("units", "targets.0.code"), "" for the whole."""

    field: str
    message: str


class ChangeRefusedError(Exception):
    """The change cannot be; each problem is a sentence for the official who states it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """A plan with the sentences that say what it does."""

    plan: Plan
    sentences: tuple[str, ...]

    @property
    def operation(self) -> Operation:
        return self.plan.operation

    @property
    def digest(self) -> str:
        """Another one as soon as the same operation would do anything else to the map."""
        return self.plan.digest

    @property
    def touched_codes(self) -> frozenset[str]:
        """Units that end, start or move, and every unit above them."""
        return self.plan.touched_codes

    @property
    def before(self) -> tuple[Branch, ...]:
        return tree_before(self.plan)

    @property
    def after(self) -> tuple[Branch, ...]:
        return tree_after(self.plan)

    @property
    def area_code(self) -> str:
        """The lowest unit that holds all of it; "" when only the nation does."""
        return self.plan.area_code

    @property
    def area_on(self) -> date | None:
        """A day on which ``area_code`` is in force, before and after the change; None for the nation."""
        return self.plan.area_on if self.plan.area_code else None


@dataclass(frozen=True, slots=True)
class AppliedChange:
    """``ended`` and ``made``: versions of units as they are stored now. A renamed unit is in both, with a link."""

    operation: Operation
    ended: list[Area]
    made: list[Area]
    links: list[AreaSuccession]
