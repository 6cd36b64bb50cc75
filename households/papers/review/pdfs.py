"""A paper of the review by its code, as PDF and where it holds a list as Excel file. What each is made from stands in its line
below: what is set as data, and what has a setting of its own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import override

from households.criteria.queries import standards_on
from households.papers.blanks import FormRefusedError, blank_form
from households.papers.review.applications import application
from households.papers.review.certificates import (
    blank_certificate_pdf,
    certificate_documents,
    certificates_pdf,
)
from households.papers.review.decisions import decision_paper
from households.papers.review.layout.parts import Document
from households.papers.review.layout.setting import set_pdf
from households.papers.review.layout.workbook import workbook
from households.papers.review.letters import receipt_paper, refusal_paper
from households.papers.review.lists import list_i, list_vi
from households.papers.review.minutes import minutes, minutes_before
from households.papers.review.opinions import opinion_reply, opinion_request
from households.papers.review.postings import complaint_answer, complaint_receipt, posting_paper
from households.papers.review.subjects import subject_answer, subject_data
from households.review.models import Dossier, Intake, IntakeKind, Meeting
from households.review.superior_models import Certificate, Decision

VIETNAMESE = "vi"  # a paper of law, whatever the page beside it is read in


def pdf_of(code: str, **what: Any) -> bytes:
    """``code``: of the registry. Raises KeyError for another, TypeError for other arguments than the paper is made from."""
    maker = MAKERS.get(code)
    with override(VIETNAMESE):
        return maker(**what) if maker else set_pdf(DOCUMENTS[code](**what))


def xlsx_of(code: str, **what: Any) -> tuple[str, bytes]:
    """Of a paper with a list: the name that its long PDF gives the file, and the file. Raises as ``pdf_of``."""
    with override(VIETNAMESE):
        document = DOCUMENTS[code](**what)
        return document.file_name, workbook(document)


def _application(on: date, intake: Intake | None = None, kind: str = IntakeKind.REVIEW) -> Document:
    return application(intake.kind if intake else kind, on=on, intake=intake)


def _survey(code: str, on: date) -> bytes:
    """Of the standard by which the year is closed. Raises FormRefusedError."""
    found = standards_on(on.year).closing
    if found is None:
        raise FormRefusedError(f"Chưa có chuẩn nghèo áp dụng cho năm {on.year}.")
    return blank_form(code, found)


def _minutes(
    meeting: Meeting | None = None, dossier: Dossier | None = None, village: str = "", on: date | None = None
) -> Document:
    if meeting is not None:
        return minutes(meeting)
    if dossier is None or on is None:
        raise TypeError("minutes are of a meeting, or before one of a dossier, a village and a day")
    return minutes_before(dossier, village, on=on)


def _certificate(
    certificate: Certificate | None = None,
    decision: Decision | None = None,
    on: date | None = None,
    tagged: bool = False,
) -> bytes:
    """``tagged``: one that reads aloud, set as the other papers are."""
    if certificate is not None:
        given = [certificate]
        return set_pdf(*certificate_documents(given, on=on)) if tagged else certificates_pdf(given, on=on)
    if decision is not None:
        return certificates_pdf(given_by(decision))
    if on is None:
        raise TypeError("a certificate is of a household, of all of a decision, or blank on a day")
    return blank_certificate_pdf(on)


def given_by(decision: Decision) -> Sequence[Certificate]:
    """With all that their pages are made from; without those that a later decision put right."""
    rows = Certificate.objects.filter(line__decision=decision, line__recognition__corrected_by=None).order_by("number")
    return list(rows.select_related("line__decision__dossier__round", "line__decision__corrects"))


DOCUMENTS: Mapping[str, Callable[..., Document]] = {
    "form_01": _application,
    "form_04": lambda on, intake=None: _application(on, intake, IntakeKind.ESCAPE),
    "receipt": receipt_paper,
    "list_i": lambda dossier, on, village="": list_i(dossier, village, on=on),
    "minutes": _minutes,
    "posting": posting_paper,
    "complaint_receipt": complaint_receipt,
    "complaint_answer": complaint_answer,
    "list_vi": lambda dossier, on: list_vi(dossier, on=on),
    "opinion_request": opinion_request,
    "opinion_reply": opinion_reply,
    "decision": lambda decision, lines=None: decision_paper(decision, lines),
    "refusal": refusal_paper,
    "subject_answer": subject_answer,
    "subject_data": lambda request, on: subject_data(request, on=on),
}
MAKERS: Mapping[str, Callable[..., bytes]] = {
    "form_a": lambda on: _survey("a", on),
    "form_b": lambda on: _survey("b", on),
    "form_viii": lambda on: _survey("viii", on),
    "certificate": _certificate,
}
