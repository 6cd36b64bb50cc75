"""The decisions of a dossier as they will be: which lists, who is on them, from when to when. Nothing is written."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from households.criteria.queries import standard_of
from households.registry.codes import RecognisedClass
from households.review.actions.asking import changed_since
from households.review.actions.bases import proposed_bases
from households.review.actions.compiling import blocks
from households.review.actions.order import named
from households.review.actions.workers import named_on_paper
from households.review.calendar.stored import calendar
from households.review.clocks import DueRow, due_rows
from households.review.listed import LISTED_CLASSES, Listed, listed
from households.review.models import Dossier
from households.review.procedures.parts import Deadline
from households.review.procedures.shelf import procedure
from households.review.superior_models import Answer, DecisionKind, Opinion
from households.surveys.codes import CLOSING, OPENING
from households.surveys.forms.listing import last_day
from povertyportal.vietnamese import format_date

Key = tuple[str, str]  # kind, purpose


@dataclass(frozen=True, slots=True)
class DraftLine:
    """``klass`` "": a person's list, no class of a household. ``corrects``: the recognition that a correction puts right;
    ``workers``: the persons of such a list."""

    row: Listed
    klass: str
    before: str
    kind: str = ""
    corrects: int | None = None
    workers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision to be."""

    kind: str
    purpose: str
    standard: str
    valid_from: date
    valid_until: date | None
    lines: tuple[DraftLine, ...]

    @property
    def key(self) -> Key:
        return self.kind, self.purpose

    @property
    def title(self) -> str:
        return str(DecisionKind(self.kind).label)

    @property
    def differing(self) -> list[DraftLine]:
        """Where another class is recognised than was worked out."""
        return [one for one in self.lines if one.row.differs]


@dataclass(frozen=True, slots=True)
class Plan:
    """``blocks``: why nothing can be decided yet; ``late``: the deadline that is behind, in words; ``fingerprint``: changes with
    anything that the lists say."""

    dossier: Dossier
    drafts: tuple[Draft, ...]
    blocks: tuple[str, ...]
    late: str
    bases: tuple[str, ...]
    opinion: Opinion | None
    fingerprint: str

    def draft(self, kind: str, purpose: str = CLOSING) -> Draft | None:
        return next((one for one in self.drafts if one.key == (kind, purpose)), None)


def planned(dossier: Dossier, *, on: date) -> Plan:
    """As if it were decided on the day; a handful of queries."""
    rows = listed(dossier, day=on)
    opening = listed(dossier, day=on, purpose=OPENING) if dossier.round.opening_id else []
    opinion = Opinion.objects.filter(dossier=dossier, answer=Answer.AGREE).order_by("-turn").first()
    drafts = tuple(_drafts(dossier, rows, opening, on))
    found = [*blocks(dossier, rows, on, opening=opening), *_of_opinion(dossier, opinion, rows)]
    bases = tuple(proposed_bases(dossier, opinion))
    return Plan(dossier, drafts, tuple(found), behind(dossier, rows, on), bases, opinion, _fingerprint(drafts))


def _drafts(dossier: Dossier, rows: Sequence[Listed], opening: Sequence[Listed], on: date) -> Iterator[Draft]:
    """The year's result, and in a change-over year the opening stock of the period to come; no decision on nobody."""
    round, before = dossier.round, {one.household: one.before for one in rows}
    change = date(round.year + 1, 1, 1) if round.opening_id else None
    start = min(on, date(round.year, 12, 31)) if change else on
    yield from _of_purpose(dossier, CLOSING, rows, before, (start, change))
    if change:
        closed = {one.household: one.klass for one in rows if one.klass in LISTED_CLASSES}
        yield from _of_purpose(dossier, OPENING, opening, before | closed, (change, None))


def _of_purpose(
    dossier: Dossier, purpose: str, rows: Sequence[Listed], before: dict[int, str], span: tuple[date, date | None]
) -> Iterator[Draft]:
    standard = standard_of(getattr(dossier.round, purpose))
    for kind in procedure(dossier.procedure).decision_kinds:
        if kind == DecisionKind.WORKER and purpose != CLOSING:
            continue  # no class, so nothing that a new standard starts with
        lines = tuple(
            DraftLine(one, klass, before.get(one.household, ""), kind_of(one, standard.kinds))
            for one in rows
            if one.assessed and (klass := told_of(kind, one, before.get(one.household, ""))) is not None
        )
        if kind == DecisionKind.WORKER:
            lines = named_on_paper(lines, span[0])
        if lines:
            yield Draft(kind, purpose, standard.code, *span, lines)


def told_of(kind: str, row: Listed, before: str) -> str | None:
    """The class that a decision of the kind gives the household; None: it is not on its list."""
    if kind == DecisionKind.WORKER:
        return "" if row.worker else None
    if kind == DecisionKind.RECOGNISED:
        return row.klass if row.klass in LISTED_CLASSES else None
    if kind == DecisionKind.AVERAGE:
        return row.klass if row.klass == RecognisedClass.AVERAGE else None
    left = before in LISTED_CLASSES and bool(row.klass) and row.klass not in LISTED_CLASSES
    return row.klass if left else None


def kind_of(row: Listed, kinds: Iterable[str]) -> str:
    return row.kind if row.klass == RecognisedClass.POOR and row.kind in kinds else ""


def _of_opinion(dossier: Dossier, opinion: Opinion | None, rows: Iterable[Listed]) -> Iterator[str]:
    if opinion is None or not procedure(dossier.procedure).opinion:
        return
    if names := changed_since(opinion, rows):
        message = _(
            "Danh sách khác với danh sách cấp trên đã thống nhất (%s): hãy mở lại để các thôn sửa, rồi xin lại ý kiến."
        )
        yield message % named(names)


def behind(dossier: Dossier, rows: Iterable[Listed], on: date) -> str:
    """The deadline of the decision that the day is behind, in words; "" where it is in time."""
    known, last = procedure(dossier.procedure), last_day(dossier.round)
    if due := due_rows(known, dossier.round, rows, calendar()):
        late = [one for one in due if one.day < on]
        return _late_households(late, known.deadlines["decision"]) if late else ""
    return _("Đợt rà soát đã hết ngày %s.") % format_date(last) if on > last else ""


def _late_households(late: Sequence[DueRow], deadline: Deadline) -> str:
    """Each household has days of its own: those that are over are named, the first due in front."""
    days = (_("%s ngày làm việc") if deadline.working else _("%s ngày")) % deadline.days
    told = {"days": days, "day": format_date(late[0].day), "names": named([one.row.name for one in late])}
    return (
        _("Quyết định phải ra trong %(days)s từ ngày bắt đầu rà soát hộ, chậm nhất ngày %(day)s; quá hạn: %(names)s.")
        % told
    )


def _fingerprint(drafts: Iterable[Draft]) -> str:
    said = [
        [one.kind, one.purpose, one.standard, [[x.row.form, x.row.result, x.klass, x.before] for x in one.lines]]
        for one in drafts
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]
