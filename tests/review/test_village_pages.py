"""The pages of the villages, as the commune's official uses them: each step of a household's way through its village."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from households.review.models import Complaint, Dossier, Meeting, Posting, ProposedClass
from tests.access.people import person, signed_in
from tests.reading import seen
from tests.review.dossiers import (
    OTHER,
    VILLAGE,
    closed,
    complain,
    done,
    dossier,
    end_posting,
    meet,
    post,
    stage,
    waiting,
)
from tests.surveys.filled import a_round

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 15, 100_000


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", "01392"))


def minutes(**more: str) -> dict[str, str]:
    said = {"held_on": "12/10/2026", "starts": "19:00", "place": "Nhà văn hóa", "chair": "Hoàng Văn Páo"}
    return said | {"secretary": "Lục Thị Hà", "present_count": "40"} | more


def meeting_of(of: Dossier, part: str = VILLAGE) -> str:
    return f"/review/{of.pk}/villages/{part}/meeting/"


def test_a_dossier_is_opened_from_the_list_of_the_round(official: Client) -> None:
    done()
    listed = official.get("/review/")
    assert "chưa lập hồ sơ" in seen(listed)
    address = f"/review/rounds/{a_round().pk}/01392/periodic/"
    assert address in listed.content.decode()
    assert "Xóm Nà Tềnh" in seen(official.get(address))
    assert not Dossier.objects.exists()
    made = official.post(address, follow=True)
    assert "Đã lập hồ sơ rà soát của xã." in seen(made)
    assert official.get(address).url == f"/review/{Dossier.objects.get().pk}/"  # type: ignore[attr-defined]


def test_a_reader_opens_no_dossier() -> None:
    done()
    address = f"/review/rounds/{a_round().pk}/01392/periodic/"
    reader = signed_in(person("auditor", "04"))
    assert "do công chức giảm nghèo của xã lập" in seen(reader.get(address))
    assert reader.post(address).status_code == 403
    assert reader.get(f"/review/rounds/{a_round().pk}/01392/in_year/").status_code == 404
    assert not Dossier.objects.exists()


def test_the_board_says_where_each_village_stands_and_what_blocks_it(official: Client) -> None:
    of = dossier()
    done(), waiting("Lò Văn Chờ", area=OTHER)
    text = seen(official.get(f"/review/{of.pk}/"))
    assert "Còn 1 phiếu chưa xong: hãy hoàn thành phiếu" in text
    assert "điều còn vướng trước khi tổng hợp danh sách của xã" in text
    assert "14/12/2026" in text


def test_the_board_of_a_review_that_is_behind_says_since_when_and_what_is_wanting(official: Client) -> None:
    of = dossier("in_year", round=a_round("2026-08-inyear"))
    done(round=of.round)
    text = seen(official.get(f"/review/{of.pk}/"))
    assert (
        "Đã quá hạn quyết định, 05/10/2026; còn chưa xong: “Họp dân” (30/09/2026), “Niêm yết kết quả” (30/09/2026)"
        in text
    )
    assert "còn -" not in text


def test_empty_lines_of_the_minutes_mean_that_all_agreed(official: Client) -> None:
    of, one, two = dossier(), done("Nông Văn An"), done("Lý Thị Bình")
    said = {f"disagree-{two.pk}": "22", f"remark-{two.pk}": "Có xe tải", "present": "Nông Văn Sự, Bí thư chi bộ\n"}
    answer = official.post(meeting_of(of), minutes(**said), follow=True)
    assert "1 hộ dưới 50%: phiếu đã trả lại" in seen(answer)
    votes = {vote.form_id: (vote.agree, vote.disagree, vote.remark) for vote in Meeting.objects.get().votes.all()}
    assert votes == {one.pk: (40, 0, ""), two.pk: (18, 22, "Có xe tải")}
    assert Meeting.objects.get().present == [{"name": "Nông Văn Sự", "as": "Bí thư chi bộ"}]


def test_what_was_typed_wrong_in_the_minutes_stays_and_is_told_in_its_line(official: Client) -> None:
    of, one = dossier(), done("Nông Văn An")
    wrong = official.post(meeting_of(of), minutes(**{f"agree-{one.pk}": "41", "place": ""}))
    assert "41 người biểu quyết" not in seen(wrong)  # the form itself is looked at first
    assert 'value="41"' in wrong.content.decode()
    wrong = official.post(meeting_of(of), minutes(**{f"agree-{one.pk}": "41"}))
    assert "Nông Văn An: 41 người biểu quyết, mà chỉ có 40 người dự." in seen(wrong)
    wrong = official.post(meeting_of(of), minutes(**{f"agree-{one.pk}": "bốn"}))
    assert "Nông Văn An: “bốn” không phải là số người." in seen(wrong)
    for nobody in ("0", "9999"):
        assert "Số người dự phải từ 1 đến 5000" in seen(official.post(meeting_of(of), minutes(present_count=nobody)))
    wrong = official.post(meeting_of(of), minutes(pasted="H99; 20; 20"))
    assert "không rõ hộ nào ở dòng “H99; 20; 20”" in seen(wrong)
    assert not Meeting.objects.exists()


def test_of_a_very_large_village_only_the_exceptions_are_written(
    official: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("households.web.review.meeting.MOST_ROWS", 1)
    of, one, two = dossier(), done("Nông Văn An"), done("Lý Thị Bình")
    text = seen(official.get(meeting_of(of)))
    assert "Hộ có người không đồng ý, mỗi dòng một hộ" in text
    assert "Lý Thị Bình" not in text
    lines = f"h{two.household_id}\t30\t10\tcó ý kiến về đất\n\n"
    official.post(meeting_of(of), minutes(pasted=lines))
    votes = {vote.form_id: (vote.agree, vote.disagree, vote.remark) for vote in Meeting.objects.get().votes.all()}
    assert votes == {one.pk: (40, 0, ""), two.pk: (30, 10, "có ý kiến về đất")}


def test_a_page_that_shows_an_older_dossier_stores_nothing(official: Client) -> None:
    of, _one = dossier(), done()
    meet(of)
    done("Lý Thị Bình")
    late = official.post(meeting_of(of), minutes(version="0"))
    assert "vừa được người khác làm thêm một bước" in seen(late)
    assert len(Meeting.objects.all()) == 1


def test_a_village_with_open_forms_shows_why_instead_of_the_minutes(official: Client) -> None:
    of, _one = dossier(), waiting()
    answer = official.get(meeting_of(of))
    assert "Còn 1 phiếu chưa xong" in seen(answer)
    assert "Ghi cuộc họp" not in seen(answer)


def test_a_posting_of_no_village_is_refused_and_ticks_none(official: Client) -> None:
    of = dossier()
    done(), done("Lý Thị Bình", area=OTHER)
    meet(of), meet(of, OTHER)
    said = {"starts_on": "13/10/2026", "place1": "Nhà văn hóa", "place2": "Trụ sở", "turn": "1", "step": "post"}
    answer = official.post(f"/review/{of.pk}/posting/", said)
    assert "Chưa chọn thôn nào." in seen(answer)
    assert "checked" not in answer.content.decode()
    assert not Posting.objects.exists()


def test_two_villages_are_posted_and_taken_down_together(official: Client) -> None:
    of = dossier()
    done(), done("Lý Thị Bình", area=OTHER)
    meet(of), meet(of, OTHER)
    address = f"/review/{of.pk}/posting/"
    assert "Xóm Lũng Mật" in seen(official.get(address))
    said: dict[str, Any] = {
        "village": [VILLAGE, OTHER],
        "starts_on": "13/10/2026",
        "place1": "Nhà văn hóa",
        "turn": "1",
    }
    assert "Hãy điền mục này." in seen(official.post(address, said | {"place2": "", "step": "post"}))
    answer = official.post(address, said | {"place2": "Trụ sở UBND xã", "step": "post"}, follow=True)
    assert "Đã ghi niêm yết 2 thôn, đến hết ngày 16/10/2026." in seen(answer)
    assert len(Posting.objects.all()) == 2
    down = official.post(f"/review/{of.pk}/take-down/", {"village": [VILLAGE, OTHER]}, follow=True)
    assert "Đã kết thúc niêm yết." in seen(down)
    assert (stage(of), stage(of, OTHER)) == ("closed", "closed")


def test_a_complaint_is_received_looked_into_and_answered(official: Client) -> None:
    of, one = dossier(), done()
    meet(of)
    post(of)
    said = {"received_on": "16/10/2026", "complainant": "Nông Thị Gái", "form": str(one.pk), "matter": "Có máy cày"}
    answer = official.post(f"/review/{of.pk}/villages/{VILLAGE}/complain/", said, follow=True)
    assert "hạn phúc tra 27/10/2026" in seen(answer)
    end_posting(of)
    found = Complaint.objects.get()
    address = f"/review/{of.pk}/complaints/{found.pk}/"
    assert "Trả lại phiếu để phúc tra" in seen(official.get(address))
    told = {"outcome": "kept", "answer": "Máy cày mượn của em trai", "answered_on": "28/10/2026"}
    assert "Quá hạn phúc tra (27/10/2026)" in seen(official.post(address, told))
    answer = official.post(address, told | {"late": "Mưa lũ"}, follow=True)
    assert "giữ nguyên kết quả" in seen(answer)
    assert "Nông Thị Gái" in seen(official.get(f"/review/{of.pk}/complaints/"))


def test_another_class_is_proposed_with_its_reason_and_stays_visible(official: Client) -> None:
    of, one = dossier(), done(klass="near_poor", why="near_poor")
    address = f"/review/{of.pk}/forms/{one.pk}/propose/"
    assert "Hãy điền mục này." in seen(official.post(address, {"purpose": "closing", "klass": "poor", "reason": ""}))
    told = {"purpose": "closing", "klass": "poor", "reason": "Nhà cháy ngày 02/10"}
    text = seen(official.post(address, told, follow=True))
    assert "tính được: hộ cận nghèo; đề nghị khác vì Nhà cháy ngày 02/10" in text
    meet(of, at=timezone.now())
    assert [line["class"] for line in post(of).shown] == ["poor"]
    assert "danh sách đã niêm yết" in seen(official.post(address, told | {"klass": "near_poor"}))
    assert len(ProposedClass.objects.all()) == 1


def test_the_households_page_tells_its_steps(official: Client) -> None:
    of, one = dossier(), done()
    meet(of)
    post(of)
    complain(of, one)
    text = seen(official.get(f"/review/households/{one.household_id}/"))
    for told in (
        "12/10/2026: 40/40 người đồng ý: họp dân thống nhất",
        "niêm yết: hộ nghèo",
        "có khiếu nại: Hộ có máy cày",
    ):
        assert told in text


def test_pages_of_a_large_village_cost_few_queries_and_little_html(
    official: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    of = dossier()
    forms = [done(f"Nông Văn {chr(65 + turn // 26)}{chr(97 + turn % 26)}") for turn in range(60)]
    pages = [f"/review/{of.pk}/", f"/review/{of.pk}/villages/{VILLAGE}/", meeting_of(of), "/review/"]
    pages += [f"/review/{of.pk}/forms/{forms[0].pk}/propose/", f"/review/{of.pk}/steps/"]
    _cheap(official, pages, django_assert_max_num_queries)
    meet(of)
    _cheap(official, [f"/review/{of.pk}/posting/?village={VILLAGE}"], django_assert_max_num_queries)
    post(of)
    found = complain(of, forms[0])
    pages = [f"/review/{of.pk}/villages/{VILLAGE}/?show=complaint", f"/review/{of.pk}/villages/{VILLAGE}/complain/"]
    pages += [f"/review/{of.pk}/complaints/", f"/review/{of.pk}/complaints/{found.pk}/"]
    pages += [f"/review/households/{forms[0].household_id}/", f"/review/{of.pk}/"]
    _cheap(official, pages, django_assert_max_num_queries)


def _cheap(client: Client, pages: list[str], most: Callable[..., Any]) -> None:
    for address in pages:
        with most(MOST_QUERIES, info=address):
            answer = client.get(address)
        assert answer.status_code == 200, address
        assert len(answer.content) < MOST_BYTES, address


def test_a_neighbour_sees_and_makes_nothing() -> None:
    of, _one = dossier(), done()
    neighbour = signed_in(person("commune_official", "01363"))
    for address in (f"/review/{of.pk}/", f"/review/{of.pk}/villages/{VILLAGE}/", meeting_of(of)):
        assert neighbour.get(address).status_code == 403
    assert neighbour.post(meeting_of(of), minutes()).status_code == 403


def test_a_reviewer_reads_and_does_nothing() -> None:
    of, _one = dossier(), done()
    reviewer = signed_in(person("village_reviewer", "01392"))
    text = seen(reviewer.get(f"/review/{of.pk}/villages/{VILLAGE}/"))
    assert "Ghi họp dân" not in text
    assert reviewer.post(meeting_of(of), minutes()).status_code == 403


def test_a_village_that_was_done_begins_anew_for_a_reason_said_on_its_page(official: Client) -> None:
    of = dossier()
    done()
    closed(of)
    address = f"/review/{of.pk}/villages/{VILLAGE}/"
    assert "Làm lại từ bước điều tra" in seen(official.get(address))
    again = f"{address}end/"
    assert "Cần nói vì sao làm lại" in seen(official.post(again, {"move": "send_back"}, follow=True))
    official.post(again, {"move": "send_back", "note": "Sót hộ ông Lý A Páo"})
    assert stage(of) == "survey"
    assert f"/review/{of.pk}/posting/?village={VILLAGE}" in official.get(address).content.decode()
