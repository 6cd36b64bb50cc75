"""The list goes up, is agreed on or comes back with remarks: in its turn, by the right person, as it stood."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from households.review.actions.answering import agree, agree_many, give_back
from households.review.actions.asking import ask_opinion
from households.review.actions.compiling import compile_list, reopen_villages
from households.review.models import Complaint, ReviewStep
from households.review.refusals import ReviewRefusedError
from households.review.superior_models import Answer, Opinion, OpinionRemark
from households.surveys.form_models import State, SurveyForm
from povertyportal.core.accounts import system_user
from tests.access.people import person
from tests.people import on_the_record
from tests.registry.people import COMMUNE
from tests.review.ready import ANSWERED, ASKED, AT, COMPILED, Case, ready, result
from tests.review.steps import answered, asked, compiled, fresh, told

pytestmark = pytest.mark.django_db
POOR, NEAR, LEFT = Case("poor"), Case("near_poor", "poor"), Case("not_poor", "near_poor")


def test_villages_that_are_done_become_the_list_of_the_commune() -> None:
    dossier = compiled(ready(POOR, NEAR, LEFT))
    assert dossier.state == "compiled"
    assert dossier.steps.get().details == {"households": 3}


def test_a_village_still_posting_holds_the_list_up_and_is_named() -> None:
    dossier = ready(POOR, Case("poor", village=1), stage="posted")
    with pytest.raises(ReviewRefusedError, match="Nà Vài 2: niêm yết chưa xong, đang ở bước “Đang niêm yết”"):
        compile_list(dossier=dossier.pk, **told(COMPILED))
    assert fresh(dossier).state == "villages"


def test_a_form_that_is_not_done_holds_the_list_up() -> None:
    dossier = ready(Case(name="Sầm Thị Nhình"), NEAR)
    with on_the_record():
        SurveyForm.objects.filter(pk=forms_of(dossier)[0]).update(state=State.TYPING)
    with pytest.raises(ReviewRefusedError, match="1 phiếu chưa xong"):
        compile_list(dossier=dossier.pk, **told(COMPILED))


def test_a_vote_on_an_older_result_counts_no_more() -> None:
    dossier = ready(POOR)
    form = SurveyForm.objects.get(pk=forms_of(dossier)[0])
    result(form, Case("near_poor")).save()
    with pytest.raises(ReviewRefusedError, match="1 hộ chưa được họp dân thống nhất"):
        compile_list(dossier=dossier.pk, **told(COMPILED))


def test_an_open_complaint_holds_the_list_up() -> None:
    dossier = ready(POOR)
    with on_the_record():
        Complaint.objects.create(
            part=dossier.parts.get(), form_id=forms_of(dossier)[0], complainant="Lý A Páo", received_on=date(2026, 11, 5),
            matter="Có xe máy mới", due_on=date(2026, 11, 16), by=system_user(), at=AT,
        )  # fmt: skip
    with pytest.raises(ReviewRefusedError, match=r"1 khiếu nại chưa trả lời \(Lý A Páo\)"):
        compile_list(dossier=dossier.pk, **told(COMPILED))


def test_a_household_stopped_at_phieu_a_needs_no_vote_and_no_posting() -> None:
    dossier = compiled(ready(POOR, Case("", "", stopped=True)))
    opinion = ask_opinion(dossier=dossier.pk, letter_number="215/UBND-KT", **told(ASKED))
    assert [one["class"] for one in opinion.shown] == ["poor"]


def test_nobody_on_the_list_is_no_list() -> None:
    with pytest.raises(ReviewRefusedError, match="chưa có hộ nào"):
        compile_list(dossier=ready().pk, **told(COMPILED))


def test_a_step_is_not_made_before_an_earlier_one() -> None:
    dossier = compiled(ready(POOR))
    with pytest.raises(ReviewRefusedError, match="trước ngày của bước “Tổng hợp danh sách của xã”"):
        ask_opinion(dossier=dossier.pk, letter_number="215/UBND-KT", **told(COMPILED - timedelta(days=1)))


def test_the_list_is_sent_up_frozen_and_due_in_five_working_days() -> None:
    dossier = asked(ready(POOR, LEFT))
    opinion = dossier.opinions.get()
    assert opinion.due_on == date(2026, 11, 17)
    assert {(one["class"], one["before"]) for one in opinion.shown} == {("poor", "poor"), ("not_poor", "near_poor")}
    assert all(set(one) == {"form", "result", "name", "village", "class", "before"} for one in opinion.shown)


def test_the_opinion_is_asked_once_and_after_the_list() -> None:
    with pytest.raises(ReviewRefusedError, match="Các thôn đang làm"):
        ask_opinion(dossier=ready(POOR).pk, letter_number="1/UBND", **told(ASKED))
    dossier = asked(ready(POOR, procedure="periodic", commune="01363"))
    with pytest.raises(ReviewRefusedError, match="Đang xin ý kiến cấp trên"):
        ask_opinion(dossier=dossier.pk, letter_number="2/UBND", **told(ASKED))


def test_a_page_that_is_out_of_date_changes_nothing() -> None:
    dossier = asked(ready(POOR))
    with pytest.raises(ReviewRefusedError, match="vừa được người khác làm thêm một bước"):
        agree(dossier=dossier.pk, **told(ANSWERED, expected=dossier.version - 1))
    assert fresh(dossier).state == "asked"


def test_agreed_the_dossier_goes_on_and_the_words_are_kept() -> None:
    dossier = asked(ready(POOR))
    agree(dossier=dossier.pk, number="88/UBND", text="Thống nhất", **told(ANSWERED))
    opinion = Opinion.objects.get(dossier=dossier)
    assert (opinion.answer, opinion.answer_number, opinion.answered_on) == (Answer.AGREE, "88/UBND", ANSWERED)
    assert fresh(dossier).state == "answered"


def test_an_answer_after_its_day_needs_a_reason_that_stays() -> None:
    dossier, day = asked(ready(POOR)), date(2026, 11, 18)
    with pytest.raises(ReviewRefusedError, match="Hạn trả lời là ngày 17/11/2026"):
        agree(dossier=dossier.pk, **told(day))
    agree(dossier=dossier.pk, late="Bão số 9, mất điện", **told(day))
    assert ReviewStep.objects.get(dossier=dossier, move="agree").late == "Bão số 9, mất điện"


def test_remarks_send_forms_and_their_villages_back_and_no_other() -> None:
    dossier = asked(ready(POOR, NEAR, Case("poor", village=1)))
    first = forms_of(dossier)[0]
    give_back(
        dossier=dossier.pk, remarks={first: "Có lương hưu, điểm B1 chưa tính"}, number="90/UBND", **told(ANSWERED)
    )
    assert fresh(dossier).state == "villages"
    found = SurveyForm.objects.get(pk=first)
    assert (found.state, found.remark) == (State.RETURNED, "Có lương hưu, điểm B1 chưa tính")
    assert dict(dossier.parts.values_list("area_code", "state")) == {found.area_code: "survey", "01392-002": "closed"}
    assert OpinionRemark.objects.get().form_id == first
    assert fresh(dossier).version == ReviewStep.objects.filter(dossier=dossier).count()
    step = ReviewStep.objects.get(dossier=dossier, part__isnull=False)
    assert (step.move, step.from_state, step.to_state) == ("send_back", "closed", "survey")


def test_a_return_says_why() -> None:
    dossier = asked(ready(POOR))
    with pytest.raises(ReviewRefusedError, match="Cần nói vì sao trả lại"):
        give_back(dossier=dossier.pk, remarks={forms_of(dossier)[0]: "  "}, **told(ANSWERED))


def test_a_remark_on_a_household_that_was_not_sent_returns_nothing() -> None:
    dossier = asked(ready(POOR))
    other = forms_of(ready(POOR, commune="01363"))[0]
    with pytest.raises(ReviewRefusedError, match="không có trong danh sách xã đã gửi"):
        give_back(dossier=dossier.pk, remarks={other: "Sai"}, **told(ANSWERED))
    assert SurveyForm.objects.get(pk=other).state == State.DONE


def test_returned_done_anew_and_asked_again_it_is_the_second_turn() -> None:
    dossier = asked(ready(POOR))
    give_back(dossier=dossier.pk, remarks={}, text="Nói rõ hơn về hộ thoát nghèo", **told(ANSWERED))
    compile_list(dossier=dossier.pk, **told(ANSWERED))
    again = ask_opinion(dossier=dossier.pk, letter_number="220/UBND-KT", **told(ANSWERED))
    assert again.turn == 2
    assert [one.answer for one in dossier.opinions.order_by("turn")] == [Answer.RETURN, Answer.NONE]


def test_several_are_agreed_on_together_or_none() -> None:
    one, other = asked(ready(POOR)), asked(ready(POOR, commune="01363"))
    with pytest.raises(ReviewRefusedError):
        agree_many(dossiers={one.pk: one.version, other.pk: other.version - 1}, **told(ANSWERED))
    assert {fresh(one).state, fresh(other).state} == {"asked"}
    agree_many(dossiers={one.pk: one.version, other.pk: other.version}, number="95/UBND", **told(ANSWERED))
    assert {fresh(one).state, fresh(other).state} == {"answered"}


def test_an_agreed_list_may_be_opened_again_with_a_reason() -> None:
    dossier = answered(ready(POOR))
    with pytest.raises(ReviewRefusedError, match="Cần nói vì sao mở lại"):
        reopen_villages(dossier=dossier.pk, note="", **told(ANSWERED))
    reopen_villages(dossier=dossier.pk, note="Sót hộ bà Sầm Thị Nhình", **told(ANSWERED))
    assert fresh(dossier).state == "villages"


def test_only_who_has_the_right_takes_each_step() -> None:
    dossier, official = ready(POOR), person("commune_official", COMMUNE)
    compile_list(dossier=dossier.pk, on=COMPILED, by=official, at=AT)
    with pytest.raises(PermissionDenied, match="Xin ý kiến, ra quyết định"):
        ask_opinion(dossier=dossier.pk, letter_number="1/UBND", on=ASKED, by=official, at=AT)


def forms_of(dossier: object) -> list[int]:
    rows = SurveyForm.objects.filter(round=dossier.round, area_code__startswith=dossier.area_code)  # type: ignore[attr-defined]
    return list(rows.order_by("pk").values_list("pk", flat=True))
