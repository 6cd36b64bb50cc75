"""What a paper that is asked for by its code and a key is made from, and of which unit it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from households.papers.review.registry import PAPERS
from households.review.models import Complaint, Dossier, Intake, Meeting, Posting
from households.review.rights import INTAKE, READ
from households.review.superior_models import Certificate, Decision, Opinion, Refusal, SubjectRequest


@dataclass(frozen=True, slots=True)
class Ground:
    """Whose paper it is: the right is asked for there."""

    code: str
    on: date


@dataclass(frozen=True, slots=True)
class Row:
    """``argument``: its name for ``pdf_of``; ``dated``: the paper also wants the day on which it is printed."""

    rows: Callable[[], QuerySet[Any]]
    argument: str
    ground: Callable[[Any], Ground]
    action: str = READ
    dated: bool = False


def of_dossier(found: Dossier) -> Ground:
    return Ground(found.area_code, found.round.area_on)


def _received(found: Intake | SubjectRequest) -> Ground:
    return Ground(found.commune_code, found.received_on)


def _refused(found: Refusal) -> Ground:
    return Ground(found.area_code, found.form.round.area_on if found.form else found.on)


def _of(model: type[Model], *related: str) -> Callable[[], QuerySet[Any]]:
    return lambda: model._default_manager.select_related(*related)


_DOSSIER = Row(_of(Dossier, "round"), "dossier", of_dossier, dated=True)
_INTAKE = Row(_of(Intake, "household", "by"), "intake", _received, dated=True)
_PART = "part__dossier__round"
_COMPLAINT = Row(
    _of(Complaint, _PART, "form", "by", "answered_by"), "complaint", lambda found: of_dossier(found.part.dossier)
)
_OPINION = Row(_of(Opinion, "dossier__round"), "opinion", lambda found: of_dossier(found.dossier))
_DECISION = Row(_of(Decision, "dossier__round", "corrects"), "decision", lambda found: of_dossier(found.dossier))
_SUBJECT = Row(_of(SubjectRequest, "answered_by", "first_by"), "request", _received)

ROWS: Mapping[str, Row] = {
    "form_01": _INTAKE,
    "form_04": _INTAKE,
    "receipt": Row(_INTAKE.rows, "intake", _received),
    "list_i": _DOSSIER,
    "list_vi": _DOSSIER,
    "minutes_before": _DOSSIER,
    "minutes": Row(_of(Meeting, _PART), "meeting", lambda found: of_dossier(found.part.dossier)),
    "posting": Row(_of(Posting, _PART), "posting", lambda found: of_dossier(found.part.dossier)),
    "complaint_receipt": _COMPLAINT,
    "complaint_answer": _COMPLAINT,
    "opinion_request": _OPINION,
    "opinion_reply": _OPINION,
    "decision": _DECISION,
    "certificate": Row(
        _of(
            Certificate,
            "line__decision__dossier__round",
            "line__decision__corrects",
            "line__recognition",
            "line__household",
        ),
        "certificate",
        lambda found: of_dossier(found.line.decision.dossier),
        dated=True,
    ),
    "refusal": Row(_of(Refusal, "form__round", "intake"), "refusal", _refused),
    "subject_answer": Row(_SUBJECT.rows, "request", _received, INTAKE),
    "subject_data": Row(_SUBJECT.rows, "request", _received, INTAKE, dated=True),
}
OF_VILLAGE = ("list_i", "minutes_before")
PRINTED_BY = {"minutes_before": "minutes"}  # code of the registry where it is another


def has_sheet(code: str) -> bool:
    """Whether there is an Excel file of it too."""
    known = PAPERS.get(PRINTED_BY.get(code, code))
    return known is not None and known.listed
