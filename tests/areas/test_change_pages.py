"""A change of the map on the pages: stated, shown, proposed by one person and approved by another."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from households.access.scope import may
from households.areas import queries
from households.areas.models import Area
from povertyportal.core.models import User
from povertyportal.records.models import Proposal, State
from tests.access.people import AREAS, NATION, person, signed_in
from tests.areas.changes import DAY, stored_province
from tests.reading import words

pytestmark = pytest.mark.django_db

EVE = date(2026, 6, 30)
PAPER = {
    "on": "01/07/2026",
    "legal_basis": "Nghị quyết 99/NQ-HĐND ngày 01/6/2026",
    "source": "Công báo tỉnh",
    "confidence": "verified",
    "note": "",
}


@pytest.fixture(autouse=True)
def province() -> None:
    stored_province()


@pytest.fixture
def proposer() -> Client:
    return signed_in(person("administrator", "98", full_name="Hoàng Thị Đề Nghị"))


@pytest.fixture
def approver() -> Client:
    return signed_in(person("province_reviewer", "98", full_name="Nông Văn Duyệt"))


def page(client: Client, kind: str, status: int = 200, **typed: str) -> str:
    """The page that answers a form of this kind."""
    response = client.post(f"/areas/changes/{kind}/", PAPER | typed)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def proposed(client: Client, kind: str, **typed: Any) -> Proposal:
    answer = client.post(f"/areas/changes/{kind}/", PAPER | typed | {"propose": "1", "reason": "Theo nghị quyết"})
    assert answer.status_code == 302, words(answer.content.decode())
    return Proposal.objects.latest("pk")


def approve(client: Client, proposal: Proposal, status: int = 200) -> str:
    answer = client.post(f"/approvals/{proposal.pk}/", {"decision": "approve", "note": "Đúng văn bản"}, follow=True)
    assert answer.status_code == status, words(answer.content.decode())
    return words(answer.content.decode())


MERGER = {
    "unit": "98101", "units_chosen": ["98101", "98102"], "others": "", "parts_given": "", "villages": "",
    "code": "98101", "type": "Xã", "name": "Bản Lừa", "parent_code": "981",
}  # fmt: skip


def names(code: str, on: date) -> list[str]:
    return [child.full_name for child in queries.tree_around(code, on=on).children(code)]


def may_enter(user: User, code: str) -> bool:
    return may(user, "figures.enter", code=code, on=DAY, day=timezone.localdate())


def test_a_merger_of_two_communes_by_two_persons(proposer: Client, approver: Client) -> None:
    official = person("commune_official", "98102")
    shown = words(page(proposer, "merge", **MERGER))
    assert "toàn bộ Xã Bản Mới (98101), Xã Nà Lừa (98102) hợp thành Xã Bản Lừa (98101), thuộc Huyện Núi Cao" in shown
    before, after = shown.split("Từ ngày 01/07/2026", 2)[1:]
    assert "Xã Nà Lừa 98102 kết thúc" in before
    assert "Xã Bản Lừa 98101 đổi tên, loại" in after
    assert "1 quyền ngừng và chờ người có quyền giao duyệt" in shown
    proposal = proposed(proposer, "merge", **MERGER)
    assert names("981", DAY) == ["Xã Bản Mới", "Xã Nà Lừa"]
    approve(approver, proposal)
    assert (names("981", EVE), names("981", DAY)) == (["Xã Bản Mới", "Xã Nà Lừa"], ["Xã Bản Lừa"])
    assert names("98101", DAY) == ["Thôn Nậm Cang", "Thôn Tả Van", "Thôn Tả Van"]
    assert not may_enter(official, "98101")
    approve(proposer, Proposal.objects.get(kind="grants_after_change"))
    assert may_enter(official, "98101")


def test_the_end_of_the_district_level_by_two_persons(proposer: Client, approver: Client) -> None:
    reviewer, official = person("district_reviewer", "981"), person("commune_official", "98101")
    proposal = proposed(proposer, "dissolve-districts", unit="98")
    approve(approver, proposal)
    assert names("98", EVE) == ["Xã Đồng Cỏ", "Huyện Núi Cao", "Huyện Suối Dài"]
    assert names("98", DAY) == ["Xã Bản Mới", "Xã Đồng Cỏ", "Xã Khe Sâu", "Xã Nà Lừa"]
    assert may_enter(official, "98101")
    assert not may_enter(reviewer, "98103")
    approve(proposer, Proposal.objects.get(kind="grants_after_change"))
    assert may_enter(reviewer, "98103")


def test_the_history_names_who_carried_the_change_out(proposer: Client, approver: Client) -> None:
    proposal = proposed(proposer, "dissolve-districts", unit="98")
    approve(approver, proposal)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT pgh_context->>'username' FROM areas_area_history WHERE code = '981' AND upper(validity) = %s",
            [DAY],
        )
        told = [name for (name,) in cursor.fetchall()]
    assert told == [Proposal.objects.get(pk=proposal.pk).decided_by.username]  # type: ignore[union-attr]


def test_nobody_approves_his_own_proposal(proposer: Client) -> None:
    proposal = proposed(proposer, "merge", **MERGER)
    proposer.post(f"/approvals/{proposal.pk}/", {"decision": "approve", "note": ""})
    assert Proposal.objects.get(pk=proposal.pk).state == State.WAITING
    assert names("981", DAY) == ["Xã Bản Mới", "Xã Nà Lừa"]


def test_what_changed_meanwhile_is_not_approved(proposer: Client, approver: Client) -> None:
    merger = proposed(proposer, "merge", **MERGER)
    renamed = proposed(proposer, "rename", unit="98102", name="Nà Lừa Mới")
    approve(approver, renamed)
    assert "Xã Nà Lừa Mới (98102) bắt đầu đúng ngày 01/07/2026" in approve(approver, merger, status=400)
    assert Proposal.objects.get(pk=merger.pk).state == State.WAITING
    assert names("981", DAY) == ["Xã Bản Mới", "Xã Nà Lừa Mới"]


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_proposed(proposer: Client) -> None:
    answer = page(proposer, "merge", **(MERGER | {"code": "98103"}))
    assert "Mã 98103 đang là mã của Xã Khe Sâu (98103)" in words(answer)
    assert 'id="id_code_error"' in answer
    assert not Proposal.objects.exists()


def test_a_change_outside_the_proposers_area_is_refused_in_the_form(proposer: Client) -> None:
    moved = page(proposer, "rename", unit=AREAS.COMMUNE, name="Khác")
    assert "của bạn không gồm" in words(moved)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("kind", ["merge", "split", "rename", "reclassify", "move", "recode", "end"])
def test_each_kind_asks_for_its_unit_and_then_for_what_changes(proposer: Client, kind: str) -> None:
    asked = proposer.get(f"/areas/changes/{kind}/?unit=na lua&on=2026-07-01").content.decode()
    assert "?unit=98102&amp;on=2026-07-01" in asked
    form = words(proposer.get(f"/areas/changes/{kind}/?unit=98102&on=2026-07-01").content.decode())
    assert "Xã Nà Lừa 98102" in form
    assert "Căn cứ" in form


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("reclassify", {"unit": "98101", "type": "Phường", "name": "Bản Mới"}, "chuyển loại, thành Phường Bản Mới"),
        ("recode", {"unit": "98101", "code": "98111"}, "đổi mã, thành Xã Bản Mới (98111)"),
        ("move", {"unit": "98101", "parent_code": "982"}, "chuyển về Huyện Suối Dài"),
        ("end", {"unit": "98104"}, "không còn Xã Đồng Cỏ (98104)"),
        ("create", {"code": "98120", "type": "Xã", "name": "Hồ Thử", "parent_code": "981"}, "lập mới Xã Hồ Thử"),
        (
            "split",
            {
                "unit": "98102", "code_1": "98102", "type_1": "Xã", "name_1": "Nà Lừa",
                "code_2": "98109", "type_2": "Xã", "name_2": "Nậm Cang", "to_98102-001": "1", "to_98102-002": "2",
            },
            "chia thành Xã Nà Lừa (98102), Xã Nậm Cang (98109)",
        ),
    ],
)  # fmt: skip
def test_every_kind_shows_what_it_would_do(proposer: Client, kind: str, typed: dict[str, str], told: str) -> None:
    assert told in words(page(proposer, kind, **typed))


SPLIT = {
    "unit": "98102", "code_1": "98102", "type_1": "Xã", "name_1": "Nà Lừa",
    "code_2": "98109", "type_2": "Xã", "name_2": "Nậm Cang", "to_98102-001": "1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({}, "to_98102-002", "Chưa chọn Thôn Nậm Cang"),
        ({"to_98102-002": "2", "code_2": "98103"}, "code_2", "đang là mã của Xã Khe Sâu"),
        ({"to_98102-002": "2", "name_3": "Không mã"}, "code_3", "Còn thiếu mã"),
        ({"to_98102-002": "2", "type_4": "Xã"}, "code_4", "Còn thiếu mã"),
        ({"to_98102-002": "4"}, "to_98102-002", "không đơn vị mới nào mang mã đó"),
    ],
)
def test_a_split_says_what_is_wrong_beside_the_field(
    proposer: Client, typed: dict[str, str], field: str, why: str
) -> None:
    answer = page(proposer, "split", **(SPLIT | typed))
    assert f'id="id_{field}_error"' in answer
    assert why in words(answer)


def test_of_many_units_below_those_without_a_choice_go_together() -> None:
    minister = signed_in(person("administrator", NATION))
    typed = {
        "unit": "04", "code_1": "04", "type_1": "Tỉnh", "name_1": "Cao Bằng", "code_2": "97", "type_2": "Tỉnh",
        "name_2": "Hà Quảng", "to_01392": "2", "to_rest": "1",
    }  # fmt: skip
    shown = words(page(minister, "split", **typed))
    assert "1 đơn vị chuyển về Tỉnh Hà Quảng, giữ nguyên mã và tên: Xã Trường Hà (01392)" in shown
    assert "55 đơn vị trực thuộc giữ nguyên" in shown


def test_the_form_to_split_a_large_city_stays_light(proposer: Client) -> None:
    answer = proposer.get("/areas/changes/split/?unit=79&on=2026-07-01").content
    assert answer.count(b'name="to_') > 150
    assert len(answer) < 100_000


def test_going_back_from_the_preview_keeps_what_was_typed(proposer: Client) -> None:
    answer = page(proposer, "rename", unit="98101", name="Bản Cũ", edit="1")
    assert 'value="Bản Cũ"' in answer
    assert "Xem trước kết quả" in answer


@pytest.mark.parametrize(
    ("reason", "why"), [(" ", "Còn thiếu lý do"), ("\0", "Còn thiếu lý do"), ("x" * 1001, "Lý do dài quá 1000 ký tự")]
)
def test_a_proposal_whose_reason_cannot_be_kept_comes_back(proposer: Client, reason: str, why: str) -> None:
    assert why in page(proposer, "rename", unit="98101", name="Bản Cũ", propose="1", reason=reason)


def test_the_approver_reads_the_paper_behind_the_change(proposer: Client, approver: Client) -> None:
    proposal = proposed(proposer, "rename", unit="98101", name="Bản Cũ", note="Đính chính tên")
    texts = (PAPER["legal_basis"], PAPER["source"], "Đính chính tên")
    waiting = words(approver.get(f"/approvals/{proposal.pk}/").content.decode())
    approve(approver, proposal)
    decided = words(approver.get(f"/approvals/{proposal.pk}/").content.decode())
    assert all(text in page for text in texts for page in (waiting, decided))


def test_the_next_change_of_a_resolution_starts_with_its_paper(proposer: Client, approver: Client) -> None:
    again = "Điền sẵn theo đề nghị bạn gửi gần nhất"
    assert again not in proposer.get("/areas/changes/rename/?unit=98102").content.decode()
    proposal = proposed(proposer, "rename", unit="98101", name="Bản Cũ", note="Chỉ của đề nghị này")
    assert "Ghi thay đổi khác theo cùng văn bản" in proposer.get(f"/approvals/{proposal.pk}/").content.decode()
    form = proposer.get("/areas/changes/rename/?unit=98102").content.decode()
    assert again in form
    assert 'value="01/07/2026"' in form
    assert f'value="{PAPER["legal_basis"]}"' in form
    assert "Chỉ của đề nghị này" not in form
    assert 'value="01/07/2026"' in proposer.get("/areas/changes/merge/").content.decode()
    assert (
        again not in signed_in(person("administrator", "98")).get("/areas/changes/rename/?unit=98102").content.decode()
    )


def test_a_code_that_nobody_can_type_finds_no_unit(proposer: Client) -> None:
    assert "đơn vị nào?" in page(proposer, "rename", unit="\0", name="Bản Cũ")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/areas/changes/nothing/", 404),
        ("/areas/changes/rename/?unit=98101&on=tomorrow", 400),
        ("/areas/changes/?unit=98101&page=2", 400),
        ("/areas/changes/?unit=98101", 200),
    ],
)
def test_addresses_that_ask_for_something_else(proposer: Client, path: str, status: int) -> None:
    assert proposer.get(path).status_code == status


def test_a_date_too_far_away_is_a_slip_of_the_pen(proposer: Client) -> None:
    assert "Ngày này quá xa" in page(proposer, "rename", unit="98101", name="Bản Cũ", on="01/07/2062")
    assert not Area.objects.filter(name="Bản Cũ").exists()
