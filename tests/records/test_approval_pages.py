"""The pages on which a second person reads and decides."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from households.access.approvals import in_scope, propose_area_change
from households.areas.changes import Kind, Operation, Target
from households.areas.models import Area
from households.areas.units import Confidence, Level
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.records import kinds
from povertyportal.records.kinds import ApprovalKind
from povertyportal.records.models import Proposal, State
from povertyportal.records.proposals import decline
from tests.access.people import AREAS, NATION, person, signed_in
from tests.people import on_the_record
from tests.records.conftest import TEST_KIND, asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kind_by_grants() -> Any:
    """The kind of these tests is decided by who approves changes of areas."""
    kind = ApprovalKind(
        code="phone",
        title="Đổi số điện thoại",
        deciders="Cần người giữ quyền duyệt.",
        readable=lambda user, day: in_scope(user, "areas.propose", "areas.approve", "records.read", day=day),
        decidable=lambda user, day: in_scope(user, "areas.approve", day=day),
        apply=TEST_KIND.apply,
    )
    kinds.register_kind(kind)
    yield
    del kinds._kinds["phone"]


def waiting(area: str = AREAS.PROVINCE, *, by: User | None = None, phone: str = "0912") -> Proposal:
    place = {"area_code": area, "area_on": today()} if area != NATION else {"area_code": "", "area_on": None}
    return asked(by=by or person("administrator", area, full_name="Lý Thị Thu"), phone=phone, at=now(), **place)


def reviewer(area: str = AREAS.PROVINCE) -> Client:
    return signed_in(person("province_reviewer", area, full_name="Hoàng Văn Hùng"))


def address(proposal: Proposal) -> str:
    return reverse("approvals:detail", args=[proposal.pk])


def test_what_waits_for_me_is_listed_with_who_asked_where_and_why() -> None:
    proposal = waiting()
    page = reviewer().get("/approvals/").content.decode()
    for said in (proposal.subject, "Tỉnh Cao Bằng", "Lý Thị Thu đề nghị", "số cũ không còn dùng"):
        assert said in page


@pytest.mark.parametrize("area", [AREAS.FOREIGN_PROVINCE, NATION])
def test_what_is_beyond_my_reach_is_neither_listed_nor_opened(area: str) -> None:
    proposal, client = waiting(area), reviewer()
    for show in ("mine", "waiting", "all"):
        assert proposal.subject not in client.get(f"/approvals/?show={show}").content.decode()
    assert client.get(address(proposal)).status_code == 404
    assert client.post(address(proposal), {"decision": "approve"}).status_code == 404
    proposal.refresh_from_db()
    assert proposal.state == State.WAITING


def test_the_nation_is_decided_by_who_reaches_the_nation() -> None:
    proposal = waiting(NATION)
    assert reviewer(NATION).post(address(proposal), {"decision": "approve"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == State.APPROVED


def test_a_second_person_approves_on_the_page() -> None:
    proposal, client = waiting(), reviewer()
    page = client.post(address(proposal), {"decision": "approve", "note": "đã đối chiếu"}, follow=True)
    assert "Đã duyệt và thực hiện đề nghị." in page.content.decode()
    assert "đã đối chiếu" in page.content.decode()
    proposal.refresh_from_db()
    assert (proposal.state, str(proposal.decided_by)) == (State.APPROVED, "Hoàng Văn Hùng")


def test_who_has_decided_one_is_led_to_the_next() -> None:
    asker = person("administrator", AREAS.PROVINCE)
    first, second = (waiting(by=asker, phone=phone) for phone in ("0912", "0913"))
    client = reviewer()
    assert "Đề nghị tiếp theo" not in client.get(address(first)).content.decode()
    page = client.post(address(first), {"decision": "approve"}, follow=True).content.decode()
    assert re.search(rf'href="{address(second)}">Đề nghị tiếp theo chờ bạn duyệt', page)
    page = client.post(address(second), {"decision": "approve"}, follow=True).content.decode()
    assert "Đề nghị tiếp theo" not in page


def test_declining_without_a_reason_is_refused_on_the_page() -> None:
    proposal, client = waiting(), reviewer()
    page = client.post(address(proposal), {"decision": "decline"})
    assert page.status_code == 400
    assert "hãy ghi vì sao không duyệt" in page.content.decode()


def test_the_proposer_is_offered_to_withdraw_and_not_to_decide() -> None:
    author = person("administrator", AREAS.PROVINCE)
    proposal, client = waiting(by=author), signed_in(author)
    page = client.get(address(proposal)).content.decode()
    assert "Rút đề nghị" in page
    assert "Duyệt và thực hiện" not in page
    assert "do chính bạn lập" in client.post(address(proposal), {"decision": "approve"}).content.decode()
    assert "Đã rút đề nghị." in client.post(address(proposal), {"decision": "withdraw"}, follow=True).content.decode()


def test_who_may_only_read_learns_who_decides() -> None:
    proposal, client = waiting(), signed_in(person("auditor", AREAS.PROVINCE))
    page = client.get(address(proposal)).content.decode()
    assert "Cần người giữ quyền duyệt." in page
    assert '<form class="panel decide"' not in page
    assert "Bạn không quyết định được" in client.post(address(proposal), {"decision": "approve"}).content.decode()


def test_whoever_comes_second_is_told_who_was_faster() -> None:
    proposal, client = waiting(), reviewer()
    decline(
        proposal=proposal, by=person("province_reviewer", AREAS.PROVINCE, full_name="Lò Thị Én"), at=now(), note="sai"
    )
    page = client.post(address(proposal), {"decision": "approve"})
    assert page.status_code == 400
    assert "Đề nghị này không duyệt rồi, bởi Lò Thị Én" in page.content.decode()


def test_what_can_no_longer_be_done_says_so_and_waits() -> None:
    proposal, client = waiting(phone="0"), reviewer()
    assert "không dùng được nữa" in client.post(address(proposal), {"decision": "approve"}).content.decode()
    proposal.refresh_from_db()
    assert proposal.state == State.WAITING


def test_a_button_nobody_knows_and_a_list_nobody_knows_are_refused() -> None:
    proposal, client = waiting(), reviewer()
    assert client.post(address(proposal), {"decision": "maybe"}).status_code == 400
    assert client.get("/approvals/?show=none").status_code == 400
    assert client.get("/approvals/?filter=x").status_code == 400


def test_the_home_page_tells_a_decider_what_waits() -> None:
    proposals = [waiting(by=person("administrator", AREAS.PROVINCE), phone=str(number)) for number in range(1, 8)]
    page = reviewer().get("/").content.decode()
    assert proposals[0].subject in page
    assert "Tất cả 7 đề nghị chờ bạn duyệt" in page
    assert "Không có đề nghị nào chờ bạn duyệt" in reviewer(AREAS.FOREIGN_PROVINCE).get("/").content.decode()
    assert "Chờ duyệt" not in signed_in(person("commune_official", AREAS.COMMUNE)).get("/").content.decode()


def test_an_account_without_grants_sees_no_proposal_at_all() -> None:
    proposal, client = waiting(), signed_in(person())
    assert proposal.subject not in client.get("/approvals/?show=all").content.decode()
    assert client.get(address(proposal)).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_a_page_full(django_assert_max_num_queries: Any) -> None:
    for number in range(25):
        waiting(by=person("administrator", AREAS.PROVINCE), phone=str(number + 1))
    client = reviewer()
    with django_assert_max_num_queries(15):
        page = client.get("/approvals/?show=all")
    assert len(page.content) < 100_000
    assert "25" in page.content.decode()


def test_what_can_no_longer_be_carried_out_is_not_offered_for_approval() -> None:
    """Somebody else changed the map between proposal and decision."""
    author = person("administrator", AREAS.PROVINCE)
    merger = propose_area_change(operation=merged(), by=author, at=now(), reason="nghị quyết")
    with on_the_record():
        Area.objects.filter(code=AREAS.SIBLING, validity__contains=today()).update(name="Thông Nông đã đổi")
    client = reviewer()
    page = client.get(address(merger)).content.decode()
    assert "Bản đồ hành chính đã thay đổi sau khi đề nghị được lập" in page
    assert "Duyệt và thực hiện" not in page
    assert "Bản đồ hành chính đã thay đổi" in client.post(address(merger), {"decision": "approve"}).content.decode()


def merged() -> Operation:
    return Operation(
        kind=Kind.MERGE, level=Level.COMMUNE, on=date(2027, 1, 1), legal_basis="Nghị quyết thử", source="phép thử",
        confidence=Confidence.VERIFIED, units=(AREAS.COMMUNE, AREAS.SIBLING),
        targets=(Target(AREAS.COMMUNE, "Xã", "Trường Hà", AREAS.PROVINCE),),
    )  # fmt: skip


def test_a_merger_proposed_by_one_is_carried_out_by_another() -> None:
    author = person("administrator", AREAS.PROVINCE)
    proposal = propose_area_change(operation=merged(), by=author, at=now(), reason="nghị quyết của tỉnh")
    client = reviewer()
    assert "Từ ngày 01/01/2027" in client.get(address(proposal)).content.decode()
    assert client.post(address(proposal), {"decision": "approve"}).status_code == 302
    new_year, eve = date(2027, 1, 1), date(2026, 12, 31)
    assert not Area.objects.filter(code=AREAS.SIBLING, validity__contains=new_year).exists()
    ended = Area.objects.get(code=AREAS.SIBLING, validity__contains=eve)
    told = ended.history.latest("pgh_id").pgh_context
    assert (told["reason"], told["via"]) == (f"Duyệt đề nghị số {proposal.pk}: nghị quyết của tỉnh", address(proposal))
    page = signed_in(person("auditor", AREAS.PROVINCE)).get(f"/records/?table=areas.area&object={ended.pk}")
    assert "đến hết 31/12/2026" in page.content.decode()


@pytest.mark.parametrize("role", ["province_reviewer", "commune_leader", "auditor"])
def test_who_may_not_propose_changes_of_the_map_proposes_none(role: str) -> None:
    area = AREAS.COMMUNE if role == "commune_leader" else AREAS.PROVINCE
    with pytest.raises(PermissionDenied):
        propose_area_change(operation=merged(), by=person(role, area), at=now(), reason="thử")
    assert not Proposal.objects.exists()


def test_a_change_of_several_provinces_is_proposed_by_who_reaches_the_nation() -> None:
    change = Operation(
        kind=Kind.MERGE, level=Level.PROVINCE, on=date(2027, 1, 1), legal_basis="Nghị quyết thử", source="phép thử",
        confidence=Confidence.VERIFIED, units=(AREAS.PROVINCE, AREAS.FOREIGN_PROVINCE),
        targets=(Target(AREAS.PROVINCE, "Tỉnh", "Cao Bằng", ""),),
    )  # fmt: skip
    with pytest.raises(PermissionDenied, match="phải có quyền trên toàn quốc"):
        propose_area_change(operation=change, by=person("administrator", AREAS.PROVINCE), at=now(), reason="thử")
    proposal = propose_area_change(operation=change, by=person("administrator", NATION), at=now(), reason="thử")
    assert (proposal.area_code, proposal.area_on) == ("", None)
    assert reviewer().get(address(proposal)).status_code == 404
