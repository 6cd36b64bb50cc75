"""Where a dossier stands: its villages, what each waits for, what the next step is and why it cannot be made yet.

The same rules refuse a step (``policies``) and stand on the board; what is read here is read anew each time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from households.areas.units import Level
from households.review.actions.compiling import blocks_of as compile_blocks
from households.review.belonging import Prospect, Unit, units_of
from households.review.calendar.working_days import Calendar
from households.review.listed import Listed, listed
from households.review.models import Complaint, ComplaintOutcome, Dossier, DossierPart, Posting
from households.review.policies import PartSeen, blocks
from households.review.procedures.parts import Holder, Move, Procedure, Stage
from households.review.procedures.shelf import procedure
from households.review.progress import Counted, by_place, counted, together
from households.surveys.models import SurveyRound


@dataclass(frozen=True, slots=True)
class NextMove:
    """``blocks``: why it cannot be made yet, as sentences."""

    move: Move
    blocks: Sequence[str]

    @property
    def ready(self) -> bool:
        return not self.blocks


@dataclass(frozen=True, slots=True)
class VillageStanding:
    """``left``: working days in which a complaint still comes in time, today among them. ``rows``: its households;
    ``postings``: the newest first, without what they show."""

    unit: Unit
    stage: Stage
    seen: PartSeen
    left: int
    next: Sequence[NextMove]
    rows: Sequence[Listed]
    postings: Sequence[Posting] = ()

    @property
    def code(self) -> str:
        return self.unit.code

    @property
    def name(self) -> str:
        return self.unit.name

    @property
    def counts(self) -> Counted:
        return self.seen.counts

    @property
    def posting(self) -> Posting | None:
        return self.seen.posting

    @property
    def complaints(self) -> Sequence[Complaint]:
        return self.seen.complaints

    @property
    def posting_over(self) -> bool:
        """It hangs longer than it has to: the next step is due."""
        return bool(self.posting and self.seen.today > self.posting.ends_on and self.stage.code.startswith("posted"))

    @property
    def late_complaints(self) -> list[Complaint]:
        return [one for one in self.seen.open_complaints if one.due_on < self.seen.today]

    def may(self, move: str) -> bool:
        return any(one.move.code == move and one.ready for one in self.next)

    def why_not(self, move: str) -> Sequence[str]:
        return next((one.blocks for one in self.next if one.move.code == move), ())


@dataclass(frozen=True, slots=True)
class Standing:
    """``villages``: those in which households are reviewed, of a procedure without a meeting the commune alone; ``empty``: the
    villages without any. ``blocks``: why the list of the commune cannot be made, as long as it is not."""

    dossier: Dossier | Prospect
    procedure: Procedure
    stage: Stage
    area: Unit
    villages: Sequence[VillageStanding]
    empty: Sequence[Unit]
    counts: Counted
    blocks: Sequence[str]
    today: date

    @property
    def round(self) -> SurveyRound:
        return self.dossier.round

    @property
    def opened(self) -> bool:
        return self.dossier.pk is not None

    @property
    def moves(self) -> list[Move]:
        """Of the dossier, as its stage allows."""
        return [one for one in self.procedure.moves if one.holder is Holder.DOSSIER and self.stage.code in one.from_]

    def village(self, code: str) -> VillageStanding | None:
        return next((one for one in self.villages if one.code == code), None)

    def at(self, stage: str) -> list[VillageStanding]:
        return [one for one in self.villages if one.stage.code == stage]


def dossier_standing(dossier: Dossier | Prospect, *, today: date, calendar: Calendar) -> Standing:
    """5 queries, 1 or 2 more where the dossier's round is not at hand."""
    known, units = procedure(dossier.procedure), units_of(dossier)
    found = listed(dossier, day=today)
    rows = by_place(found)
    area = next(one for one in units if one.code == dossier.area_code)
    if not known.meeting:
        rows = {area.code: found} if found else {}
        units = (area,)
    parts = _parts(dossier)
    villages = [
        _village(unit, known, rows.get(unit.code, []), parts.get(unit.code), (today, calendar))
        for unit in units
        if unit.code in rows or unit.code in parts
    ]
    seen = {one.code for one in villages}
    first = known.first_of(Holder.DOSSIER)
    stage = known.stage(dossier.state) if isinstance(dossier, Dossier) else first
    return Standing(
        dossier=dossier,
        procedure=known,
        stage=stage,
        area=area,
        villages=villages,
        empty=[one for one in units if one.code not in seen and one.level == Level.VILLAGE],
        counts=together([one.counts for one in villages]),
        blocks=_compile(dossier, found, parts, today) if isinstance(dossier, Dossier) and stage == first else (),
        today=today,
    )


def village_standing(dossier: Dossier, code: str, *, today: date, calendar: Calendar) -> VillageStanding | None:
    """Of one part; None where the commune has no such village in the round."""
    return dossier_standing(dossier, today=today, calendar=calendar).village(code)


@dataclass(frozen=True, slots=True)
class _Part:
    row: DossierPart
    postings: Sequence[Posting]
    complaints: Sequence[Complaint]


def _parts(dossier: Dossier | Prospect) -> Mapping[str, _Part]:
    """3 queries."""
    if dossier.pk is None:
        return {}
    postings: dict[int, list[Posting]] = defaultdict(list)
    for posting in Posting.objects.filter(part__dossier=dossier.pk).defer("shown").select_related("by").order_by("-pk"):
        postings[posting.part_id].append(posting)
    complaints: dict[int, list[Complaint]] = defaultdict(list)
    for complaint in Complaint.objects.filter(part__dossier=dossier.pk).order_by("pk"):
        complaints[complaint.part_id].append(complaint)
    return {
        row.area_code: _Part(row, postings[row.pk], counting(complaints[row.pk], postings[row.pk]))
        for row in DossierPart.objects.filter(dossier=dossier.pk)
    }


def counting(complaints: Iterable[Complaint], postings: Sequence[Posting]) -> list[Complaint]:
    """Those that came since the meeting's result was posted last, and those that still wait for an answer, however old;
    ``postings``: the newest first."""
    first = [one for one in postings if one.turn == 1]
    since = first[0].at if first else None
    return [one for one in complaints if one.outcome == ComplaintOutcome.OPEN or (since and one.at >= since)]


def _village(
    unit: Unit, known: Procedure, rows: Sequence[Listed], part: _Part | None, days: tuple[date, Calendar]
) -> VillageStanding:
    today, calendar = days
    stage = known.stage(part.row.state) if part else known.first_of(Holder.PART)
    postings, complaints = (part.postings, part.complaints) if part else ((), ())
    seen = PartSeen(stage.code, counted(rows), next(iter(postings), None), complaints, today)
    steps = [NextMove(one, blocks(one.code, seen)) for one in _in_turn(known, stage, seen)]
    return VillageStanding(unit, stage, seen, seen.days_left(calendar), steps, rows, postings)


def _in_turn(known: Procedure, stage: Stage, seen: PartSeen) -> list[Move]:
    """At the beginning either a meeting is due, or, where all was agreed on before, the posting."""
    allowed = [one for one in known.moves if one.holder is Holder.PART and stage.code in one.from_]
    if not known.meeting or stage is not known.first_of(Holder.PART):
        return allowed
    return [one for one in allowed if one.code != ("meet" if seen.agreed else "post")]


def _compile(dossier: Dossier, rows: Sequence[Listed], parts: Mapping[str, _Part], today: date) -> list[str]:
    states = {code: part.row.state for code, part in parts.items()}
    waiting = {
        code: [one.complainant for one in part.complaints if one.outcome == ComplaintOutcome.OPEN]
        for code, part in parts.items()
    }
    return compile_blocks(dossier, rows, today, states=states, waiting=waiting)
