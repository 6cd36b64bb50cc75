"""The dossiers of a demonstration: finished ones of its last year, of this year some at every stage, as the portal would have
made them."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from households.registry.demonstration import mapping
from households.registry.models import Recognition
from households.review.actions.compiling import blocks
from households.review.actions.planning import planned
from households.review.calendar.stored import calendar
from households.review.demonstration.making import fill_reviews
from households.review.listed import listed
from households.review.models import Complaint, Dossier, DossierPart, Intake, Meeting, MeetingVote, Posting, ReviewStep
from households.review.procedures.parts import Holder
from households.review.procedures.shelf import procedure
from households.review.standing import dossier_standing
from households.review.superior_models import Certificate, Decision, DecisionLine, Opinion, Refusal, SubjectRequest
from households.review.unrecognised import unrecognised
from households.surveys.demonstration.making import Wish, make
from households.surveys.form_models import State, SurveyForm
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting

NOVEMBER = timezone.make_aware(datetime.fromisoformat("2026-11-20T15:00"))
SEED, HOUSEHOLDS = 1, 400
TODAY = timezone.localdate(NOVEMBER)
FIRST: list[Any] = []  # what a first run made that was taken back


@pytest.fixture(scope="module", autouse=True)
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In one transaction that is taken back after the last test of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        by = system_user()
        with pytest.MonkeyPatch.context() as patch, acting(by=by, reason="Thử dữ liệu minh họa"):
            patch.setattr(mapping, "LEAST_IN_A_COMMUNE", 20)
            make(Wish(SEED, HOUSEHOLDS, 2024, 2025), by=by, at=NOVEMBER, commit=True)
            with transaction.atomic():
                fill_reviews(SEED, by=by, at=NOVEMBER)
                FIRST[:] = told()
                transaction.set_rollback(True)
            fill_reviews(SEED, by=by, at=NOVEMBER)
        yield
        transaction.set_rollback(True)


def told() -> list[Any]:
    """What a person reads of all dossiers, without keys of rows."""
    place = "part__area_code"
    return [
        list(rows)
        for rows in (
            Dossier.objects.order_by("pk").values_list("round__code", "area_code", "state", "version"),
            Meeting.objects.order_by("pk").values_list(place, "held_on", "chair", "present_count"),
            MeetingVote.objects.order_by("pk").values_list("form", "agree", "disagree"),
            Posting.objects.order_by("pk").values_list(place, "turn", "starts_on", "ends_on", "shown"),
            Complaint.objects.order_by("pk").values_list(place, "form", "complainant", "outcome"),
            Decision.objects.order_by("pk").values_list("area_code", "number", "decided_on", "signer"),
            DecisionLine.objects.order_by("pk").values_list("place", "household", "klass", "before"),
            Intake.objects.order_by("pk").values_list("commune_code", "number", "applicant", "received_on"),
            SubjectRequest.objects.order_by("pk").values_list("applicant", "received_on", "outcome"),
            ReviewStep.objects.order_by("pk").values_list("move", "on", "at"),
        )
    ]


def test_the_same_seed_makes_the_same_dossiers() -> None:
    assert FIRST
    assert all(FIRST)
    assert told() == FIRST


def test_a_commune_whose_superior_agreed_may_decide_as_it_stands() -> None:
    found = Dossier.objects.filter(state="answered").select_related("round")
    assert found
    for dossier in found:
        plan = planned(dossier, on=TODAY)
        assert (list(plan.blocks), plan.late) == ([], "")
        assert {one.kind for one in plan.drafts} == {"recognised", "escaped"}


def dossiers(year: int) -> list[Dossier]:
    return list(Dossier.objects.filter(round__year=year).select_related("round").order_by("area_code"))


def test_every_commune_of_the_last_year_has_decided_and_certified() -> None:
    assert dossiers(2025)
    assert {one.state for one in dossiers(2025)} == {"certified"}
    assert set(DossierPart.objects.filter(dossier__round__year=2025).values_list("state", flat=True)) == {"closed"}


def test_this_year_there_is_something_at_every_stage() -> None:
    parts = Counter(DossierPart.objects.filter(dossier__round__year=2026).values_list("state", flat=True))
    assert set(parts) == {"survey", "agreed", "posted", "recheck", "posted_again", "closed"}
    assert {one.state for one in dossiers(2026)} >= {"villages", "compiled", "asked", "answered"}
    answers = Counter(Opinion.objects.filter(dossier__round__year=2026).values_list("answer", flat=True))
    assert set(answers) == {"", "agree", "return"}
    assert Opinion.objects.filter(answer="", due_on__lt=TODAY).exists()  # one is overdue
    assert Opinion.objects.filter(answer="", due_on__gte=TODAY).exists()


def test_each_step_is_one_of_the_tables_and_follows_from_the_one_before() -> None:
    for dossier in Dossier.objects.all():
        known, now = procedure(dossier.procedure), dict[int | None, str]()
        steps = ReviewStep.objects.filter(dossier=dossier).order_by("on", "at", "pk")
        for step in steps:
            before = now.get(step.part_id, known.first_of(Holder.PART if step.part_id else Holder.DOSSIER).code)
            assert step.from_state == before, (dossier, step.move)
            assert step.from_state in known.move(step.move).from_, (dossier, step.move)
            move = known.move(step.move)
            assert step.to_state in (*move.ends, *(() if move.to else (before,)))
            assert timezone.localdate(step.at) <= TODAY
            now[step.part_id] = step.to_state
        assert now.get(None, "villages") == dossier.state
        assert {part.pk: part.state for part in dossier.parts.all()} == {key: now[key] for key in now if key}
        assert dossier.version == len(steps)


def test_every_decided_line_is_a_recognition_of_the_demonstration() -> None:
    lines = DecisionLine.objects.exclude(decision__kind="worker").select_related("decision", "recognition")
    assert len(lines) > 60
    for line in lines:
        told = line.recognition
        assert told is not None
        assert (told.klass, told.household_id, told.decision_number, told.decision_date) == (
            line.klass, line.household_id, line.decision.number, line.decision.decided_on,
        )  # fmt: skip
    decided = Recognition.objects.filter(year=2025, decision_date__month=12)
    forms = SurveyForm.objects.filter(round__year=2025, state=State.DONE).values("household")
    assert decided.filter(household__in=forms, decided_by=None).count() == 0


def test_what_needs_no_meeting_is_posted_at_an_office_and_decided_in_another() -> None:
    found = Dossier.objects.filter(procedure__in=["average", "worker"])
    stages = {(one.state, one.parts.get().state) for one in found}
    assert ("decided", "closed") in stages
    assert stages <= {("decided", "closed"), ("villages", "posted")}
    assert set(DecisionLine.objects.filter(decision__kind="average").values_list("klass", flat=True)) == {"average"}
    for line in DecisionLine.objects.filter(decision__kind="worker"):
        asked = Intake.objects.get(form=line.form_id)
        assert [one["name"] for one in line.members] == [asked.applicant]


def test_whom_the_year_before_did_not_know_had_no_class_before() -> None:
    for line in DecisionLine.objects.filter(decision__kind="escaped"):
        assert line.before in ("poor", "near_poor")
    assert set(DecisionLine.objects.values_list("before", flat=True)) >= {"", "poor", "near_poor"}


def test_whoever_is_poor_or_near_poor_holds_a_certificate_and_nobody_else() -> None:
    listed = DecisionLine.objects.filter(klass__in=["poor", "near_poor"])
    assert Certificate.objects.count() == listed.count()
    assert set(Certificate.objects.values_list("line", flat=True)) == set(listed.values_list("pk", flat=True))
    for code in Certificate.objects.values_list("area_code", flat=True).distinct():
        numbers = sorted(Certificate.objects.filter(area_code=code).values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


def test_in_each_finished_commune_one_complaint_was_heard_and_the_result_kept() -> None:
    for dossier in dossiers(2025):
        found = Complaint.objects.filter(part__dossier=dossier)
        assert [one.outcome for one in found] == ["kept"]
        assert [one.turn for one in Posting.objects.filter(part=found[0].part).order_by("pk")] == [1, 2]


def test_the_board_finds_nothing_wanting_in_a_closed_village() -> None:
    days = calendar()
    for dossier in Dossier.objects.select_related("round"):
        standing = dossier_standing(dossier, today=TODAY, calendar=days)
        for village in standing.villages:
            counts = village.counts
            if village.stage.code == "closed":
                assert (counts.open, counts.unvoted, counts.unposted) == (0, 0, 0), (dossier, village.name)
            if village.stage.code == "posted":
                assert village.left > 0, (dossier, village.name)
        if dossier.state in ("compiled", "asked", "answered", "certified"):
            assert blocks(dossier, listed(dossier, day=TODAY), TODAY) == []


def test_votes_are_of_those_present_and_half_of_them_agree() -> None:
    votes = MeetingVote.objects.select_related("meeting")
    assert len(votes) > 100
    for vote in votes:
        assert vote.agree + vote.disagree <= vote.meeting.present_count <= vote.agree * 2


def test_what_is_posted_tells_name_village_and_class_only() -> None:
    for posting in Posting.objects.all():
        for row in posting.shown:
            assert set(row) == {"form", "result", "name", "village", "class", "before"}


def test_a_household_sent_back_by_the_superior_surveys_again_with_its_village() -> None:
    returned = Opinion.objects.filter(answer="return").first()
    assert returned is not None
    forms = [one.form for one in returned.remarks.select_related("form")]
    assert forms
    assert {one.state for one in forms} == {State.RETURNED}
    parts = returned.dossier.parts.filter(area_code__in={one.area_code for one in forms})
    assert set(parts.values_list("state", flat=True)) == {"survey"}


def test_whoever_asked_in_vain_was_answered_in_writing() -> None:
    assert Refusal.objects.exists()
    for dossier in dossiers(2025):
        assert [one for one in unrecognised(dossier, day=TODAY) if one.due] == []


def test_who_asked_handed_in_a_paper() -> None:
    asked = SurveyForm.objects.filter(why="request").exclude(state=State.DROPPED)
    assert set(Intake.objects.filter(state="listed", kind="review").values_list("form", flat=True)) == {
        one.pk for one in asked
    }
    assert Intake.objects.filter(state="received", commune_code="01392").exists()


def test_in_each_running_commune_somebody_asks_about_the_data_kept_on_him() -> None:
    for dossier in dossiers(2026):
        found = SubjectRequest.objects.filter(commune_code=dossier.area_code).order_by("received_on")
        assert [one.outcome for one in found] == ["done", ""]
        assert all(one.answered_on <= one.due_on for one in found if one.answered_on)


def test_decisions_are_numbered_once_in_a_commune_and_year() -> None:
    for decision in Decision.objects.select_related("dossier__round"):
        assert decision.area_code == decision.dossier.area_code
        assert decision.bases
        assert decision.invented
