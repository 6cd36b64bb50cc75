"""A paper of the review by its code. What each is made from stands in its line below."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from households.criteria.queries import standards_on
from households.papers.blanks import FormRefusedError, blank_form
from households.papers.review.applications import application
from households.papers.review.certificates import blank_certificate_pdf, certificates_pdf
from households.papers.review.decisions import decision_paper
from households.papers.review.layout.setting import set_pdf
from households.papers.review.letters import receipt_paper, refusal_paper
from households.papers.review.lists import list_i, list_vi
from households.papers.review.minutes import minutes, minutes_before
from households.papers.review.opinions import opinion_reply, opinion_request
from households.papers.review.postings import complaint_answer, complaint_receipt, posting_paper
from households.papers.review.subjects import subject_answer, subject_data
from households.review.models import Dossier, Intake, IntakeKind, Meeting
from households.review.superior_models import Certificate, Decision


def pdf_of(code: str, **what: Any) -> bytes:
    """``code``: of the registry. Raises KeyError for another, TypeError for other arguments than the paper is made from."""
    return MAKERS[code](**what)


def _application(on: date, intake: Intake | None = None, kind: str = IntakeKind.REVIEW) -> bytes:
    return set_pdf(application(intake.kind if intake else kind, on=on, intake=intake))


def _survey(code: str, on: date) -> bytes:
    """Of the standard by which the year is closed. Raises FormRefusedError."""
    found = standards_on(on.year).closing
    if found is None:
        raise FormRefusedError(f"Chưa có chuẩn nghèo áp dụng cho năm {on.year}.")
    return blank_form(code, found)


def _minutes(
    meeting: Meeting | None = None, dossier: Dossier | None = None, village: str = "", on: date | None = None
) -> bytes:
    if meeting is not None:
        return set_pdf(minutes(meeting))
    if dossier is None or on is None:
        raise TypeError("minutes are of a meeting, or before one of a dossier, a village and a day")
    return set_pdf(minutes_before(dossier, village, on=on))


def _certificate(
    certificate: Certificate | None = None, decision: Decision | None = None, on: date | None = None
) -> bytes:
    if certificate is not None:
        return certificates_pdf([certificate])
    if decision is not None:
        return certificates_pdf(given_by(decision))
    if on is None:
        raise TypeError("a certificate is of a household, of all of a decision, or blank on a day")
    return blank_certificate_pdf(on)


def given_by(decision: Decision) -> Sequence[Certificate]:
    """With all that their pages are made from."""
    rows = Certificate.objects.filter(line__decision=decision).order_by("number")
    return list(rows.select_related("line__decision__dossier__round", "line__decision__corrects"))


MAKERS: Mapping[str, Callable[..., bytes]] = {
    "form_01": _application,
    "form_04": lambda on, intake=None: _application(on, intake, IntakeKind.ESCAPE),
    "receipt": lambda intake, answer="": set_pdf(receipt_paper(intake, answer=answer)),
    "list_i": lambda dossier, on, village="": set_pdf(list_i(dossier, village, on=on)),
    "form_a": lambda on: _survey("a", on),
    "form_b": lambda on: _survey("b", on),
    "form_viii": lambda on: _survey("viii", on),
    "minutes": _minutes,
    "posting": lambda posting: set_pdf(posting_paper(posting)),
    "complaint_receipt": lambda complaint: set_pdf(complaint_receipt(complaint)),
    "complaint_answer": lambda complaint: set_pdf(complaint_answer(complaint)),
    "list_vi": lambda dossier, on: set_pdf(list_vi(dossier, on=on)),
    "opinion_request": lambda opinion: set_pdf(opinion_request(opinion)),
    "opinion_reply": lambda opinion: set_pdf(opinion_reply(opinion)),
    "decision": lambda decision, lines=None: set_pdf(decision_paper(decision, lines)),
    "certificate": _certificate,
    "refusal": lambda refusal: set_pdf(refusal_paper(refusal)),
    "subject_answer": lambda request: set_pdf(subject_answer(request)),
    "subject_data": lambda request, on: set_pdf(subject_data(request, on=on)),
}
