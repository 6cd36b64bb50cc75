"""Households of a commune whose forms are finished, and the dossier they stand in."""

from datetime import UTC, date, datetime
from typing import Any

from households.criteria.engine.scoring import STOP
from households.registry.models import Household
from households.review.models import Dossier, DossierPart
from households.review.moving import dossier_for
from households.surveys.form_models import State, SurveyForm, SurveyResult
from households.surveys.models import SurveyRound
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting
from tests.registry.people import COMMUNE
from tests.surveys.filled import a_round, form

AT = datetime(2026, 11, 10, 3, tzinfo=UTC)
DAY = date(2026, 11, 10)


def finished(
    klass: str, *, of: Household, why: str = "request", round: SurveyRound | None = None, **more: Any
) -> SurveyForm:
    """A form whose newest result is the class; "stop": it ended at Phiếu A."""
    done = {"state": State.DONE, "done_by": system_user(), "done_at": AT}
    made = form(of=of, why=why, round=round, **done | more)
    result_of(made, klass)
    return made


def result_of(found: SurveyForm, klass: str, purpose: str = "closing") -> SurveyResult:
    told = {"gate": STOP} if klass == STOP else {"gate": "survey", "scores": {"b1": 120, "b2": 30}}
    with acting(by=system_user(), reason="Kết quả cho phép thử"):
        return SurveyResult.objects.create(
            form=found, purpose=purpose, standard="nd07-2021", digest="0" * 64, area_type="rural", on=DAY, version=1,
            klass="" if klass == STOP else klass, result=told, by=system_user(), at=AT,
        )  # fmt: skip


def dossier(round: SurveyRound | None = None, procedure: str = "periodic", area: str = COMMUNE) -> Dossier:
    return dossier_for(round=round or a_round(), area_code=area, procedure_code=procedure, by=system_user(), at=AT)


def stands(found: Dossier, state: str, part: str = "01392-001") -> DossierPart:
    """The village as if its steps had been made."""
    with acting(by=system_user(), reason="Bước cho phép thử"):
        made, _new = DossierPart.objects.update_or_create(dossier=found, area_code=part, defaults={"state": state})
    return made
