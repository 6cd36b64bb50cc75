"""One proposes, another decides, and what was approved is carried out at once."""

from contextlib import closing

import psycopg2
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from povertyportal.core.models import User
from povertyportal.records.models import Proposal, State
from povertyportal.records.proposals import (
    ProposalRefusedError,
    approve,
    can_decide,
    decline,
    digest_of,
    readable_by,
    register_kind,
    waiting_for,
    withdraw,
)
from tests.conftest import login
from tests.people import account, on_the_record
from tests.records.conftest import MORNING, NOON, TEST_KIND, asked

DAY = MORNING.date()


def test_an_approved_proposal_is_carried_out_by_the_second_person(
    proposal: Proposal, proposer: User, leader: User
) -> None:
    decided = approve(proposal=proposal, by=leader, at=NOON, note="đã gọi thử")
    proposer.refresh_from_db()
    assert (decided.state, decided.decided_by, decided.note) == (State.APPROVED, leader, "đã gọi thử")
    assert proposer.phone == "0912"


def test_the_history_names_the_second_person_and_the_first_ones_reason(
    proposal: Proposal, proposer: User, leader: User
) -> None:
    approve(proposal=proposal, by=leader, at=NOON)
    told = proposer.history.latest("pgh_id").pgh_context
    assert told["username"] == "hung"
    assert told["reason"] == f"Duyệt đề nghị số {proposal.pk}: số cũ không còn dùng"


def test_nobody_decides_his_own_proposal(proposal: Proposal, proposer: User) -> None:
    with pytest.raises(PermissionDenied, match="do chính bạn lập"):
        approve(proposal=proposal, by=proposer, at=NOON)
    with pytest.raises(PermissionDenied, match="do chính bạn lập"):
        decline(proposal=proposal, by=proposer, at=NOON, note="không")


def test_who_lacks_the_right_is_told_who_decides(proposal: Proposal) -> None:
    with pytest.raises(PermissionDenied, match="Người duyệt phải có quyền duyệt số điện thoại"):
        approve(proposal=proposal, by=account("khong-quyen"), at=NOON)
    proposal.refresh_from_db()
    assert proposal.state == State.WAITING


def test_a_proposal_declined_says_why_and_changes_nothing(proposal: Proposal, proposer: User, leader: User) -> None:
    with pytest.raises(ProposalRefusedError, match="vì sao không duyệt"):
        decline(proposal=proposal, by=leader, at=NOON, note=" ")
    decided = decline(proposal=proposal, by=leader, at=NOON, note="số này của người khác")
    proposer.refresh_from_db()
    assert (decided.state, decided.note, proposer.phone) == (State.DECLINED, "số này của người khác", "")


def test_only_the_proposer_withdraws(proposal: Proposal, proposer: User, leader: User) -> None:
    with pytest.raises(PermissionDenied, match="Chỉ người đề nghị"):
        withdraw(proposal=proposal, by=leader, at=NOON)
    assert withdraw(proposal=proposal, by=proposer, at=NOON).state == State.WITHDRAWN


@pytest.mark.parametrize("step", [approve, decline, withdraw])
def test_a_decided_proposal_is_not_decided_again(step, proposal: Proposal, leader: User) -> None:
    approve(proposal=proposal, by=leader, at=NOON)
    with pytest.raises(ProposalRefusedError, match=r"đã duyệt rồi, bởi Hoàng Văn Hùng lúc 12:00 02/11/2026"):
        step(proposal=proposal, by=account("thu"), at=NOON, note="muộn")


def test_what_can_no_longer_be_carried_out_goes_on_waiting(phone_kind: None, proposer: User, leader: User) -> None:
    row = asked(by=proposer, phone="0")
    with pytest.raises(ProposalRefusedError, match="không dùng được nữa"):
        approve(proposal=row, by=leader, at=NOON)
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (State.WAITING, None)


def test_the_same_is_not_asked_twice_while_it_waits(proposal: Proposal, proposer: User, leader: User) -> None:
    with pytest.raises(ProposalRefusedError, match="đang chờ duyệt rồi"):
        asked(by=proposer)
    decline(proposal=proposal, by=leader, at=NOON, note="chưa đủ giấy tờ")
    assert asked(by=proposer).state == State.WAITING


def test_a_proposal_needs_a_reason_and_a_known_kind(phone_kind: None, proposer: User) -> None:
    with pytest.raises(ProposalRefusedError, match="Còn thiếu lý do"):
        asked(by=proposer, reason="  ")
    with pytest.raises(KeyError):
        asked(by=proposer, kind="unheard-of")
    assert not Proposal.objects.exists()


def test_two_apps_cannot_claim_one_kind(phone_kind: None) -> None:
    register_kind(TEST_KIND)
    with pytest.raises(ValueError, match="two kinds"):
        register_kind(type(TEST_KIND)(**{f: getattr(TEST_KIND, f) for f in TEST_KIND.__slots__} | {"title": "khác"}))


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": ["Đồng"]}) == digest_of({"b": ["Đồng"], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


def test_one_reads_what_ones_grants_reach_and_what_one_proposed(phone_kind: None, leader: User) -> None:
    outsider = account("khong-quyen")
    own, other = asked(by=outsider), asked(by=account("lan"), phone="0913")
    assert set(readable_by(outsider, day=DAY)) == {own}
    assert set(readable_by(leader, day=DAY)) == {own, other}


def test_what_waits_for_one_is_open_in_reach_and_not_ones_own(phone_kind: None, proposer: User, leader: User) -> None:
    own, first, second = asked(by=leader), asked(by=proposer, phone="1"), asked(by=proposer, phone="2")
    decline(proposal=second, by=leader, at=NOON, note="thừa")
    assert list(waiting_for(leader, day=DAY)) == [first]
    assert can_decide(first, leader, day=DAY)
    assert not can_decide(own, leader, day=DAY)
    assert list(waiting_for(account("khong-quyen"), day=DAY)) == []


# What the database refuses, whoever writes


def refused(pattern: str) -> "pytest.RaisesExc[DatabaseError]":
    return pytest.raises(DatabaseError, match=pattern)


def run(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_decision_by_the_proposer_is_refused_by_the_database(proposal: Proposal, proposer: User) -> None:
    statement = "UPDATE records_proposal SET state = 'approved', decided_by_id = %s, decided_at = now() WHERE id = %s"
    with on_the_record(), refused("proposal_decided_by_another"):
        run(statement, proposer.pk, proposal.pk)


def test_a_proposal_cannot_begin_as_approved(proposer: User, leader: User) -> None:
    row = Proposal(
        kind="phone", subject="tắt bước duyệt", payload={}, digest="x", proposed_by=proposer, proposed_at=MORNING,
        reason="vội", state=State.APPROVED, decided_by=leader, decided_at=NOON,
    )  # fmt: skip
    with on_the_record(), pytest.raises(IntegrityError, match="proposal_begins_waiting"):
        row.save()


def test_a_decision_is_not_taken_back_by_sql(proposal: Proposal, leader: User) -> None:
    approve(proposal=proposal, by=leader, at=NOON)
    with on_the_record(), refused("proposal_decided_once"):
        run("UPDATE records_proposal SET state = 'waiting', decided_by_id = NULL, decided_at = NULL, note = ''")


@pytest.mark.parametrize("change", ["payload = '{}'", "subject = 'khác'", "proposed_by_id = 1", "reason = 'khác'"])
def test_what_was_asked_cannot_be_changed_by_the_web_role(proposal: Proposal, change: str) -> None:
    with on_the_record(), pytest.raises(ProgrammingError, match="permission denied"):
        run(f"UPDATE records_proposal SET {change}")


def test_a_declined_proposal_without_words_is_refused_by_the_database(proposal: Proposal, leader: User) -> None:
    statement = "UPDATE records_proposal SET state = 'declined', decided_by_id = %s, decided_at = now() WHERE id = %s"
    with on_the_record(), refused("proposal_declined_with_reason"):
        run(statement, leader.pk, proposal.pk)


def test_an_area_without_its_day_is_refused_by_the_database(phone_kind: None, proposer: User) -> None:
    with pytest.raises(IntegrityError, match="proposal_area_with_its_day"):
        asked(by=proposer, area_code="04")


def test_not_even_the_owner_changes_what_was_asked(db: None) -> None:
    """A row made by the owner in a transaction that is never committed."""
    with closing(psycopg2.connect(dbname=connection.settings_dict["NAME"], **login("owner"))) as owner:
        cursor = owner.cursor()
        cursor.execute(
            'SELECT set_config(\'pghistory.context_metadata\', \'{"user": 1, "reason": "thử"}\', true);'
            "INSERT INTO records_proposal (kind, subject, payload, digest, summary, area_code, proposed_by_id, proposed_at,"
            " reason, state, note) SELECT 'phone', 's', '{}', 'd', '[]', '', id, now(), 'r', 'waiting', '' FROM core_user"
        )
        with pytest.raises(psycopg2.errors.CheckViolation, match="proposal_stays_as_asked"):
            cursor.execute("UPDATE records_proposal SET subject = 'khác'")
