"""What is in force stays as it is, whoever writes; two persons publish; no two standards for one place and year."""

from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from households.criteria.models import LegalStandard, StandardCheck, State
from households.criteria.publishing import PublishingRefusedError, put_in_force, record_check, withdraw_standard
from households.criteria.queries import standard_in_force, standard_of, standards_on
from povertyportal.core.models import User
from tests.criteria.published import NOON, draft, in_force
from tests.people import account, on_the_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def thu(db: None) -> User:
    return account("thu", full_name="Lý Thị Thu")


@pytest.fixture
def hung(db: None) -> User:
    return account("hung", full_name="Hoàng Văn Hùng")


def refused(statement: str, alias: str = "default", **values: Any) -> str:
    with (
        on_the_record(),
        pytest.raises(DatabaseError) as told,
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(statement, values)
    return str(told.value)


# Raw SQL

CHANGES = [
    "content = content || '#', digest = encode(sha256(convert_to(content || '#', 'UTF8')), 'hex')",
    "title = 'khác'",
    "scope = '{79}'",
    "code = 'khac'",
    "version = 9",
    "law_digest = repeat('0', 64)",
    "legal_basis = 'khác'",
    "parent_id = NULL",
    "entered_by_id = approved_by_id",
    "approved_by_id = entered_by_id",
    "approved_at = now()",
    "origin = 'shipped'",
    "state = 'draft', approved_by_id = NULL, approved_at = NULL",
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_web_role_changes_nothing_of_a_standard_in_force(thu: User, hung: User, change: str) -> None:
    row = in_force(thu, hung)
    told = refused(f"UPDATE criteria_legalstandard SET {change} WHERE id = %(id)s", id=row.pk)
    assert any(why in told for why in ("standard_stays_as_entered", "permission denied", "two_persons"))
    row.refresh_from_db()
    assert (row.state, standard_in_force(row.code).title) == (State.IN_FORCE, "Chuẩn nghèo tỉnh Cao Bằng")


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.django_db(databases=["default", "owner"])
def test_the_owner_changes_nothing_of_a_shipped_standard_in_force(change: str) -> None:
    told = refused(f"UPDATE criteria_legalstandard SET {change} WHERE code = 'qd59-2015'", "owner")
    assert any(why in told for why in ("standard_stays_as_entered", "two_persons", "pgh_context"))


@pytest.mark.parametrize(
    "table", ["criteria_legalstandard", "criteria_standardapplication", "criteria_standardcheck", "criteria_b1tablerow"]
)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.django_db(databases=["default", "owner"])
def test_nobody_removes_a_row_not_even_the_owner(table: str, statement: str) -> None:
    assert "permission denied" in refused(statement.format(table))
    assert "standard_never_removed" in refused(statement.format(table), "owner")


@pytest.mark.django_db(databases=["default", "owner"])
def test_years_follow_the_standard_and_are_never_moved(thu: User) -> None:
    assert "permission denied" in refused("UPDATE criteria_standardapplication SET holds = false")
    for change in ("holds = false", "years = '[1990,1991)'", "scope = '79'", "holds = NOT holds"):
        told = refused(f"UPDATE criteria_standardapplication SET {change} WHERE scope = ''", "owner")
        assert "application_follows_its_standard" in told


def test_no_year_is_added_to_a_standard_in_force(thu: User, hung: User) -> None:
    row = in_force(thu, hung)
    statement = (
        "INSERT INTO criteria_standardapplication (standard_id, scope, purpose, years, holds)"
        " VALUES (%(id)s, '79', 'closing', '[2030,2031)', {})"
    )
    for holds in ("true", "false"):
        assert "application_with_its_draft" in refused(statement.format(holds), id=row.pk)


def test_a_row_begins_as_a_draft_with_the_digest_of_its_content(thu: User) -> None:
    row = draft(thu)
    with on_the_record():
        for change, why in (
            ({"state": "in_force", "approved_at": NOON}, "begins_as_draft"),
            ({"content": "x"}, "digest"),
        ):
            copy = LegalStandard.objects.get(pk=row.pk)
            copy.pk, copy.version = None, 2
            for name, value in change.items():
                setattr(copy, name, value)
            with pytest.raises(DatabaseError, match=why), transaction.atomic():
                copy.save(force_insert=True)


def test_who_entered_cannot_approve_not_even_by_sql(thu: User) -> None:
    row = draft(thu)
    told = refused(
        "UPDATE criteria_legalstandard SET state = 'in_force', approved_at = now(), approved_by_id = entered_by_id"
        " WHERE id = %(id)s", id=row.pk,
    )  # fmt: skip
    assert "standard_by_two_persons" in told
    with pytest.raises(PublishingRefusedError, match="người khác"):
        in_force(thu, thu, code="caobang-2029")


def test_an_entered_standard_needs_an_approver(thu: User) -> None:
    row = draft(thu)
    told = refused(
        "UPDATE criteria_legalstandard SET state = 'in_force', approved_at = now() WHERE id = %(id)s", id=row.pk
    )
    assert "standard_life_complete" in told


# Years


def test_two_standards_for_one_province_and_year_are_refused_with_a_sentence(thu: User, hung: User) -> None:
    in_force(thu, hung)
    with pytest.raises(PublishingRefusedError) as told:
        in_force(thu, hung, code="caobang-2030", first=2030, last=2031)
    assert "Năm 2030 (kết quả cuối năm) đang áp dụng “Chuẩn nghèo tỉnh Cao Bằng”" in str(told.value)


def test_the_database_refuses_the_overlap_that_nobody_saw(thu: User, hung: User) -> None:
    in_force(thu, hung)
    row = draft(thu, code="caobang-2030", first=2030, last=2031)
    told = refused(
        "UPDATE criteria_legalstandard SET state = 'in_force', approved_at = now(), approved_by_id = %(by)s"
        " WHERE id = %(id)s", id=row.pk, by=hung.pk,
    )  # fmt: skip
    assert "application_once_a_year" in told


def test_a_code_of_another_place_is_neither_entered_nor_published(thu: User, hung: User) -> None:
    """Or one province would withdraw the standard of another, or the nation's, by publishing a next version of it."""
    for code in ("quangninh-2023", "nd351-2025"):
        with pytest.raises(PublishingRefusedError, match=r"là của .* áp dụng ở nơi khác"):
            draft(thu, code=code, version=7)
    first, second = draft(thu, code="chung-2028"), draft(thu, code="chung-2028", version=2, scope="22")
    put_in_force(row=first, standard=standard_of(first), by=hung, at=NOON, approved_by=hung)
    with pytest.raises(PublishingRefusedError, match="áp dụng ở nơi khác"):
        put_in_force(row=second, standard=standard_of(second), by=hung, at=NOON, approved_by=hung)
    take = "UPDATE criteria_legalstandard SET state = 'in_force', approved_at = now(), approved_by_id = %(by)s"
    assert "standard_keeps_its_place" in refused(f"{take} WHERE id = %(id)s", id=second.pk, by=hung.pk)


def test_the_years_beside_each_other_are_both_allowed(thu: User, hung: User) -> None:
    in_force(thu, hung)
    in_force(thu, hung, code="caobang-2031", first=2031, last=2032, title="Chuẩn sau")
    found = [standards_on(year, "04").local_closing for year in (2027, 2028, 2030, 2031, 2033)]
    assert [one and one.code for one in found] == [None, "caobang-2028", "caobang-2028", "caobang-2031", None]


def test_a_new_version_takes_the_place_of_the_one_before(thu: User, hung: User) -> None:
    first = in_force(thu, hung)
    in_force(thu, hung, version=2, rural="2_100_000")
    first.refresh_from_db()
    assert (first.state, first.withdrawal) == (State.WITHDRAWN, "Thay bằng phiên bản 2")
    assert standard_in_force("caobang-2028").lines[0].rural == 2_100_000
    assert standard_of(first).lines[0].rural == 2_000_000


def test_a_withdrawn_standard_applies_nowhere_and_is_kept(thu: User, hung: User) -> None:
    row = in_force(thu, hung)
    withdraw_standard(row=row, by=hung, at=NOON, reason="Nghị quyết bị bãi bỏ")
    assert standards_on(2028, "04").local_closing is None
    assert standard_of(LegalStandard.objects.get(pk=row.pk)).code == row.code
    with pytest.raises(PublishingRefusedError, match="đã rút rồi"):
        withdraw_standard(row=row, by=hung, at=NOON, reason="lần nữa")


def test_a_version_once_published_is_never_used_again(thu: User, hung: User) -> None:
    row = in_force(thu, hung)
    withdraw_standard(row=row, by=hung, at=NOON, reason="bãi bỏ")
    with pytest.raises(PublishingRefusedError, match="đã có phiên bản 1"):
        draft(thu)


def test_the_change_over_years_have_a_closing_and_an_opening_standard() -> None:
    told = {year: standards_on(year) for year in (2015, 2021, 2026)}
    found = {year: (one.closing and one.closing.code, one.opening and one.opening.code) for year, one in told.items()}
    assert found == {2015: ("qd09-2011", "qd59-2015"), 2021: ("qd59-2015", "nd07-2021"), 2026: ("nd07-2021", None)}


def test_a_comparison_with_the_text_is_by_two_persons_and_stays(thu: User, hung: User) -> None:
    row = LegalStandard.objects.get(code="nd07-2021")
    record_check(row=row, checked_by=thu, confirmed_by=hung, at=NOON, note="Công báo")
    assert StandardCheck.objects.get().note == "Công báo"
    with pytest.raises(DatabaseError, match="check_by_two_persons"), transaction.atomic():
        record_check(row=row, checked_by=thu, confirmed_by=thu, at=NOON, note="Công báo")
    assert "permission denied" in refused("UPDATE criteria_standardcheck SET note = 'khác'")
