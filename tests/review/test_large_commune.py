"""Every page of a review in a commune of two thousand households: few queries, little HTML, whatever it shows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households.criteria.models import LegalStandard
from households.review.actions.answering import agree
from households.review.actions.asking import ask_opinion
from households.review.actions.certifying import issue_certificates
from households.review.actions.compiling import compile_list
from households.review.actions.deciding import decide
from households.review.actions.intake import Paper, take_in
from households.review.actions.subjects import Asked, receive_request
from households.review.calendar.working_days import Calendar
from households.review.models import Complaint, Dossier, DossierPart, Intake
from households.review.superior_models import Certificate, Decision, SubjectRequest
from households.surveys.form_models import SurveyForm, SurveyResult
from households.surveys.models import SurveyRound
from povertyportal.core.accounts import system_user
from tests.access.people import AREAS, person, signed_in
from tests.browser.addresses import FORMS_ONLY, OWN, named_patterns
from tests.people import on_the_record
from tests.registry.people import COMMUNE
from tests.review.dossiers import end_posting, meet, post, rows
from tests.review.ready import ANSWERED, ASKED, CERTIFIED, COMPILED, DECIDED, MET, POSTED, Case, ready, result
from tests.review.steps import fresh, order, told
from tests.surveys.filled import a_round

pytestmark = pytest.mark.django_db
HOUSEHOLDS, VILLAGES, IN_ONE = 2_000, 40, 120
MOST_QUERIES, MOST_BYTES = 15, 100_000
PAPERS = {"review:paper", "review:paper_sheet", "review:blank", "review:text_version"}
REGISTERS = {
    "review:intakes_file",
    "review:refusals_file",
    "review:subjects_file",
}  # whole workbooks, as long as the register
NOW = timezone.now()


def cases() -> Iterator[Case]:
    """The first village is the largest; of ten households five stay poor, two near-poor, two leave, one is refused."""
    kinds = (
        *(Case("poor", opening="near_poor", before="poor"),) * 5, *(Case("near_poor", opening="poor"),) * 2,
        Case("not_poor", opening="not_poor"), Case("average", before="near_poor", opening="average", proposed="not_poor"),
        Case("", before="", stopped=True),
    )  # fmt: skip
    for turn in range(HOUSEHOLDS):
        village = 0 if turn < IN_ONE else 1 + turn % (VILLAGES - 1)
        kind = kinds[turn % len(kinds)]
        yield replace(kind, village=village)


def change_over() -> SurveyRound:
    round = a_round()
    with on_the_record():
        SurveyRound.objects.filter(pk=round.pk).update(opening=LegalStandard.objects.get(code="nd351-2025"))
    round.refresh_from_db()
    return round


@pytest.fixture
def dossier() -> Dossier:
    return ready(*cases(), round=change_over())


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", COMMUNE))


@pytest.fixture
def leader() -> Client:
    return signed_in(person("commune_leader", COMMUNE))


@pytest.fixture
def superior() -> Client:
    return signed_in(person("province_reviewer", AREAS.PROVINCE))


class Opened:
    """Which pages were opened, and what each cost."""

    def __init__(self) -> None:
        self.names, self.dear = set[str](), list[str]()

    def look(self, client: Client, **paths: str) -> None:
        """By name of the page."""
        for name, path in paths.items():
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            self.names.add(f"review:{name.rstrip('_')}")
            if len(queries) > MOST_QUERIES or len(answer.content) > MOST_BYTES:
                self.dear.append(f"{path}: {len(queries)} queries, {len(answer.content)} bytes")


def village_of(dossier: Dossier) -> str:
    return str(DossierPart.objects.filter(dossier=dossier).order_by("area_code").values_list("area_code", flat=True)[0])


def filled_anew(dossier: Dossier, village: str) -> None:
    """Its households wait for a vote again."""
    forms = list(SurveyForm.objects.filter(round=dossier.round, area_code=village))
    again = [Case("poor"), Case("near_poor"), Case("not_poor")]
    with on_the_record():
        SurveyResult.objects.bulk_create(
            result(form, again[turn % 3], purpose)
            for turn, form in enumerate(forms)
            for purpose in ("closing", "opening")
        )


def complaints(dossier: Dossier, village: str) -> Complaint:
    part = DossierPart.objects.get(dossier=dossier, area_code=village)
    with on_the_record():
        made = Complaint.objects.bulk_create(
            Complaint(
                part=part, form_id=row.form, complainant="Nông Thị Gái", received_on=POSTED, matter="Hộ có máy cày",
                due_on=date(2026, 11, 12), by=system_user(), at=NOW,
            )
            for row in rows(dossier, village)[:60]
        )  # fmt: skip
    return made[0]


def at_the_door() -> tuple[Intake, SubjectRequest]:
    day = timezone.localdate(NOW)
    who: dict[str, Any] = {"by": system_user(), "at": NOW}
    for turn in range(60):
        paper = Paper(kind="review", applicant=f"Lò Thị {turn}", received_on=day)
        intake = take_in(paper=paper, commune=COMMUNE, calendar=Calendar(), **who)
        asked = Asked(applicant=f"Lò Thị {turn}", wish="see", content="Xin xem", received_on=day - timedelta(days=turn))
        request = receive_request(asked=asked, commune=COMMUNE, calendar=Calendar(), **who)
    return intake, request


def test_no_page_of_a_large_commune_is_dear(
    dossier: Dossier, official: Client, leader: Client, superior: Client
) -> None:
    opened, village, here = Opened(), village_of(dossier), f"/review/{dossier.pk}"
    form = rows(dossier, village)[0]

    filled_anew(dossier, village)
    opened.look(
        official, list="/review/", list_=f"/review/?round={dossier.round.pk}",
        open=f"/review/rounds/{dossier.round.pk}/{COMMUNE}/average/", board=f"{here}/", steps=f"{here}/steps/",
        village=f"{here}/villages/{village}/", village_=f"{here}/villages/{village}/?show=vote",
        meeting=f"{here}/villages/{village}/meeting/", propose=f"{here}/forms/{form.form}/propose/",
        household=f"/review/households/{form.household}/", compile=f"{here}/compile/", papers=f"{here}/papers/",
    )  # fmt: skip

    meet(dossier, village, day=MET)
    opened.look(official, post=f"{here}/posting/", board=f"{here}/")
    post(dossier, village, day=POSTED)
    complaint = complaints(dossier, village)
    opened.look(
        official, complain=f"{here}/villages/{village}/complain/", complaints=f"{here}/complaints/",
        complaint=f"{here}/complaints/{complaint.pk}/", village=f"{here}/villages/{village}/?show=complaint",
        board=f"{here}/",
    )  # fmt: skip
    with on_the_record():
        Complaint.objects.update(outcome="withdrawn", answer="Đã rút", answered_on=POSTED, answered_by=system_user())
    end_posting(dossier, village, day=COMPILED)

    compile_list(dossier=dossier.pk, **told(COMPILED))
    opened.look(leader, compile=f"{here}/compile/", ask=f"{here}/ask/", board=f"{here}/")
    ask_opinion(dossier=dossier.pk, letter_number="215/UBND-KT", **told(ASKED))
    opened.look(leader, ask=f"{here}/ask/")
    opened.look(superior, inbox="/review/inbox/", answer=f"{here}/answer/", answer_=f"{here}/answer/?show=found")
    agree(dossier=dossier.pk, number="88/UBND", **told(ANSWERED))
    opened.look(superior, answer=f"{here}/answer/", inbox="/review/inbox/?show=answered")
    opened.look(leader, decide=f"{here}/decide/")

    decide(dossier=dossier.pk, order=order(dossier), **told(DECIDED))
    issue_certificates(dossier=fresh(dossier).pk, **told(CERTIFIED))
    decision, certificate = Decision.objects.order_by("pk")[0], Certificate.objects.order_by("pk")[0]
    opened.look(
        leader, board=f"{here}/", steps=f"{here}/steps/", compile=f"{here}/compile/", decide=f"{here}/decide/",
        decisions=f"{here}/decisions/", decision=f"/review/decisions/{decision.pk}/",
        correct=f"/review/decisions/{decision.pk}/correct/", certificates=f"{here}/certificates/",
        reprint=f"/review/certificates/{certificate.pk}/reprint/", papers=f"{here}/papers/",
        household=f"/review/households/{form.household}/", refuse=f"{here}/refusals/", refusals="/review/refusals/",
    )  # fmt: skip

    intake, request = at_the_door()
    opened.look(leader, intake_refuse=f"/review/intake/{intake.pk}/refuse/")
    opened.look(
        official, intakes="/review/intake/", intake=f"/review/intake/{intake.pk}/", intake_new="/review/intake/new/",
        intake_withdraw=f"/review/intake/{intake.pk}/withdraw/", subjects="/review/requests/",
        subject=f"/review/requests/{request.pk}/", subject_new="/review/requests/new/", calendar="/review/calendar/",
        procedures="/review/procedures/", procedure="/review/procedures/periodic/",
    )  # fmt: skip
    opened.look(superior, texts="/review/texts/", text="/review/texts/posting/", calendar_new="/review/calendar/new/")
    assert not opened.dear, "\n".join(opened.dear)
    every = {name for name, _pattern in named_patterns() if name.startswith("review:")}
    assert every - FORMS_ONLY - OWN - PAPERS - REGISTERS - opened.names == set()
