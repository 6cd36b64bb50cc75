"""A review of one household of a commune with something of everything, written row by row: what the matrix asks for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from households.registry.models import Recognition
from households.review.models import Complaint, Dossier, DossierPart, Intake, Meeting, MeetingVote, Posting
from households.review.superior_models import (
    Certificate,
    CertificatePrint,
    Decision,
    DecisionLine,
    Opinion,
    Refusal,
    SubjectRequest,
)
from households.surveys.form_models import SurveyForm, SurveyResult
from povertyportal.core.accounts import system_user


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Keys; 0 where nobody lives."""

    dossier: int = 0
    meeting: int = 0
    posting: int = 0
    complaint: int = 0
    opinion: int = 0
    decision: int = 0
    certificate: int = 0
    intake: int = 0
    refusal: int = 0
    subject: int = 0


def review_in(form: SurveyForm, on: date, mark: str) -> Reviewed:
    """Inside ``acting``; ``mark`` stands in every text that a page may show."""
    who = {"by": system_user(), "at": datetime(on.year, on.month, on.day, 1, tzinfo=UTC)}
    dossier = Dossier.objects.create(
        round=form.round, area_code=form.area_code, procedure="periodic", state="decided", opened_by=who["by"],
        opened_at=who["at"],
    )  # fmt: skip
    part = DossierPart.objects.create(dossier=dossier, area_code=form.area_code, state="posted")
    result = SurveyResult.objects.create(
        form=form, purpose="closing", standard="nd07-2021", digest="0" * 64, area_type="rural", on=on, version=1,
        klass="poor", result={"gate": "survey"}, **who,
    )  # fmt: skip
    meeting = Meeting.objects.create(
        part=part, number=1, held_on=on, starts=time(8), place=f"{mark} nhà văn hóa", chair=f"{mark} trưởng thôn",
        secretary=f"{mark} thư ký", present_count=20, **who,
    )  # fmt: skip
    MeetingVote.objects.create(meeting=meeting, form=form, result=result, agree=20, disagree=0, passed=True)
    shown = [
        {"form": form.pk, "result": result.pk, "name": f"{mark} chủ hộ", "village": mark, "class": "poor", "before": ""}
    ]
    posting = Posting.objects.create(part=part, turn=1, starts_on=on, ends_on=on, places=[mark], shown=shown, **who)
    complaint = Complaint.objects.create(
        part=part, form=form, complainant=f"{mark} người khiếu nại", received_on=on, matter=f"{mark} nội dung",
        due_on=on + timedelta(days=9), **who,
    )  # fmt: skip
    opinion = Opinion.objects.create(
        dossier=dossier, turn=1, letter_number=f"{mark}/TTr", asked_on=on, due_on=on + timedelta(days=7), shown=shown,
        asked_by=who["by"], asked_at=who["at"],
    )  # fmt: skip
    papers = _papers(form, on, mark, who)
    return Reviewed(
        dossier.pk, meeting.pk, posting.pk, complaint.pk, opinion.pk, *_decided(dossier, form, on, mark, who), *papers
    )


def _decided(dossier: Dossier, form: SurveyForm, on: date, mark: str, who: dict[str, object]) -> tuple[int, int]:
    """Keys of the decision and the certificate."""
    days = DateRange(on, on + timedelta(days=366))
    decision = Decision.objects.create(
        dossier=dossier, kind="recognised", purpose="closing", area_code=form.area_code, year=on.year,
        number=f"{mark}/QĐ-UBND", decided_on=on, valid_from=days.lower, valid_until=days.upper, signer=f"{mark} chủ tịch",
        position="Chủ tịch", **who,
    )  # fmt: skip
    recognition = Recognition.objects.create(
        household=form.household, klass="poor", year=on.year, validity=days, decision_number=decision.number,
        decision_date=on, area_code=form.area_code, standard="nd07-2021", origin="decided", reason=f"{mark} rà soát",
        **who,
    )  # fmt: skip
    line = DecisionLine.objects.create(
        decision=decision, place=1, form=form, household=form.household, recognition=recognition, klass="poor",
        computed="poor", head=f"{mark} chủ hộ", village=mark,
    )  # fmt: skip
    certificate = Certificate.objects.create(
        line=line, area_code=form.area_code, year=on.year, number=1, issued_on=on, **who
    )
    CertificatePrint.objects.create(certificate=certificate, copy=1, **who)
    return decision.pk, certificate.pk


def _papers(form: SurveyForm, on: date, mark: str, who: dict[str, object]) -> tuple[int, int, int]:
    """Keys of a paper handed in, a letter of refusal, a request of a data subject."""
    commune = {"commune_code": form.area_code}
    intake = Intake.objects.create(
        kind="review", year=on.year, number=1, received_on=on, applicant=f"{mark} người đề nghị", content=f"{mark} lý do",
        **commune, **who,
    )  # fmt: skip
    refusal = Refusal.objects.create(
        area_code=form.area_code, year=on.year, number=f"{mark}/TB-UBND", on=on, ground="paper", intake=intake,
        addressee=f"{mark} người nhận", reason=f"{mark} lý do", signer="Chủ tịch", position="Chủ tịch", **who,
    )  # fmt: skip
    subject = SubjectRequest.objects.create(
        wish="see", applicant=f"{mark} người yêu cầu", received_on=on, content=f"{mark} nội dung", due_on=on,
        household=form.household, **commune, **who,
    )  # fmt: skip
    return intake.pk, refusal.pk, subject.pk
