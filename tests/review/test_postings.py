"""Posting, complaint, re-check, second posting: three working days, seven, three; and what closes a village."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from households.review.actions.compiling import compile_list
from households.review.actions.complaints import answer_complaint
from households.review.actions.meeting import Vote
from households.review.actions.posting import end_step, send_back
from households.review.models import Complaint, Posting, ReviewStep
from households.review.refusals import ReviewRefusedError
from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.steps import return_form
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting
from tests.access.people import person
from tests.review.dossiers import (
    LAST_DAY,
    OTHER,
    POSTED,
    VILLAGE,
    closed,
    complain,
    done,
    done_again,
    dossier,
    end_posting,
    meet,
    on,
    post,
    rows,
    stage,
    stands,
    village,
)

pytestmark = pytest.mark.django_db
MONDAY, ANSWERED = date(2026, 10, 19), date(2026, 10, 23)
RECHECK_DUE = date(2026, 10, 27)  # seven working days after Friday the 16th


def refused(sentence: str) -> "pytest.RaisesExc[ReviewRefusedError]":
    return pytest.raises(ReviewRefusedError, match=sentence)


def answer(of: Complaint, outcome: str = "kept", *, day: date = ANSWERED, **more: object) -> Complaint:
    said = {"answer": "Đã xem lại tại hộ"} | more
    return answer_complaint(complaint=of.pk, outcome=outcome, answered_on=day, **said, **on(day))  # type: ignore[arg-type]


def test_three_working_days_and_only_those_to_be_recognised_or_who_no_longer_are() -> None:
    of = dossier()
    poor, escaped = done("Nông Văn An", "poor"), done("Bế Văn Thoát", "not_poor", why="near_poor")
    done("Lý Thị Không", "not_poor", why="request")
    done("Lò Văn Dừng", "", why="request")
    meet(of)
    made = post(of, loudspeaker=True)
    assert (made.starts_on, made.ends_on, made.turn, made.loudspeaker) == (POSTED, LAST_DAY, 1, True)
    assert {(one["form"], one["class"], one["before"]) for one in made.shown} == {
        (poor.pk, "poor", "poor"),
        (escaped.pk, "not_poor", "near_poor"),
    }
    assert all(set(one) == {"form", "result", "name", "village", "class", "before"} for one in made.shown)
    assert stage(of) == "posted"


def test_a_posting_hangs_in_both_places_and_not_before_the_meeting() -> None:
    of, _one = dossier(), done()
    with refused("1 hộ có kết quả chưa được họp dân thống nhất"):
        post(of)
    meet(of)
    with refused("ở 2 nơi"):
        post(of, places=["Trụ sở UBND xã", " "])
    with refused("ghi giống nhau"):
        post(of, places=["Trụ sở UBND xã", "Trụ sở  UBND Xã"])
    with refused("trước ngày 12/10/2026"):
        post(of, day=date(2026, 10, 9), at=on(POSTED)["at"])
    with refused("số định danh"):
        post(of, places=["Nhà bà Bình 004180001234", "Trụ sở"])
    assert not Posting.objects.exists()


def test_nothing_is_taken_down_on_the_last_day_and_without_complaint_the_village_is_closed_after_it() -> None:
    of, _one = dossier(), done()
    meet(of)
    post(of)
    assert village(of, day=LAST_DAY).left == 1
    with refused("Niêm yết đến hết ngày 16/10/2026"):
        end_posting(of, day=LAST_DAY)
    assert end_posting(of, day=date(2026, 10, 17)) == ["closed"]
    assert stands(of, MONDAY).blocks == []


def test_several_villages_are_posted_at_once_or_none_is() -> None:
    of = dossier()
    done("Nông Văn An"), done("Lý Thị Bình", area=OTHER)
    meet(of)
    with refused("Xóm Lũng Mật|Họp dân|đang ở bước"):
        post(of, VILLAGE, OTHER)
    assert (stage(of), Posting.objects.count()) == ("agreed", 0)
    meet(of, OTHER)
    of.refresh_from_db()
    post(of, VILLAGE, OTHER, expected=of.version)
    assert (stage(of), stage(of, OTHER), Posting.objects.count()) == ("posted", "posted", 2)
    assert end_posting(of, VILLAGE, OTHER) == ["closed", "closed"]


def test_a_complaint_comes_within_the_posting_and_is_looked_into_within_seven_working_days() -> None:
    of, one = dossier(), done()
    meet(of)
    post(of)
    for day in (date(2026, 10, 12), date(2026, 10, 17)):
        with refused("ngoài thời gian niêm yết"):
            complain(of, one, day=day)
    found = complain(of, one)
    assert (found.due_on, found.outcome, stage(of)) == (RECHECK_DUE, "", "posted")
    assert end_posting(of) == ["recheck"]
    assert village(of, day=MONDAY).why_not("post_again") == ["Còn 1 khiếu nại chưa trả lời."]


def test_a_complaint_says_whose_and_what() -> None:
    of, _one = dossier(), done()
    other = done("Lý Thị Bình", area=OTHER)
    meet(of)
    post(of)
    with refused("tên người khiếu nại"):
        complain(of, None, complainant=" ", about="Hộ ông Páo")
    with refused("khiếu nại điều gì"):
        complain(of, None, matter="", about="Hộ ông Páo")
    with refused("ghi tên hộ không có trong danh sách"):
        complain(of, None)
    with refused("không có trong danh sách rà soát của Xóm Nà Tềnh"):
        complain(of, other)
    with refused("số định danh"):
        complain(of, None, about="Hộ ông Páo, 004080001234")
    assert not Complaint.objects.exists()


def test_a_result_that_is_kept_is_posted_once_more_and_then_the_village_is_closed() -> None:
    of, one = dossier(), done()
    meet(of)
    post(of)
    found = complain(of, one)
    answer(found, day=LAST_DAY)
    assert end_posting(of) == ["recheck"]
    again = post(of, day=date(2026, 10, 20), turn=2)
    assert (again.turn, again.ends_on) == (2, date(2026, 10, 23))
    assert end_posting(of, day=date(2026, 10, 26), turn=2) == ["closed"]
    assert stands(of, date(2026, 10, 26)).blocks == []


def test_a_changed_result_needs_the_form_anew_and_no_other_meeting() -> None:
    of, one = dossier(), done(klass="poor")
    meet(of)
    post(of)
    found = complain(of, one)
    end_posting(of)
    with refused("chưa làm lại từ ngày nhận khiếu nại"):
        answer(found, "changed")
    return_form(form=one.pk, remark="Phúc tra", **on(MONDAY))
    with refused("đang được làm lại"):
        answer(found)
    result = done_again(one, "near_poor", day=date(2026, 10, 21))
    answer(found, "changed")
    step = ReviewStep.objects.get(move="answer")
    assert step.details == {"complaint": found.pk, "outcome": "changed", "form": one.pk, "result": result.pk}
    assert [(row.valid, row.unposted) for row in rows(of)] == [(True, True)]
    again = post(of, day=ANSWERED, turn=2)
    assert [line["class"] for line in again.shown] == ["near_poor"]
    assert [row.unposted for row in rows(of)] == [False]
    end_posting(of, day=date(2026, 10, 29), turn=2)
    assert stands(of, date(2026, 10, 29)).blocks == []


def test_a_household_that_was_missing_is_listed_and_answered_for() -> None:
    of, _one = dossier(), done()
    meet(of)
    post(of)
    found = complain(of, None, about="Hộ bà Lý Thị Bình")
    end_posting(of)
    with refused("Hãy đưa hộ vào danh sách rà soát"):
        answer(found, "changed")
    added = done("Lý Thị Bình", why="found", day=date(2026, 10, 20))
    answer(found, "changed", form=added.pk)
    found.refresh_from_db()
    assert found.form_id == added.pk
    assert all(row.valid for row in rows(of))
    assert {line["form"] for line in post(of, day=ANSWERED, turn=2).shown} == {row.form for row in rows(of)}


def test_a_late_answer_says_why_and_nothing_is_answered_twice() -> None:
    of, one = dossier(), done()
    meet(of)
    post(of)
    found = complain(of, one)
    late = date(2026, 10, 28)
    with refused(r"Quá hạn phúc tra \(27/10/2026\)"):
        answer(found, day=late)
    with refused("nội dung trả lời"):
        answer(found, answer=" ")
    with refused("Hãy chọn kết quả phúc tra"):
        answer(found, "")
    with refused("trước ngày nhận khiếu nại"):
        answer(found, day=date(2026, 10, 15))
    answer(found, day=late, late="Mưa lũ chia cắt xóm")
    assert ReviewStep.objects.get(move="answer").late == "Mưa lũ chia cắt xóm"
    with refused("đã trả lời ngày 28/10/2026"):
        answer(found, day=late, late="lần nữa")


def test_a_complaint_taken_back_needs_no_second_posting() -> None:
    of, one = dossier(), done()
    meet(of)
    post(of)
    answer(complain(of, one), "withdrawn", day=LAST_DAY)
    assert end_posting(of) == ["closed"]


def test_a_re_check_whose_complaints_were_all_taken_back_has_nothing_to_post() -> None:
    of, one = dossier(), done()
    other = done("Lý Thị Bình")
    meet(of)
    post(of)
    first, second = complain(of, one), complain(of, other)
    end_posting(of)
    answer(first, "withdrawn")
    assert stage(of) == "recheck"
    answer(second, "withdrawn")
    assert stage(of) == "closed"
    assert stands(of, ANSWERED).blocks == []


def test_a_complaint_taken_back_after_the_form_was_filled_anew_leaves_a_result_to_vote_on() -> None:
    of, one = dossier(), done()
    meet(of)
    post(of)
    found = complain(of, one)
    end_posting(of)
    done_again(one, "near_poor", day=date(2026, 10, 21))
    answer(found, "withdrawn")
    assert stage(of) == "recheck"
    assert "hãy họp dân về các hộ này" in village(of, day=ANSWERED).why_not("post_again")[0]
    meet(of, day=ANSWERED)
    assert stage(of) == "agreed"


def test_who_came_to_the_list_during_the_re_check_is_voted_on_and_posted() -> None:
    of, one = dossier(), done()
    meet(of)
    post(of)
    found = complain(of, one)
    end_posting(of)
    late = done("Lý Thị Mới", day=date(2026, 10, 20))
    meet(of, day=date(2026, 10, 22))
    assert {line["form"] for line in post(of, day=ANSWERED).shown} == {one.pk, late.pk}
    answer(found)
    assert end_posting(of, day=date(2026, 10, 29)) == ["closed"]  # what was answered hung with it


def test_an_older_complaint_that_changes_what_hangs_anew_is_posted_once_more() -> None:
    of, one = dossier(), done()
    meet(of)
    post(of)
    found = complain(of, one)
    end_posting(of)
    done("Lý Thị Mới", day=date(2026, 10, 20))
    meet(of, day=date(2026, 10, 22))
    post(of, day=date(2026, 10, 22))
    done_again(one, "near_poor", day=ANSWERED)
    answer(found, "changed")
    assert end_posting(of, day=date(2026, 10, 29)) == ["recheck"]
    again = post(of, day=date(2026, 10, 29), turn=2)
    assert {line["class"] for line in again.shown if line["form"] == one.pk} == {"near_poor"}
    end_posting(of, day=date(2026, 11, 5), turn=2)
    assert stands(of, date(2026, 11, 5)).blocks == []


def test_nobody_complains_of_the_second_posting() -> None:
    of, one = dossier(), done()
    meet(of)
    post(of)
    found = complain(of, one)
    end_posting(of)
    answer(found)
    post(of, day=ANSWERED, turn=2)
    assert village(of, day=ANSWERED).why_not("take_down_again") == [
        "Kết quả phúc tra niêm yết đến hết ngày 28/10/2026."
    ]
    with refused("Chưa làm được “Nhận khiếu nại”"):
        complain(of, one, day=ANSWERED)


def test_a_complaint_that_waits_is_not_forgotten_when_the_village_meets_once_more() -> None:
    of, one = dossier(), done()
    meet(of)
    post(of)
    complain(of, one)
    done("Lý Thị Bình")
    meet(of, day=date(2026, 10, 20))  # posted → agreed
    assert any("1 khiếu nại chưa trả lời" in sentence for sentence in stands(of, ANSWERED).blocks)
    post(of, day=date(2026, 10, 21))
    assert end_posting(of, day=date(2026, 10, 27)) == ["recheck"]


def test_a_form_returned_behind_the_posting_keeps_the_commune_from_its_list() -> None:
    of, one = dossier(), done()
    closed(of)
    return_form(form=one.pk, remark="Ghi sai số người", **on(ANSWERED))
    assert any("1 phiếu chưa xong" in sentence for sentence in stands(of, ANSWERED).blocks)
    done_again(one, "near_poor", day=ANSWERED)
    assert any("chưa được họp dân thống nhất" in sentence for sentence in stands(of, ANSWERED).blocks)
    meet(of, day=date(2026, 10, 26))
    assert any("niêm yết chưa xong" in sentence for sentence in stands(of, date(2026, 10, 26)).blocks)


def test_average_households_are_posted_five_days_at_the_commune_and_without_a_meeting() -> None:
    of, one = dossier("average"), done(klass="average", why="average")
    done("Lý Thị Khác", "not_poor", why="average", area=OTHER)
    made = post(of, "01392", places=["Trụ sở UBND xã Trường Hà"])
    assert (made.ends_on, [line["form"] for line in made.shown]) == (date(2026, 10, 20), [one.pk])
    found = complain(of, one, "01392", day=date(2026, 10, 20))
    assert found.due_on == date(2026, 10, 23)
    assert end_posting(of, "01392", day=date(2026, 10, 21)) == ["recheck"]
    with refused("Còn 1 khiếu nại chưa trả lời"):
        end_step(dossier=of.pk, part="01392", move="end_recheck", **on(ANSWERED))
    answer(found)
    end_step(dossier=of.pk, part="01392", move="end_recheck", **on(ANSWERED))
    assert stage(of, "01392") == "closed"
    assert stands(of, ANSWERED).blocks == []


def test_the_villages_rest_while_the_commune_works_on_its_list() -> None:
    of, one = dossier(), done()
    closed(of)
    compile_list(dossier=of.pk, on=ANSWERED, **on(ANSWERED))
    done_again(one, "near_poor", day=ANSWERED)
    with refused("muốn sửa thì mở lại"):
        meet(of, day=date(2026, 10, 26))


def test_strangers_post_nothing_and_hear_no_complaint() -> None:
    of, one = dossier(), done()
    meet(of)
    neighbour = person("commune_official", "01363")
    with pytest.raises(PermissionDenied):
        post(of, by=neighbour)
    post(of)
    found = complain(of, one)
    with pytest.raises(PermissionDenied):
        answer_complaint(
            complaint=found.pk, outcome="kept", answer="x", answered_on=ANSWERED, by=neighbour, at=on(ANSWERED)["at"]
        )
    with pytest.raises(PermissionDenied):
        end_posting(of, by=neighbour)


def test_a_village_goes_on_to_the_posting_when_the_one_it_voted_down_is_dropped() -> None:
    kept, down = done(), done("Lý A Páo", "near_poor", why="near_poor")
    of = dossier()
    meet(of, votes={down.pk: Vote(10, 30)})
    assert stage(of) == "survey"
    assert not village(of).may("post")
    with acting(by=system_user(), reason="Chuyển đi (phép thử)"):
        SurveyForm.objects.filter(pk=down.pk).update(state=State.DROPPED)
    assert village(of).may("post")
    assert not village(of).why_not("meet")
    assert [one["form"] for one in post(of).shown] == [kept.pk]


def test_a_commune_without_meetings_posts_again_what_it_had_done() -> None:
    first = done(klass="average", why="average", before="near_poor")
    of = dossier("average")
    post(of, "01392", day=POSTED, places=["Trụ sở UBND xã"])
    end_posting(of, "01392", day=date(2026, 10, 26))
    late = done("Lò Văn Muộn", "average", why="average")
    assert village(of, "01392").counts.unposted == 1
    day = date(2026, 10, 27)
    with pytest.raises(ReviewRefusedError, match="Cần nói vì sao làm lại"):
        send_back(dossier=of.pk, part="01392", note=" ", **on(day))
    send_back(dossier=of.pk, part="01392", note="Sót hộ ông Muộn", **on(day))
    shown = post(of, "01392", day=day, places=["Trụ sở UBND xã"]).shown
    assert {one["form"] for one in shown} == {first.pk, late.pk}


def test_a_village_begins_anew_only_while_the_list_of_the_commune_is_open() -> None:
    done()
    of = dossier()
    closed(of)
    compile_list(dossier=of.pk, on=date(2026, 10, 20), **on(date(2026, 10, 20)))
    with pytest.raises(ReviewRefusedError, match="mở lại cho các thôn"):
        send_back(dossier=of.pk, part=VILLAGE, note="Sót hộ", **on(date(2026, 10, 20)))
    assert stage(of) == "closed"
