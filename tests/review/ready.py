"""Dossiers whose villages are done, made by rows and not by steps: so many households at once, met, voted on and posted.

``ready(Case(...), …)`` is of Trường Hà in the periodic round of 2026; a case a household. Its days: MET, POSTED; then every step
of the dossier may be made from COMPILED on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from households.areas.villages import create_village, villages_of
from households.registry.models import Household, Membership, Person, Recognition, Residence
from households.review.models import Dossier, DossierPart, Meeting, MeetingVote, Posting, ProposedClass
from households.review.moving import dossier_for
from households.surveys.form_models import State, SurveyForm, SurveyResult, SurveySheet, Why
from households.surveys.models import SurveyRound
from povertyportal.core.accounts import system_user
from povertyportal.vietnamese import fold, sort_key
from tests.people import on_the_record
from tests.registry.people import COMMUNE, SINCE
from tests.surveys.filled import a_round

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
MET, POSTED, ENDED = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 6)
COMPILED, ASKED, ANSWERED, DECIDED, CERTIFIED = (date(2026, 11, day) for day in (9, 10, 12, 16, 17))
LAW = "nd07-2021"
FAMILIES, MIDDLES = ("Nông", "Hoàng", "Lý", "Sầm", "Triệu", "Đàm"), ("Văn", "Thị", "A", "Thanh")
GIVEN = ("An", "Bình", "Páo", "Nhình", "Tẩn", "Cường", "Dín", "Ngân", "Sỉnh", "Tuyết")


@dataclass(frozen=True)
class Case:
    """``klass``: what the form came to, ``opening`` by the standard to come; ``proposed``: what the commune wants instead;
    ``stopped``: at Phiếu A."""

    klass: str = "poor"
    before: str = "poor"
    village: int = 0
    opening: str = ""
    proposed: str = ""
    stopped: bool = False
    worker: bool = False
    why: str = ""
    name: str = ""
    b1: int = 90
    b2: int = 40


def ready(
    *cases: Case,
    round: SurveyRound | None = None,
    commune: str = COMMUNE,
    procedure: str = "periodic",
    stage: str = "closed",
    voted: bool = True,
    before_on: date = date(2025, 12, 12),
    lived_since: date = date(2025, 7, 1),
) -> Dossier:
    """``stage``: of the villages; ``voted``: whether they met and agreed."""
    found_round = round or a_round(area=commune)
    by = system_user()
    dossier = dossier_for(round=found_round, area_code=commune, procedure_code=procedure, by=by, at=AT)
    codes = villages(commune, max((one.village for one in cases), default=0) + 1, on=found_round.area_on)
    with on_the_record():
        households = _households(cases, codes, commune, before_on, lived_since)
        forms = _forms(cases, codes, found_round, households)
        results = _results(cases, found_round, forms)
        _proposed(cases, forms, results)
        parts = _parts(dossier, codes, stage, procedure)
        if voted:
            _met(cases, dossier, parts, forms, results)
    return dossier


def villages(commune: str, count: int, on: date = SINCE) -> list[str]:
    """Before the commune was merged, the commune itself: its villages are made since."""
    if on < SINCE:
        return [commune] * count
    known = [one.code for one in villages_of(commune, on=on)]
    basis: dict[str, Any] = {
        "on": min(on, SINCE),
        "legal_basis": "Nghị quyết (phép thử)",
        "by": system_user(),
        "at": AT,
    }
    for turn in range(len(known), count):
        known.append(create_village(commune=commune, type="Xóm", name=f"Nà Vài {turn + 1}", **basis).code)
    return sorted(known)[:count]


def name_of(turn: int) -> str:
    return f"{FAMILIES[turn % 6]} {MIDDLES[turn // 6 % 4]} {GIVEN[turn // 24 % 10]}"


def _households(cases: Sequence[Case], codes: list[str], commune: str, before_on: date, since: date) -> list[Household]:
    life = DateRange(since, None)
    made = Household.objects.bulk_create([Household(validity=life) for _one in cases], batch_size=1000)
    people = Person.objects.bulk_create(
        [_person(one.name or name_of(turn), date(1980, 2, 5), "male") for turn, one in enumerate(cases)]
        + [_person(f"Lò Thị {GIVEN[turn % 10]}", date(1985, 3, 6), "female") for turn in range(len(cases))],
        batch_size=1000,
    )
    relations = ["head"] * len(cases) + ["spouse"] * len(cases)
    Membership.objects.bulk_create(
        [
            Membership(household=made[turn % len(made)], person=who, relation=relation, validity=life)
            for turn, (who, relation) in enumerate(zip(people, relations, strict=True))
        ],
        batch_size=1000,
    )
    Residence.objects.bulk_create(
        [
            Residence(household=own, area_code=codes[case.village], address=f"Số {own.pk}", validity=life)
            for own, case in zip(made, cases, strict=True)
        ],
        batch_size=1000,
    )
    known = [(own, case.before) for own, case in zip(made, cases, strict=True) if case.before]
    Recognition.objects.bulk_create(
        [
            Recognition(
                household=own, klass=klass, year=before_on.year, validity=DateRange(before_on, None),
                decision_number="7/QĐ-UBND", decision_date=before_on, area_code=commune, standard=LAW,
                origin="taken_over", source="Danh sách cũ (phép thử)", reason="Danh sách cũ (phép thử)", by=system_user(),
                at=AT,
            )
            for own, klass in known
        ],
        batch_size=1000,
    )  # fmt: skip
    return made


def _person(name: str, born: date, sex: str) -> Person:
    return Person(
        full_name=name, search_key=fold(name), sort_key=sort_key(name), sex=sex, birth_date=born, birth_year=born.year,
        ethnicity="tay",
    )  # fmt: skip


def _forms(
    cases: Sequence[Case], codes: list[str], round: SurveyRound, households: list[Household]
) -> list[SurveyForm]:
    by = system_user()
    forms = SurveyForm.objects.bulk_create(
        [
            SurveyForm(
                round=round, household=own, why=case.why or _why(case), area_code=codes[case.village], state=State.DONE,
                listed_by=by, listed_at=AT, done_by=by, done_at=AT,
            )
            for own, case in zip(households, cases, strict=True)
        ],
        batch_size=1000,
    )  # fmt: skip
    SurveySheet.objects.bulk_create([SurveySheet(form=one, answers={}) for one in forms], batch_size=1000)
    return forms


def _why(case: Case) -> str:
    return case.before if case.before in ("poor", "near_poor") else Why.REQUEST


def _results(cases: Sequence[Case], round: SurveyRound, forms: list[SurveyForm]) -> list[SurveyResult]:
    """The closing ones, in the order of the forms."""
    pairs = [(form, case, "closing") for form, case in zip(forms, cases, strict=True)]
    if round.opening_id:
        pairs += [(form, case, "opening") for form, case in zip(forms, cases, strict=True)]
    made = SurveyResult.objects.bulk_create([result(*one) for one in pairs], batch_size=1000)
    return made[: len(forms)]


def result(form: SurveyForm, case: Case, purpose: str = "closing") -> SurveyResult:
    """Unsaved."""
    klass = "" if case.stopped else case.opening or case.klass if purpose == "opening" else case.klass
    scores = {"a": None, "b1": case.b1, "b2": case.b2, "deprivations": case.b2 // 10, "income_month": None}
    told = {
        "class": klass or None, "kind": None, "gate": "stop" if case.stopped else None, "low_income_worker": case.worker,
        "scores": scores, "indicators": {}, "reasons": [],
    }  # fmt: skip
    return SurveyResult(
        form=form, purpose=purpose, standard=LAW, digest="0" * 64, area_type="rural", on=date(2026, 10, 5), version=1,
        klass=klass, result=told, by=system_user(), at=AT,
    )  # fmt: skip


def _proposed(cases: Sequence[Case], forms: list[SurveyForm], results: list[SurveyResult]) -> None:
    ProposedClass.objects.bulk_create(
        ProposedClass(
            form=form, purpose="closing", result=own, klass=case.proposed, reason="Nhà vừa bị lũ cuốn (phép thử)",
            by=system_user(), at=AT,
        )
        for form, own, case in zip(forms, results, cases, strict=True)
        if case.proposed
    )  # fmt: skip


def _parts(dossier: Dossier, codes: list[str], stage: str, procedure: str) -> dict[str, DossierPart]:
    wanted = (
        sorted(set(codes)) if procedure in ("periodic", "in_year", "escape", "before_2022") else [dossier.area_code]
    )
    made = DossierPart.objects.bulk_create(DossierPart(dossier=dossier, area_code=code, state=stage) for code in wanted)
    return {one.area_code: one for one in made}


def _met(
    cases: Sequence[Case],
    dossier: Dossier,
    parts: dict[str, DossierPart],
    forms: list[SurveyForm],
    results: list[SurveyResult],
) -> None:
    whose = list(zip(forms, results, cases, strict=True))
    for code, part in parts.items():
        own = [(f, r, c) for f, r, c in whose if code in (f.area_code, dossier.area_code) and not c.stopped]
        meeting = Meeting.objects.create(
            part=part, number=1, held_on=MET, starts=time(19), place="Nhà văn hóa", chair="Hoàng Văn Tám",
            secretary="Lý Thị Mai", present_count=40, by=system_user(), at=AT,
        )  # fmt: skip
        MeetingVote.objects.bulk_create(
            [MeetingVote(meeting=meeting, form=f, result=r, agree=38, disagree=2, passed=True) for f, r, _c in own],
            batch_size=1000,
        )
        Posting.objects.create(
            part=part, turn=1, starts_on=POSTED, ends_on=ENDED, places=["Nhà văn hóa", "Trụ sở UBND xã"],
            shown=[_shown(f, r, c) for f, r, c in own], by=system_user(), at=AT,
        )  # fmt: skip


def _shown(form: SurveyForm, result: SurveyResult, case: Case) -> dict[str, Any]:
    klass = case.proposed or case.klass or ("worker" if case.worker else "")
    return {
        "form": form.pk, "result": result.pk, "name": case.name, "village": form.area_code, "class": klass,
        "before": case.before,
    }  # fmt: skip
