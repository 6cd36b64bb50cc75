"""Which households of a dossier are answered in writing that they are not recognised, and why: those whose form stopped at
Phiếu A, and those that asked for something their result does not give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from households.registry.codes import RecognisedClass
from households.review.listed import LISTED_CLASSES, Listed, listed
from households.review.models import Dossier, DossierPart
from households.review.procedures.shelf import procedure
from households.review.superior_models import Refusal, RefusalGround
from households.surveys.form_models import Why


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """``closed``: its result is not posted any more, or needs no posting; ``letter``: what it was answered by."""

    row: Listed
    ground: RefusalGround
    closed: bool
    letter: Refusal | None

    @property
    def due(self) -> bool:
        return self.closed and self.letter is None


def unrecognised(dossier: Dossier, *, day: date) -> list[Unrecognised]:
    """3 queries."""
    grounds = [(one, ground) for one in listed(dossier, day=day) if (ground := ground_of(one))]
    letters = {one.form_id: one for one in Refusal.objects.filter(form__in=[one.form for one, _ground in grounds])}
    over = _over(dossier)
    whole = dossier.area_code in over
    return [
        Unrecognised(one, ground, ground == RefusalGround.GATE or whole or one.area_code in over, letters.get(one.form))
        for one, ground in grounds
    ]


def due_of(found: Sequence[Unrecognised]) -> list[Unrecognised]:
    return [one for one in found if one.due]


def ground_of(one: Listed) -> RefusalGround | None:
    if one.stopped:
        return RefusalGround.GATE
    if not one.done or not one.klass:
        return None
    gets = {
        Why.REQUEST: one.klass in LISTED_CLASSES,
        Why.AVERAGE: one.klass == RecognisedClass.AVERAGE,
        Why.WORKER: one.worker,
        # poor no more, or near-poor after it was poor
        Why.ESCAPE: one.klass not in (RecognisedClass.POOR, one.before),
    }
    return None if gets.get(Why(one.why), True) else RefusalGround.RESULT


def _over(dossier: Dossier) -> set[str]:
    """Codes of the villages (or of the commune) whose posting is over; 1 query."""
    known = procedure(dossier.procedure)
    parts = DossierPart.objects.filter(dossier=dossier).values_list("area_code", "state")
    return {code for code, state in parts if known.stage(state).done}
