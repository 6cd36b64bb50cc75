"""The chair decides: what each household is recognised as, from when, by which decision; certificates; corrections."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from households.criteria.models import LegalStandard
from households.registry.models import Household, Person, Recognition
from households.registry.state import members_on, state_on
from households.review.actions.certifying import issue_certificates, reprint
from households.review.actions.compiling import compile_list
from households.review.actions.correcting import Correction, correct
from households.review.actions.deciding import decide
from households.review.actions.planning import planned
from households.review.actions.registers import next_numbers
from households.review.listed import listed
from households.review.models import Dossier, Intake
from households.review.refusals import ReviewRefusedError
from households.review.superior_models import Certificate, CertificatePrint, Decision, DecisionLine
from households.surveys.form_models import SurveyForm
from households.surveys.forms.steps import return_form
from households.surveys.models import SurveyRound
from households.surveys.refusals import SurveyRefusedError
from povertyportal.core.accounts import system_user
from tests.access.people import person
from tests.people import on_the_record
from tests.registry.people import COMMUNE
from tests.review.ready import AT, CERTIFIED, COMPILED, DECIDED, Case, ready
from tests.review.steps import BASES, answered, certified, decided, fresh, order, told
from tests.surveys.filled import a_round

pytestmark = pytest.mark.django_db
POOR, NEAR, LEFT = Case("poor"), Case("near_poor", "poor"), Case("not_poor", "near_poor")
NEW_YEAR = date(2027, 1, 1)


def lines(decision: Decision) -> list[DecisionLine]:
    return list(decision.lines.select_related("recognition").order_by("place"))


def test_each_list_is_a_decision_of_its_own() -> None:
    made = decided(ready(POOR, NEAR, LEFT, Case("not_poor", "")))
    closing = {one.kind: [line.klass for line in lines(one)] for one in made if one.purpose == "closing"}
    assert {kind: sorted(said) for kind, said in closing.items()} == {
        "recognised": ["near_poor", "poor"],
        "escaped": ["not_poor"],
    }


def test_in_a_change_over_year_the_opening_stock_follows_on_new_years_day() -> None:
    round = a_round()
    with on_the_record():
        SurveyRound.objects.filter(pk=round.pk).update(opening=LegalStandard.objects.get(code="nd351-2025"))
    round.refresh_from_db()
    cases = (Case("poor", opening="near_poor"), Case("not_poor", "", opening="poor"), Case("poor", opening="not_poor"))
    dossier = ready(*cases, round=round)
    made = {(one.kind, one.purpose): one for one in decided(dossier)}
    closing, opening = made["recognised", "closing"], made["recognised", "opening"]
    assert (closing.valid_from, closing.valid_until) == (DECIDED, NEW_YEAR)
    assert (opening.valid_from, opening.valid_until) == (NEW_YEAR, None)
    assert sorted(one.klass for one in lines(opening)) == ["near_poor", "poor"]
    left = lines(made["escaped", "opening"])
    assert [(one.klass, one.before) for one in left] == [("not_poor", "poor")]
    household = left[0].household_id
    assert klass_on(household, date(2026, 12, 31)) == "poor"
    assert klass_on(household, NEW_YEAR) == "not_poor"


def test_the_recognition_says_where_it_comes_from() -> None:
    dossier = ready(POOR)
    line = lines(decided(dossier)[0])[0]
    row = line.recognition
    assert row is not None
    assert (row.origin, row.year, row.area_code) == ("decided", 2026, COMMUNE)
    assert (row.decision_number, row.decision_date) == ("1/QĐ-UBND", DECIDED)
    assert row.standard == dossier.round.closing.code
    assert klass_on(line.household_id, DECIDED) == "poor"


def test_the_line_keeps_the_household_as_it_was_without_numbers() -> None:
    line = lines(decided(ready(replace(POOR, name="Sầm Thị Nhình")))[0])[0]
    assert (line.head, line.ethnicity, line.village) == ("Sầm Thị Nhình", "Tày", "Xóm Nà Vài 1")
    assert [set(one) for one in line.members] == [{"name", "birth", "sex", "relation"}] * 2


def test_another_class_than_computed_is_recognised_with_its_reason() -> None:
    made = decided(ready(Case("near_poor", "poor", proposed="poor")))
    line = lines(made[0])[0]
    assert (line.klass, line.computed, line.reason) == ("poor", "near_poor", "Nhà vừa bị lũ cuốn (phép thử)")


def test_who_was_neither_and_is_neither_stands_in_no_decision() -> None:
    made = decided(ready(POOR, Case("not_poor", "")))
    assert [len(lines(one)) for one in made if one.purpose == "closing"] == [1]


def test_nothing_is_decided_on_nobody() -> None:
    dossier = ready(Case("not_poor", ""))
    assert decided(dossier) == []
    assert fresh(dossier).state == "decided"


def test_decided_twice_is_refused() -> None:
    dossier = ready(POOR)
    decided(dossier)
    with pytest.raises(ReviewRefusedError, match="Đã ra quyết định"):
        decide(dossier=dossier.pk, order=order(dossier), **told(DECIDED))


def test_without_the_opinion_nothing_is_decided() -> None:
    dossier = ready(POOR)
    with pytest.raises(ReviewRefusedError, match="Các thôn đang làm"):
        decide(dossier=dossier.pk, order=order(dossier), **told(DECIDED))


def test_an_official_does_not_decide() -> None:
    dossier, official = answered(ready(POOR)), person("commune_official", COMMUNE)
    wanted = order(dossier)
    with pytest.raises(PermissionDenied):
        decide(dossier=dossier.pk, order=wanted, on=DECIDED, by=official, at=AT)


def test_a_form_returned_after_the_superior_agreed_stops_the_decision() -> None:
    dossier = answered(ready(POOR, NEAR))
    form = SurveyForm.objects.filter(round=dossier.round).earliest("pk")
    return_form(form=form.pk, remark="Sót một con", by=system_user(), at=AT)
    with pytest.raises(ReviewRefusedError, match="1 phiếu chưa xong"):
        decide(dossier=dossier.pk, order=order(dossier), **told(DECIDED))


def test_a_form_that_was_decided_on_does_not_go_back() -> None:
    line = lines(decided(ready(POOR))[0])[0]
    with pytest.raises(SurveyRefusedError, match="đính chính bằng quyết định khác"):
        return_form(form=line.form_id, remark="Sót một con", by=system_user(), at=AT)


def test_a_list_that_is_no_more_the_one_agreed_on_is_not_decided() -> None:
    dossier = answered(ready(POOR, NEAR))
    with on_the_record():
        opinion = dossier.opinions.get()
        opinion.shown[0]["class"] = "average"
        opinion.save()
    with pytest.raises(ReviewRefusedError, match="khác với danh sách cấp trên đã thống nhất"):
        decide(dossier=dossier.pk, order=order(dossier), **told(DECIDED))


def test_what_was_looked_at_is_what_is_decided() -> None:
    dossier = answered(ready(POOR))
    with pytest.raises(ReviewRefusedError, match="Danh sách vừa thay đổi"):
        decide(dossier=dossier.pk, order=order(dossier), seen="0" * 32, **told(DECIDED))
    seen = planned(dossier, on=DECIDED).fingerprint
    assert decide(dossier=dossier.pk, order=order(dossier), seen=seen, **told(DECIDED))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"signer": " "}, "Cần họ tên người ký"),
        ({"position": ""}, "Cần chức vụ"),
        ({"bases": ["", " ;"]}, "Cần ít nhất một căn cứ"),
        ({"numbers": {}}, "Cần số quyết định"),
        ({"signer": "Nông Văn Chủ 004080001234"}, "Đừng ghi số định danh"),
    ],
)
def test_a_decision_is_whole(more: dict[str, object], said: str) -> None:
    dossier = answered(ready(POOR))
    with pytest.raises(ReviewRefusedError, match=said):
        decide(dossier=dossier.pk, order=order(dossier, **more), **told(DECIDED))


def test_a_number_is_given_once_in_the_communes_year() -> None:
    dossier = answered(ready(POOR, LEFT))
    same = dict.fromkeys(order(dossier).numbers, "1/QĐ-UBND")
    with pytest.raises(ReviewRefusedError, match="đã dùng cho một quyết định khác"):
        decide(dossier=dossier.pk, order=order(dossier, numbers=same), **told(DECIDED))
    decide(dossier=dossier.pk, order=order(dossier), **told(DECIDED))
    last = len(order(dossier).numbers)
    assert next_numbers(COMMUNE, 2026, 2) == [f"{last + 1}/QĐ-UBND", f"{last + 2}/QĐ-UBND"]


def test_after_the_rounds_end_a_reason_is_asked_and_kept() -> None:
    dossier, late = answered(ready(POOR)), date(2026, 12, 18)
    at = AT.replace(month=12)
    with pytest.raises(ReviewRefusedError, match="Đợt rà soát đã hết ngày 14/12/2026"):
        decide(dossier=dossier.pk, order=order(dossier, late), on=late, by=system_user(), at=at)
    why = order(dossier, late, late="Chờ phúc tra xóm Nà Vài")
    made = decide(dossier=dossier.pk, order=why, on=late, by=system_user(), at=at)
    assert {one.late for one in made} == {"Chờ phúc tra xóm Nà Vài"}


def test_a_household_that_is_no_more_cannot_be_recognised() -> None:
    dossier = answered(ready(POOR, NEAR))
    form = SurveyForm.objects.filter(round=dossier.round).earliest("pk")
    with on_the_record():
        Household.objects.filter(pk=form.household_id).update(validity=(date(2025, 7, 1), date(2026, 11, 10)))
    with pytest.raises(ReviewRefusedError, match=f"Hộ H{form.household_id} không có vào ngày 16/11/2026"):
        decide(dossier=dossier.pk, order=order(dossier), **told(DECIDED))
    assert not Recognition.objects.filter(origin="decided").exists()


def test_two_thousand_households_are_decided_in_seconds() -> None:
    cases = [Case("poor", village=turn % 3) for turn in range(1_200)] + [Case("not_poor", "poor")] * 800
    dossier = answered(ready(*cases))
    numbers = order(dossier)
    start = time.perf_counter()
    made = decide(dossier=dossier.pk, order=numbers, **told(DECIDED))
    assert time.perf_counter() - start < 20
    assert sum(len(lines(one)) for one in made if one.purpose == "closing") == 2_000
    assert Recognition.objects.filter(origin="decided").count() == sum(len(lines(one)) for one in made)


def test_every_recognised_household_gets_a_certificate_and_nobody_else() -> None:
    dossier = certified(ready(POOR, NEAR, LEFT))
    assert dossier.state == "certified"
    known = Certificate.objects.order_by("number").select_related("line")
    assert [one.number for one in known] == list(range(1, len(known) + 1))
    assert {one.line.klass for one in known} == {"poor", "near_poor"}
    assert CertificatePrint.objects.filter(copy=1).count() == len(known)


def test_certificates_are_not_issued_twice() -> None:
    dossier = certified(ready(POOR))
    with pytest.raises(ReviewRefusedError, match="đã có giấy chứng nhận"):
        issue_certificates(dossier=dossier.pk, **told(CERTIFIED))


def test_another_print_needs_a_reason_and_is_counted() -> None:
    certified(ready(POOR))
    one = Certificate.objects.earliest("pk")
    with pytest.raises(ReviewRefusedError, match="Cần nói vì sao in lại"):
        reprint(certificate=one.pk, reason=" ", by=system_user(), at=AT)
    assert reprint(certificate=one.pk, reason="Hộ báo mất giấy", by=system_user(), at=AT).copy == 2
    assert reprint(certificate=one.pk, reason="Giấy bị ướt", by=system_user(), at=AT).copy == 3


def correction(wrong: Decision, klass: str, **more: object) -> Correction:
    form = lines(wrong)[0].form_id
    said = Correction(
        wrong.pk, {form: klass}, "31/QĐ-UBND", "Nông Văn Chủ", "Chủ tịch", BASES, "Nhầm điểm B1 hai hộ cùng tên"
    )
    return replace(said, **more)  # type: ignore[arg-type]


def test_a_wrong_result_is_put_right_by_a_decision_that_names_it() -> None:
    dossier = ready(POOR, NEAR)
    wrong = decided(dossier)[0]
    line = lines(wrong)[0]
    right = correct(dossier=dossier.pk, told=correction(wrong, "not_poor"), **told(CERTIFIED))
    assert (right.kind, right.corrects, right.valid_from) == ("correction", wrong, wrong.valid_from)
    new = lines(right)[0]
    assert new.recognition is not None
    assert new.recognition.corrects == line.recognition
    assert klass_on(line.household_id, DECIDED) == "not_poor"
    assert lines(wrong)[0].klass == line.klass
    assert (new.computed, new.reason) == (
        "poor" if line.klass == "poor" else "near_poor",
        "Nhầm điểm B1 hai hộ cùng tên",
    )


def test_what_was_put_right_is_put_right_again_only_by_the_newest() -> None:
    dossier = ready(POOR)
    wrong = decided(dossier)[0]
    right = correct(dossier=dossier.pk, told=correction(wrong, "not_poor"), **told(CERTIFIED))
    with pytest.raises(ReviewRefusedError, match="đã được đính chính bằng quyết định sau"):
        correct(dossier=dossier.pk, told=correction(wrong, "near_poor", number="32/QĐ-UBND"), **told(CERTIFIED))
    again = correct(dossier=dossier.pk, told=correction(right, "near_poor", number="32/QĐ-UBND"), **told(CERTIFIED))
    assert klass_on(lines(again)[0].household_id, DECIDED) == "near_poor"


@pytest.mark.parametrize(
    ("klass", "more", "said"),
    [
        ("poor", {}, "đã được công nhận như vậy"),
        ("rich", {}, "Không có phân loại “rich”"),
        ("not_poor", {"reason": ""}, "Cần lý do đính chính"),
        ("not_poor", {"classes": {}}, "Chưa chọn hộ nào"),
        ("not_poor", {"number": "1/QĐ-UBND"}, "đã dùng cho một quyết định khác"),
    ],
)
def test_a_correction_is_whole(klass: str, more: dict[str, object], said: str) -> None:
    dossier = ready(POOR)
    wrong = decided(dossier)[0]
    with pytest.raises(ReviewRefusedError, match=said):
        correct(dossier=dossier.pk, told=correction(wrong, klass, **more), **told(CERTIFIED))


def test_a_certificate_of_what_was_put_right_is_not_printed_again_and_the_right_one_is_issued() -> None:
    dossier = ready(POOR)
    certified(dossier)
    old = Certificate.objects.earliest("pk")
    wrong = old.line.decision
    correct(dossier=dossier.pk, told=correction(wrong, "near_poor"), **told(CERTIFIED))
    with pytest.raises(ReviewRefusedError, match="đã được đính chính"):
        reprint(certificate=old.pk, reason="Mất giấy", by=system_user(), at=AT)
    made = issue_certificates(dossier=dossier.pk, **told(CERTIFIED))
    assert [one.line.klass for one in made] == ["near_poor"]


def test_an_in_year_request_is_decided_within_fifteen_days_or_with_a_reason() -> None:
    round = a_round("2026-10-inyear", on=date(2026, 10, 15))
    dossier = ready(Case("poor", ""), round=round, procedure="in_year")
    with on_the_record():
        SurveyForm.objects.filter(round=round).update(listed_at=datetime(2026, 11, 2, 3, tzinfo=UTC))
    compile_list(dossier=dossier.pk, **told(COMPILED))
    assert not planned(fresh(dossier), on=date(2026, 11, 17)).late
    assert "chậm nhất ngày 17/11/2026" in planned(fresh(dossier), on=date(2026, 11, 18)).late
    late = date(2026, 11, 18)
    with pytest.raises(ReviewRefusedError, match="trong 15 ngày"):
        decide(dossier=dossier.pk, order=order(dossier, late), **told(late))
    made = decide(dossier=dossier.pk, order=order(dossier, late, late="Phúc tra một khiếu nại"), **told(late))
    assert [(one.kind, one.late) for one in made] == [("recognised", "Phúc tra một khiếu nại")]


def worker_dossier() -> Dossier:
    round = a_round("2026-10-inyear", on=date(2026, 10, 15))
    cases = [Case("", "", worker=True, why="worker"), Case("", "", why="worker", name="Lý A Páo")]
    dossier = ready(*cases, round=round, procedure="worker")
    compile_list(dossier=dossier.pk, **told(COMPILED))
    return dossier


def persons_of(household: int) -> dict[str, int]:
    """By relation."""
    return {one.relation: one.person for one in members_on([household], DECIDED)[household]}


def test_low_income_workers_are_named_and_their_households_keep_their_class() -> None:
    dossier = worker_dossier()
    with pytest.raises(ReviewRefusedError, match="hãy chọn thành viên là người lao động"):
        decide(dossier=dossier.pk, order=order(dossier), **told(DECIDED))
    row = planned(dossier, on=DECIDED).drafts[0].lines[0].row
    who = persons_of(row.household)
    with pytest.raises(ReviewRefusedError, match="1 người đã chọn không phải thành viên"):
        decide(dossier=dossier.pk, order=order(dossier, workers={row.form: [10**9]}), **told(DECIDED))
    made = decide(dossier=dossier.pk, order=order(dossier, workers={row.form: [who["spouse"]]}), **told(DECIDED))
    assert [one.kind for one in made] == ["worker"]
    line = lines(made[0])[0]
    assert (line.recognition, line.klass, [one["relation"] for one in line.members]) == (None, "", ["spouse"])
    assert klass_on(line.household_id, DECIDED) == ""


def test_who_asked_to_be_a_low_income_worker_is_chosen_already() -> None:
    dossier = worker_dossier()
    row = planned(dossier, on=DECIDED).drafts[0].lines[0].row
    with on_the_record():
        Intake.objects.create(
            kind="worker", commune_code="01392", year=2026, number=1, received_on=date(2026, 10, 20),
            applicant=row.name.upper(), form_id=row.form, household_id=row.household, state="listed", by=system_user(), at=AT,
        )  # fmt: skip
    assert planned(dossier, on=DECIDED).drafts[0].lines[0].workers == (persons_of(row.household)["head"],)


def test_a_list_of_workers_is_put_right_by_person_and_takes_up_who_was_forgotten() -> None:
    dossier = worker_dossier()
    first, other = (one for one in listed(dossier, day=DECIDED))
    named, forgot = (first, other) if first.worker else (other, first)
    who = persons_of(named.household)
    wrong = decide(dossier=dossier.pk, order=order(dossier, workers={named.form: [who["head"]]}), **told(DECIDED))[0]
    added = [persons_of(forgot.household)["head"]]
    told_of = correction(wrong, "", classes={}, workers={named.form: [who["spouse"]], forgot.form: added})
    right = correct(dossier=dossier.pk, told=told_of, **told(CERTIFIED))
    assert {one.form_id: [who["relation"] for who in one.members] for one in lines(right)} == {
        named.form: ["spouse"],
        forgot.form: ["head"],
    }
    nobody = correction(right, "", classes={}, workers={named.form: []}, number="32/QĐ-UBND")
    assert lines(correct(dossier=dossier.pk, told=nobody, **told(CERTIFIED)))[0].members == []
    with pytest.raises(ReviewRefusedError, match="đính chính theo người"):
        correct(dossier=dossier.pk, told=correction(right, "poor", number="33/QĐ-UBND"), **told(CERTIFIED))


def test_a_forgotten_household_is_taken_up_by_a_correction_for_the_same_period() -> None:
    dossier = ready(POOR, Case("not_poor", "", name="Lý A Sót"))
    wrong = decided(dossier)[0]
    missed = next(one for one in listed(dossier, day=CERTIFIED) if one.name == "Lý A Sót")
    right = correct(dossier=dossier.pk, told=correction(wrong, "", classes={missed.form: "poor"}), **told(CERTIFIED))
    line = lines(right)[0]
    assert (line.form_id, line.klass, line.before, line.computed) == (missed.form, "poor", "", "not_poor")
    assert line.recognition is not None
    assert (line.recognition.corrects, line.recognition.validity.lower) == (None, wrong.valid_from)
    assert klass_on(missed.household, DECIDED) == "poor"
    again = correction(wrong, "", classes={missed.form: "near_poor"}, number="32/QĐ-UBND")
    with pytest.raises(ReviewRefusedError, match="không có trong quyết định"):
        correct(dossier=dossier.pk, told=again, **told(CERTIFIED))


def test_a_name_put_right_in_the_registry_is_written_anew_by_a_correction_with_a_certificate_of_its_own() -> None:
    dossier = ready(Case("poor", name="Nông Văn Ann"))
    certified(dossier)
    wrong = Decision.objects.get(kind="recognised", purpose="closing")
    with pytest.raises(ReviewRefusedError, match="đã được công nhận như vậy"):
        correct(dossier=dossier.pk, told=correction(wrong, "poor"), **told(CERTIFIED))
    with on_the_record():
        Person.objects.filter(full_name="Nông Văn Ann").update(full_name="Nông Văn An")
    right = correct(dossier=dossier.pk, told=correction(wrong, "poor"), **told(CERTIFIED))
    assert [(one.head, one.klass) for one in lines(right)] == [("Nông Văn An", "poor")]
    assert [one.line.head for one in issue_certificates(dossier=dossier.pk, **told(CERTIFIED))] == ["Nông Văn An"]


def test_a_correction_says_what_was_written_before_and_not_what_the_household_was_last_year() -> None:
    dossier = ready(Case("poor", "near_poor"))
    right = correct(dossier=dossier.pk, told=correction(decided(dossier)[0], "not_poor"), **told(CERTIFIED))
    assert (lines(right)[0].before, lines(right)[0].klass) == ("poor", "not_poor")


@pytest.mark.parametrize(("number", "said"), [
    ("01/QĐ-UBND", "đã dùng"), ("1/qđ - ubnd", "đã dùng"), ("/QĐ-UBND", "không bắt đầu"), ("QĐ 5", "không bắt đầu"),
    ("0/QĐ-UBND", "không bắt đầu"),
])  # fmt: skip
def test_a_number_is_one_of_the_register_and_its_own_however_it_is_written(number: str, said: str) -> None:
    dossier = ready(POOR)
    wrong = decided(dossier)[0]
    with pytest.raises(ReviewRefusedError, match=said):
        correct(dossier=dossier.pk, told=correction(wrong, "not_poor", number=number), **told(CERTIFIED))


def klass_on(household: int, day: date) -> str:
    found = state_on(household, day).recognition
    return found.klass if found else ""
