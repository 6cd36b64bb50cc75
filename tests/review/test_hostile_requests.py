"""What no page of ours sends: keys that no row has, villages of nobody, signs that cannot be read. Each is refused in words, and
nothing is stored."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from households.review.actions.asking import ask_opinion
from households.review.actions.posting import end_step
from households.review.models import Complaint, DossierPart, Meeting, Posting
from households.review.refusals import ReviewRefusedError
from households.review.superior_models import DocumentText, OpinionRemark
from tests.access.people import AREAS, NATION, person, signed_in
from tests.reading import seen
from tests.registry.people import COMMUNE
from tests.review.dossiers import MET, VILLAGE, complain, done, dossier, meet, on, post
from tests.review.ready import Case, ready
from tests.review.steps import answered, asked, decided

pytestmark = pytest.mark.django_db
TOO_LONG = "9" * 5_000
POOR = Case("poor")
MINUTES = {
    "held_on": "12/10/2026", "starts": "19:00", "place": "Nhà văn hóa", "chair": "Hoàng Văn Páo",
    "secretary": "Lục Thị Hà", "present_count": "40",
}  # fmt: skip
UNREADABLE = "Có ký tự không đọc được"


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", COMMUNE))


@pytest.fixture
def superior() -> Client:
    return signed_in(person("province_reviewer", AREAS.PROVINCE))


def sent(client: Client, path: str, said: dict[str, str]) -> Any:
    """As a browser sends a form without files, which bears names of any length."""
    return client.post(path, urlencode(said), content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("key", [TOO_LONG, "9" * 19, "-1", "x", "١"])
def test_a_remark_on_a_form_that_no_form_can_be_is_passed_over(superior: Client, key: str) -> None:
    of = asked(ready(POOR))
    answer = sent(superior, f"/review/{of.pk}/answer/", {f"remark-{key}": "Có lương hưu"})
    assert answer.status_code == 200
    assert "Có lương hưu" not in answer.content.decode()


@pytest.mark.parametrize("key", [TOO_LONG, "9" * 19, "-1"])
def test_a_class_for_a_form_that_no_form_can_be_is_passed_over(key: str) -> None:
    made = decided(ready(POOR))[0]
    leader = signed_in(person("commune_leader", COMMUNE))
    assert sent(leader, f"/review/decisions/{made.pk}/correct/", {f"class-{key}": "near_poor"}).status_code == 200


@pytest.mark.parametrize("code", ["01392-999", "01363", "x" * 60, "a\0b"])
def test_a_village_of_nobody_is_neither_posted_nor_taken_down(official: Client, code: str) -> None:
    of = dossier()
    done(), meet(of)
    said = {"step": "post", "turn": "1", "village": code, "starts_on": "12/10/2026", "place1": "một", "place2": "hai"}
    assert "Xã không có thôn mang mã" in seen(official.post(f"/review/{of.pk}/posting/", said))
    down = official.post(f"/review/{of.pk}/take-down/", {"turn": "1", "village": code}, follow=True)
    assert "Xã không có thôn mang mã" in seen(down)
    assert [one.area_code for one in DossierPart.objects.all()] == [VILLAGE]


def test_a_step_that_the_procedure_does_not_have_is_refused_in_words(official: Client) -> None:
    of = dossier()
    done()
    for code in (VILLAGE, "x" * 60):
        with pytest.raises(ReviewRefusedError, match=r"không có bước này|không có thôn mang mã"):
            end_step(dossier=of.pk, part=code, move="end_survey", **on(MET))
    answer = official.post(f"/review/{of.pk}/villages/{VILLAGE}/end/", {"move": "end_survey"}, follow=True)
    assert "không có bước này" in seen(answer)
    with pytest.raises(ReviewRefusedError, match="không có bước này"):
        ask_opinion(dossier=dossier("average").pk, letter_number="215/UBND", on=MET, **on(MET))
    assert not DossierPart.objects.exists()


def test_who_comes_second_is_told_so_even_where_nothing_is_left_to_do(official: Client) -> None:
    """The page it comes back to has no form any more; the sentence stands on it all the same."""
    of, second = dossier(), signed_in(person("commune_official", COMMUNE))
    done(), meet(of)
    of.refresh_from_db()
    said = {
        "step": "post", "turn": "1", "version": str(of.version), "village": VILLAGE, "starts_on": "12/10/2026",
        "place1": "Nhà văn hóa", "place2": "Trụ sở UBND xã",
    }  # fmt: skip
    assert official.post(f"/review/{of.pk}/posting/", said).status_code == 302
    assert "vừa được người khác làm thêm một bước" in seen(second.post(f"/review/{of.pk}/posting/", said))
    late = second.post(f"/review/{of.pk}/villages/{VILLAGE}/meeting/", MINUTES | {"version": str(of.version)})
    assert "vừa được người khác làm thêm một bước" in seen(late)


def test_the_leader_who_comes_second_is_told_so() -> None:
    of = answered(ready(POOR))
    leader = signed_in(person("commune_leader", COMMUNE))
    said = {"version": str(of.version), "on": "16/11/2026", "signer": "Nông Văn Chủ", "position": "Chủ tịch"}
    said |= {"bases": "Quyết định 24/2021/QĐ-TTg", "number-recognised-closing": "128/QĐ-UBND"}
    assert leader.post(f"/review/{of.pk}/decide/", said).status_code == 302
    assert "vừa được người khác làm thêm một bước" in seen(leader.post(f"/review/{of.pk}/decide/", said))
    assert of.decisions.count() == 1


@pytest.mark.parametrize("year", ["0000020269999", f"000002026{TOO_LONG}", "2026.0"])
def test_a_year_that_only_begins_as_one_has_no_calendar(official: Client, year: str) -> None:
    assert official.get("/review/calendar/", {"year": year}).status_code == 400


@pytest.mark.parametrize("text", ["đồng\0ý", "\x1b[2Jđồng ý", "\u202eý gnồđ"])
def test_what_cannot_be_read_stands_in_no_minutes(official: Client, text: str) -> None:
    of, form = dossier(), done()
    answer = official.post(f"/review/{of.pk}/villages/{VILLAGE}/meeting/", MINUTES | {f"remark-{form.pk}": text})
    assert UNREADABLE in seen(answer)
    assert not Meeting.objects.exists()


def untold(client: Client, path: str, said: dict[str, str], fields: Iterable[str]) -> list[str]:
    """Fields in which a personal number is not refused in words."""
    number = "ông An, 004 190 012 345"
    return [one for one in fields if "Đừng ghi số định danh" not in seen(client.post(path, said | {one: number}))]


def test_nobodys_number_is_written_down_in_a_village(official: Client) -> None:
    """In steps that would be made without it."""
    of, form = dossier(), done()
    village = f"/review/{of.pk}/villages/{VILLAGE}"
    minutes = ("place", "chair", "secretary", "present", "opinions", f"remark-{form.pk}")
    assert untold(official, f"{village}/meeting/", MINUTES, minutes) == []
    proposal = {"purpose": "closing", "klass": "near_poor"}
    assert untold(official, f"/review/{of.pk}/forms/{form.pk}/propose/", proposal, ["reason"]) == []
    meet(of)
    posting = {
        "step": "post",
        "turn": "1",
        "village": VILLAGE,
        "starts_on": "13/10/2026",
        "place1": "một",
        "place2": "hai",
    }
    assert untold(official, f"/review/{of.pk}/posting/", posting, ["place1", "place2"]) == []
    post(of)
    matter = {"received_on": "16/10/2026", "complainant": "Lò Văn Dìn", "form": str(form.pk), "matter": "Có máy cày"}
    assert untold(official, f"{village}/complain/", matter, ("complainant", "about", "matter")) == []
    against = complain(of, form)
    answer = {"outcome": "kept", "answer": "Giữ nguyên", "answered_on": "19/10/2026"}
    address = f"/review/{of.pk}/complaints/{against.pk}/"
    assert untold(official, address, answer, ("answer", "late")) == []
    assert (Meeting.objects.count(), Posting.objects.count(), Complaint.objects.filter(outcome="").count()) == (1, 1, 1)


@pytest.mark.parametrize("text", ["Có\0lương", "\u202eCó lương"])
def test_what_cannot_be_read_stands_in_no_remark(superior: Client, text: str) -> None:
    of = asked(ready(POOR))
    form = of.round.forms.get()
    told = {"step": "return", "version": of.version, "on": "12/11/2026", f"remark-{form.pk}": text}
    assert UNREADABLE in seen(superior.post(f"/review/{of.pk}/answer/", told))
    assert not OpinionRemark.objects.exists()


@pytest.mark.parametrize("code", ["01363-001", "01363", "Thôn Không Có"])
def test_no_paper_prints_as_its_village_what_an_address_says(official: Client, code: str) -> None:
    of = dossier()
    for paper in ("list_i", "minutes_before"):
        assert official.get(f"/review/papers/{paper}/{of.pk}.pdf", {"village": code}).status_code == 404


def test_a_text_of_all_papers_holds_nobodys_number() -> None:
    nation = signed_in(person("administrator", NATION))
    page = nation.get("/review/texts/posting/")
    body = page.context["form"]["body"].value()
    told = {"body": f"{body}\nHỏi ông An, 004190012345.", "valid_from": "01/12/2026", "reason": "Thử"}
    assert "Đừng ghi số định danh" in seen(nation.post("/review/texts/posting/", told))
    assert not DocumentText.objects.exists()
