"""What may be proposed and who decides; free of models, so that apps can register kinds while they load."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.functional import Promise

if TYPE_CHECKING:
    from povertyportal.core.models import User
    from povertyportal.records.models import Proposal


@dataclass(frozen=True, slots=True)
class Preview:
    """What the page of a proposal shows below its sentences: a template of the kind's own and what it needs. ``refusals``:
    why it can no longer be carried out; the page then offers no approval."""

    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    refusals: Sequence[str] = ()


def no_preview(proposal: Proposal) -> Preview:
    return Preview()


@dataclass(frozen=True, slots=True)
class ApprovalKind:
    """One kind of proposal that needs a second person.

    ``readable`` and ``decidable`` say which proposals of this kind an account may read and decide on a day, as a
    condition on Proposal, so that list and page follow one rule; ``Q(pk__in=[])`` is nobody. Nobody decides his own.
    ``apply`` carries the proposal out inside the approval's transaction and ``acting``; it raises ProposalRefusedError
    with a sentence when the world has changed since. ``deciders`` says in words who may decide.
    """

    code: str
    title: str | Promise
    deciders: str | Promise
    readable: Callable[[User, date], Q]
    decidable: Callable[[User, date], Q]
    apply: Callable[[Proposal, User, datetime], None]
    describe: Callable[[Proposal], Preview] = no_preview


class ProposalRefusedError(Exception):
    """The message says why the step is not possible and what to do instead."""


_kinds: dict[str, ApprovalKind] = {}


def register_kind(kind: ApprovalKind) -> None:
    """Called in AppConfig.ready(). Raises ValueError when two apps claim one code."""
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"two kinds of proposal {kind.code!r}")


def kind_of(code: str) -> ApprovalKind:
    """Raises KeyError for a kind that no app has registered."""
    return _kinds[code]


def kinds() -> list[ApprovalKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.code)
