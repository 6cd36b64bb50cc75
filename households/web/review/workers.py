"""The members of a household among whom the workers of a list are ticked, and what was ticked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from households.registry.state import MemberState, members_on
from households.review.actions.planning import DraftLine
from povertyportal.core.fields import key_in

WORKER = "worker-"


@dataclass(frozen=True, slots=True)
class Member:
    state: MemberState
    ticked: bool

    @property
    def born(self) -> str:
        year = self.state.birth_date.year if self.state.birth_date else self.state.birth_year
        return str(year or "")


@dataclass(frozen=True, slots=True)
class Choice:
    """A household of the list with its members."""

    form: int
    name: str
    village: str
    members: Sequence[Member]


def worker_choices(lines: Sequence[DraftLine], day: date) -> list[Choice]:
    """1 query."""
    members = members_on([one.row.household for one in lines], day) if lines else {}
    return [
        Choice(
            one.row.form, one.row.name, one.row.village,
            [Member(who, who.person in one.workers) for who in members.get(one.row.household, ())],
        )
        for one in lines
    ]  # fmt: skip


def persons_asked(posted: QueryDict) -> dict[int, list[int]]:
    """Form → persons; a household that the page showed and of which nobody is ticked has an empty list: the page sends "" with
    it."""
    keys = {name: key_in(name.removeprefix(WORKER)) for name in posted if name.startswith(WORKER)}
    return {
        key: [person for one in posted.getlist(name) if (person := key_in(one)) is not None]
        for name, key in keys.items()
        if key is not None
    }
