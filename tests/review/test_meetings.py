"""The village meeting: half of those present have to agree, else the household is surveyed and voted on once more."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied

from households.review.actions.meeting import MeetingTold, Vote, hold_meeting, passes
from households.review.actions.proposing import propose_class
from households.review.models import Meeting, MeetingVote, ReviewStep
from households.review.refusals import ReviewRefusedError
from households.surveys.form_models import SurveyForm
from households.surveys.forms.steps import drop_form, return_form
from povertyportal.core.accounts import system_user
from tests.access.people import person
from tests.review.dossiers import (
    MET,
    OTHER,
    SURVEYED,
    VILLAGE,
    at,
    closed,
    done,
    done_again,
    dossier,
    end_posting,
    meet,
    on,
    post,
    rows,
    stage,
    told,
    village,
    waiting,
)

pytestmark = pytest.mark.django_db
LATER = date(2026, 10, 22)


def refused(*parts: str) -> "pytest.RaisesExc[ReviewRefusedError]":
    return pytest.raises(ReviewRefusedError, match=".*".join(parts))


@pytest.mark.parametrize(
    ("agree", "present", "passed"), [(20, 40, True), (19, 40, False), (20, 41, False), (21, 41, True), (1, 2, True)]
)
def test_half_of_those_present_is_enough_and_less_is_not(agree: int, present: int, passed: bool) -> None:
    assert passes(Vote(agree), present) is passed


def test_a_village_that_agrees_on_all_households_may_post() -> None:
    of, one, two = dossier(), done("Nông Văn An"), done("Lý Thị Bình", "near_poor")
    made = meet(of, votes={two.pk: Vote(20, 15, "Có ý kiến về đất rừng")})
    assert stage(of) == "agreed"
    assert [row.valid for row in rows(of)] == [True, True]
    assert village(of).may("post")
    said = MeetingVote.objects.get(meeting=made, form=two)
    assert (said.agree, said.disagree, said.passed, said.remark) == (20, 15, True, "Có ý kiến về đất rừng")
    step = ReviewStep.objects.get(dossier=of, move="meet")
    assert (step.details["voted"], step.details["refused"], step.on) == (2, [], MET)
    assert {one.pk, two.pk} == {vote.form_id for vote in made.votes.all()}


def test_a_household_voted_down_goes_back_to_the_survey_and_is_voted_on_once_more() -> None:
    of, one, two = dossier(), done("Nông Văn An"), done("Lý Thị Bình")
    meet(of, votes={two.pk: Vote(19, 21, "Có xe tải")})
    two.refresh_from_db()
    assert stage(of) == "survey"
    assert two.state == "returned"
    assert "19/40" in two.remark
    assert two.remark.endswith("Có xe tải")
    assert not village(of).may("meet")  # the form is with the reviewer
    done_again(two, "near_poor", day=date(2026, 10, 14))
    meet(of, day=LATER)
    assert stage(of) == "agreed"
    assert [vote.form_id for vote in Meeting.objects.get(part__dossier=of, number=2).votes.all()] == [two.pk]
    assert {row.form: row.valid for row in rows(of)} == {one.pk: True, two.pk: True}


def test_a_household_listed_late_is_in_its_village_without_a_vote() -> None:
    of, _one = dossier(), done("Nông Văn An")
    meet(of)
    late = done("Lý Thị Bình")
    assert village(of).why_not("post") == [
        "1 hộ có kết quả chưa được họp dân thống nhất: hãy họp dân (bổ sung) về các hộ này trước."
    ]
    with refused("chưa được họp dân thống nhất"):
        post(of)
    meet(of, day=LATER)
    assert [vote.form_id for vote in Meeting.objects.get(part__dossier=of, number=2).votes.all()] == [late.pk]


def test_a_form_returned_and_finished_anew_is_voted_on_anew() -> None:
    of, one = dossier(), done("Nông Văn An")
    closed(of)
    return_form(form=one.pk, remark="Ghi sai diện tích nhà", **on(date(2026, 10, 20)))
    done_again(one, "poor", day=date(2026, 10, 21))
    assert [row.valid for row in rows(of)] == [False]
    meet(of, day=LATER)
    assert stage(of) == "agreed"
    post(of, day=date(2026, 10, 23))
    end_posting(of, day=date(2026, 10, 29))
    assert stage(of) == "closed"


def test_a_class_proposed_after_the_meeting_is_voted_on_before_it_is_posted() -> None:
    of, one = dossier(), done()
    meet(of)
    later = at(date(2026, 10, 14))
    propose_class(form=one.pk, purpose="closing", klass="near_poor", reason="Có lương", by=system_user(), at=later)
    assert village(of).why_not("post") == [
        "1 hộ có kết quả chưa được họp dân thống nhất: hãy họp dân (bổ sung) về các hộ này trước."
    ]
    meet(of, day=date(2026, 10, 15))
    assert [line["class"] for line in post(of, day=date(2026, 10, 16)).shown] == ["near_poor"]


def test_nobody_votes_on_a_household_that_stopped_at_phieu_a() -> None:
    of, stopped, one = dossier(), done("Lò Văn Dừng", "", why="request"), done("Nông Văn An")
    made = meet(of)
    assert [vote.form_id for vote in made.votes.all()] == [one.pk]
    done("Lý Thị Bình")
    with refused("không chờ biểu quyết"):
        meet(of, votes={stopped.pk: Vote(40)}, day=LATER)


def test_the_meeting_waits_for_every_form_of_the_village_but_not_for_other_villages() -> None:
    of, _one, open_one = dossier(), done("Nông Văn An"), waiting("Lò Văn Chờ")
    waiting("Triệu Văn Khác", area=OTHER)
    with refused("Xóm Nà Tềnh: Còn 1 phiếu chưa xong"):
        meet(of)
    assert not Meeting.objects.exists()
    drop_form(form=open_one.pk, remark="Cả hộ đã chuyển đi", **on(SURVEYED))
    meet(of)
    assert stage(of) == "agreed"


def test_every_waiting_household_needs_a_vote_and_no_more_vote_than_were_present() -> None:
    of, one, two = dossier(), done("Nông Văn An"), done("Lý Thị Bình")
    with refused("Lý Thị Bình: chưa ghi biểu quyết"):
        hold_meeting(dossier=of.pk, part=VILLAGE, votes={one.pk: Vote(40)}, told=told(), **on(MET))
    with refused("Lý Thị Bình: 41 người biểu quyết, mà chỉ có 40 người dự"):
        meet(of, votes={two.pk: Vote(30, 11)})
    with refused("không thể âm"):
        meet(of, votes={two.pk: Vote(-1)})
    assert not ReviewStep.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"place": " "}, "nơi họp"),
        ({"chair": ""}, "chủ trì"),
        ({"secretary": ""}, "thư ký"),
        ({"present_count": 0}, "Số người dự"),
        ({"ends": time(18)}, "sau giờ bắt đầu"),
        ({"held_on": date(2026, 8, 31)}, "trước ngày đầu của đợt"),
        ({"held_on": date(2026, 10, 4)}, "ngày điều tra 05/10/2026 sau ngày họp"),
        ({"chair": "Hoàng Văn Páo, 004080001234"}, "số định danh"),
    ],
)
def test_minutes_that_cannot_be_true_are_refused(said: dict[str, object], sentence: str) -> None:
    of, one = dossier(), done("Nông Văn An")
    plain = {"held_on": MET, "starts": time(19), "place": "Nhà văn hóa", "chair": "Páo", "secretary": "Hà"}
    bad = MeetingTold(**({"present_count": 40} | plain | said))  # type: ignore[arg-type]
    with refused(sentence):
        hold_meeting(dossier=of.pk, part=VILLAGE, votes={one.pk: Vote(30)}, told=bad, **on(MET))


def test_no_meeting_lies_in_the_future_and_none_is_held_twice_from_one_page() -> None:
    of, _one = dossier(), done("Nông Văn An")
    with refused("sau hôm nay"):
        hold_meeting(dossier=of.pk, part=VILLAGE, votes={}, told=told(LATER), by=on(MET)["by"], at=at(MET))
    meet(of, expected=0)
    with refused("người khác làm thêm một bước"):
        meet(of, day=LATER, expected=0)


def test_only_the_communes_official_holds_the_meeting() -> None:
    of, _one = dossier(), done("Nông Văn An")
    for role, area in (("village_reviewer", "01392"), ("commune_leader", "01392"), ("commune_official", "01363")):
        with pytest.raises(PermissionDenied):
            meet(of, by=person(role, area))
    meet(of, by=person("commune_official", "01392"))


def test_a_village_of_another_commune_has_no_part_in_it() -> None:
    of, _one = dossier(), done("Nông Văn An")
    with refused("không có thôn"):
        hold_meeting(dossier=of.pk, part="01363-001", votes={}, told=told(), **on(MET))


def test_forms_and_dossier_stay_as_they_were_where_the_meeting_is_refused() -> None:
    of, one = dossier(), done("Nông Văn An")
    with refused("Lý"):
        done("Lý Thị Bình")
        hold_meeting(dossier=of.pk, part=VILLAGE, votes={one.pk: Vote(0, 40)}, told=told(), **on(MET))
    assert SurveyForm.objects.get(pk=one.pk).state == "done"
    of.refresh_from_db()
    assert of.version == 0
