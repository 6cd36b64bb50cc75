"""What stands on the papers of the review: the portal's data, and of the public ones nothing but name, village and class."""

import os
from datetime import date
from pathlib import Path

import pytest

from households.papers.review.pdfs import pdf_of
from tests.papers.review.made import all_made

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def look(name: str, pdf: bytes) -> None:
    if folder := os.environ.get("LOOK"):
        Path(folder, f"{name}.pdf").write_bytes(pdf)


def test_look() -> None:
    made = all_made()
    village = made.dossier.parts.order_by("pk")[0].area_code
    all_ = {
        "form_01": {"on": DAY},
        "form_01": {"on": DAY, "intake": made.intake},
        "form_04": {"on": DAY},
        "receipt": {"intake": made.intake},
        "list_i": {"dossier": made.dossier, "village": village, "on": DAY},
        "form_a": {"on": DAY},
        "form_b": {"on": DAY},
        "form_viii": {"on": DAY},
        "minutes": {"meeting": made.meeting},
        "posting": {"posting": made.posting},
        "complaint_receipt": {"complaint": made.complaint},
        "complaint_answer": {"complaint": made.complaint},
        "list_vi": {"dossier": made.dossier, "on": DAY},
        "opinion_request": {"opinion": made.opinion},
        "opinion_reply": {"opinion": made.opinion},
        "decision": {"decision": made.recognised},
        "certificate": {"decision": made.recognised},
        "refusal": {"refusal": made.refusal},
        "subject_answer": {"request": made.request},
        "subject_data": {"request": made.request, "on": DAY},
    }
    for code, what in all_.items():
        look(code, pdf_of(code, **what))
    look("escaped", pdf_of("decision", decision=made.escaped))
    look("minutes_before", pdf_of("minutes", dossier=made.dossier, village=village, on=DAY))
    look("certificate_blank", pdf_of("certificate", on=DAY))
    look("form_01_blank", pdf_of("form_01", on=DAY))
