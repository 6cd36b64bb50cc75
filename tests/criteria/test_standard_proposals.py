"""Draft → proposal → another person → in force; who may, and what a proposal can no longer do."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from households.access.standards import Step, propose_check, propose_step, propose_table_step
from households.criteria.b1_publishing import put_table_in_force
from households.criteria.models import LegalStandard, State
from households.criteria.queries import b1_table_in_force, standards_on
from povertyportal.records.models import Proposal
from povertyportal.records.proposals import ProposalRefusedError, approve, propose, readable_by
from tests.access.people import AREAS, NATION, person
from tests.criteria.points import draft_table
from tests.criteria.published import MORNING, NOON, draft

pytestmark = pytest.mark.django_db
DAY = MORNING.date()


def proposed(row: LegalStandard, by: Any, step: Step = Step.PUBLISH) -> Proposal:
    return propose_step(row=row, step=step, by=by, at=MORNING, reason="Nghị quyết 12/2026/NQ-HĐND")


def test_a_draft_comes_into_force_when_another_person_approves() -> None:
    thu, hung = person("administrator", AREAS.PROVINCE), person("province_reviewer", AREAS.PROVINCE)
    row = draft(thu)
    proposal = proposed(row, thu)
    assert standards_on(2028, "04").local_closing is None
    approve(proposal=proposal, by=hung, at=NOON)
    row.refresh_from_db()
    assert (row.state, row.entered_by, row.approved_by, row.approved_at) == (State.IN_FORCE, thu, hung, NOON)
    assert getattr(standards_on(2028, "04").local_closing, "code", "") == "caobang-2028"


def test_nobody_approves_what_he_proposed_or_entered() -> None:
    thu, hung = person("province_reviewer", AREAS.PROVINCE), person("province_reviewer", AREAS.PROVINCE)
    row = draft(thu)
    with pytest.raises(PermissionDenied, match="chính bạn"):
        approve(proposal=proposed(row, thu), by=thu, at=NOON)
    Proposal.objects.get().refresh_from_db()
    other = draft(thu, code="caobang-2031", first=2031, last=2031)
    proposal = propose_step(row=other, step=Step.PUBLISH, by=hung, at=MORNING, reason="nghị quyết")
    with pytest.raises(ProposalRefusedError, match="người khác người nhập"):
        approve(proposal=proposal, by=thu, at=NOON)


@pytest.mark.parametrize(
    ("role", "area"), [("commune_official", AREAS.COMMUNE), ("auditor", AREAS.PROVINCE), ("administrator", "22")]
)
def test_who_lacks_the_right_in_the_province_proposes_nothing(role: str, area: str) -> None:
    thu = person("administrator", AREAS.PROVINCE)
    with pytest.raises(PermissionDenied):
        proposed(draft(thu), person(role, area))


def test_an_administrator_proposes_but_does_not_approve() -> None:
    thu, other = person("administrator", AREAS.PROVINCE), person("administrator", AREAS.PROVINCE)
    with pytest.raises(PermissionDenied, match="Duyệt chuẩn nghèo"):
        approve(proposal=proposed(draft(thu), thu), by=other, at=NOON)


def test_a_national_standard_is_withdrawn_by_the_nation_alone() -> None:
    row = LegalStandard.objects.get(code="qd09-2011", state=State.IN_FORCE)
    with pytest.raises(PermissionDenied, match="toàn quốc"):
        proposed(row, person("province_reviewer", AREAS.PROVINCE), Step.WITHDRAW)
    proposal = proposed(row, person("administrator", NATION), Step.WITHDRAW)
    local = person("province_reviewer", AREAS.PROVINCE)
    assert proposal not in readable_by(local, day=DAY)
    with pytest.raises(PermissionDenied):
        approve(proposal=proposal, by=local, at=NOON)
    approve(proposal=proposal, by=person("province_reviewer", NATION), at=NOON)
    assert standards_on(2012).closing is None


def test_the_draft_of_a_decree_whose_annex_is_unknown_cannot_be_proposed() -> None:
    row = LegalStandard.objects.get(code="nd351-2025", state=State.DRAFT)
    with pytest.raises(ProposalRefusedError, match="chưa đủ căn cứ"):
        proposed(row, person("administrator", NATION))


def test_of_two_drafts_for_one_year_the_second_is_told_what_stands_there() -> None:
    thu, hung = person("administrator", AREAS.PROVINCE), person("province_reviewer", AREAS.PROVINCE)
    first, second = (proposed(draft(thu, code=code), thu) for code in ("caobang-2028", "caobang-2029"))
    approve(proposal=first, by=hung, at=NOON)
    with pytest.raises(ProposalRefusedError, match="đang áp dụng “Chuẩn nghèo tỉnh Cao Bằng”"):
        approve(proposal=second, by=hung, at=NOON)
    second.refresh_from_db()
    assert second.state == "waiting"


def test_the_same_step_is_not_proposed_twice() -> None:
    thu = person("administrator", AREAS.PROVINCE)
    row = draft(thu)
    proposed(row, thu)
    with pytest.raises(ProposalRefusedError, match="giống hệt"):
        proposed(row, thu)


def test_two_persons_who_compared_make_a_check() -> None:
    row = LegalStandard.objects.get(code="nd07-2021", state=State.IN_FORCE)
    thu, hung = person("administrator", NATION), person("province_reviewer", NATION)
    proposal = propose_check(row=row, note="Công báo số 357+358", by=thu, at=MORNING)
    assert not row.checks.exists()
    approve(proposal=proposal, by=hung, at=NOON)
    check = row.checks.get()
    assert (check.checked_by, check.confirmed_by, check.note) == (thu, hung, "Công báo số 357+358")


def test_a_table_of_points_is_published_by_two_persons_of_the_nation() -> None:
    thu, hung = person("administrator", NATION), person("province_reviewer", NATION)
    row = draft_table(thu)
    proposal = propose_table_step(row=row, step=Step.PUBLISH, by=thu, at=MORNING, reason="Thông tư 02/2022")
    assert b1_table_in_force("nd07-2021", DAY) is None
    approve(proposal=proposal, by=hung, at=NOON)
    assert getattr(b1_table_in_force("nd07-2021", DAY), "version", 0) == 1
    with pytest.raises(PermissionDenied):
        propose_table_step(
            row=row, step=Step.WITHDRAW, by=person("administrator", AREAS.PROVINCE), at=NOON, reason="thử"
        )


def test_a_proposal_of_points_says_what_becomes_of_the_tables_in_force() -> None:
    thu, hung = person("administrator", NATION), person("province_reviewer", NATION)
    for first, day in ((1, date(2022, 1, 1)), (3, date(2024, 1, 1))):
        put_table_in_force(row=draft_table(thu, first=first, from_day=day), by=hung, at=NOON)
    row = draft_table(thu, first=5, from_day=date(2023, 7, 1))
    told = propose_table_step(row=row, step=Step.PUBLISH, by=thu, at=MORNING, reason="đính chính").summary
    assert "Bảng 1 áp dụng đến hết ngày 30/06/2023." in told
    assert "Bảng 2 (từ ngày 01/01/2024) được rút: bảng này thay." in told
    outside = draft_table(thu, from_day=date(2027, 1, 1))
    with pytest.raises(ProposalRefusedError, match="các năm 2021 – 2026: ngày 01/01/2027 nằm ngoài"):
        propose_table_step(row=outside, step=Step.PUBLISH, by=thu, at=MORNING, reason="thử")


def test_a_proposal_says_which_years_are_left_without_a_standard() -> None:
    thu, hung = person("administrator", AREAS.PROVINCE), person("province_reviewer", AREAS.PROVINCE)
    approve(proposal=proposed(draft(thu), thu), by=hung, at=NOON)
    shorter = draft(thu, version=2, first=2029)
    assert "Không còn chuẩn nào thay cho năm 2028 (kết quả cuối năm)" in " ".join(proposed(shorter, thu).summary)


def test_a_forged_proposal_carries_out_nothing_that_the_state_forbids() -> None:
    thu, hung = person("administrator", AREAS.PROVINCE), person("province_reviewer", AREAS.PROVINCE)
    row = draft(thu)
    forged = propose(
        kind="standard", subject="thử", payload={"id": row.pk, "step": "withdraw"}, summary=[], area_code="04",
        area_on=DAY, by=thu, at=MORNING, reason="thử",
    )  # fmt: skip
    with pytest.raises(ProposalRefusedError, match="không còn áp dụng"):
        approve(proposal=forged, by=hung, at=NOON)
