"""The one door through which a dossier, or a village of it, goes from one state to the next.

The dossier's row is locked for as long as a step takes: of two who act at once the second sees what the first made of it, and is
refused where the step is no longer due.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.registry.problems import Problem
from households.review.belonging import units_of
from households.review.models import Dossier, DossierPart, ReviewStep
from households.review.procedures.parts import Holder, Move, Procedure
from households.review.procedures.shelf import procedure
from households.review.refusals import ReviewRefusedError, refuse_step
from households.surveys.models import SurveyRound
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date


@dataclass(slots=True)
class Moving:
    """A step while it is made. What it did beyond the state goes into ``details``; ``to``: another state than the table's where
    the step has two ends (a meeting that agreed on all households or not)."""

    dossier: Dossier
    part: DossierPart | None
    procedure: Procedure
    move: Move
    by: User
    at: datetime
    on: date
    to: str = ""
    note: str = ""
    late: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> str:
        return self.part.state if self.part else self.dossier.state


@contextmanager
def moving(
    *,
    dossier: int,
    move: str,
    on: date,
    by: User,
    at: datetime,
    part: str = "",
    expected: int | None = None,
) -> Iterator[Moving]:
    """``part``: code of the village (or commune) whose step it is, "" a step of the dossier; ``on``: the day it counts from;
    ``expected``: version of the dossier as the page showed it.

    Raises ReviewRefusedError, PermissionDenied.
    """
    with transaction.atomic():
        found = _held(dossier)
        known = procedure(found.procedure)
        step = _step(known, move)
        check_may(by, step.action, code=found.area_code, on=found.round.area_on, day=timezone.localdate(at))
        with acting(by=by, reason=_("%(step)s (%(dossier)s)") % {"step": step.title, "dossier": found.round.code}):
            own = _part(found, known, step, part)
            work = Moving(found, own, known, step, by, at, on)
            _check(work, expected)
            yield work
            _write(work)


def bring(work: Moving, parts: Iterable[DossierPart]) -> None:
    """What a step of the dossier brings with it in villages (``Move.brings``): by its right and in its transaction, each in its
    turn. Raises ReviewRefusedError."""
    step = work.procedure.move(work.move.brings)
    for part in parts:
        own = replace(work, part=part, move=step, to="", note="", late="", details=dict(work.details))
        _check_turn(own)
        _store(own)


def dossier_for(*, round: SurveyRound, area_code: str, procedure_code: str, by: User, at: datetime) -> Dossier:
    """The commune's dossier of a procedure in a round, opened where there is none; the caller has asked for the right."""
    known = procedure(procedure_code)
    with transaction.atomic(), acting(by=by, reason=_("Lập hồ sơ rà soát %s") % round.code):
        found, _made = Dossier.objects.get_or_create(
            round=round,
            area_code=area_code,
            procedure=known.code,
            defaults={
                "state": known.first_of(Holder.DOSSIER).code,
                "opened_by": by,
                "opened_at": at,
                "invented": round.invented,
            },
        )
    return found


def _held(key: int) -> Dossier:
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("round")
    found = rows.filter(pk=key).first()
    if found is None:
        raise refuse_step("", _("Không có hồ sơ này."))
    if found.round.withdrawn_at:
        raise refuse_step("", _("Đợt %s đã rút.") % found.round.code)
    return found


def _step(known: Procedure, move: str) -> Move:
    try:
        return known.move(move)
    except KeyError:
        raise refuse_step("", _("Thủ tục “%s” không có bước này.") % known.title) from None


def _part(found: Dossier, known: Procedure, step: Move, code: str) -> DossierPart | None:
    if step.holder is not Holder.PART:
        return None
    if code not in {one.code for one in units_of(found)}:
        raise refuse_step("part", _("Xã không có thôn mang mã %s trong đợt này.") % code[:20])
    first = known.first_of(Holder.PART).code
    own, _made = DossierPart.objects.get_or_create(dossier=found, area_code=code, defaults={"state": first})
    return own


def _check(work: Moving, expected: int | None) -> None:
    today = timezone.localdate(work.at)
    if expected is not None and expected != work.dossier.version:
        message = _("Hồ sơ vừa được người khác làm thêm một bước; hãy xem lại trang rồi làm tiếp. Chưa có gì thay đổi.")
        raise refuse_step("", message)
    _check_turn(work)
    if work.on > today:
        message = _("Ngày %(day)s sau hôm nay; hãy ghi ngày việc đã xảy ra.")
        raise ReviewRefusedError([Problem("on", message % {"day": format_date(work.on)})])


def _check_turn(work: Moving) -> None:
    if work.state not in work.move.from_:
        told = {"step": work.move.title, "now": work.procedure.stage(work.state).title}
        raise refuse_step("", _("Chưa làm được “%(step)s”: hồ sơ đang ở bước “%(now)s”.") % told)


def _write(work: Moving) -> None:
    _store(work)
    work.dossier.save(update_fields=["state", "version"])


def _store(work: Moving) -> None:
    before, after = work.state, work.to or work.move.to or work.state
    if work.to and work.to not in work.move.ends:
        raise ValueError(f"{work.move.code} does not lead to {work.to}")
    if work.part:
        work.part.state = after
        work.part.save(update_fields=["state"])
    else:
        work.dossier.state = after
    work.dossier.version += 1
    ReviewStep.objects.create(
        dossier=work.dossier, part=work.part, move=work.move.code, from_state=before, to_state=after, on=work.on,
        note=work.note, late=work.late, details=work.details, by=work.by, at=work.at,
    )  # fmt: skip
