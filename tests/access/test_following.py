"""Rights after a change of the map: carried along with a unit that goes on, else on hold until a second person approves."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.access.accounts import accounts_of, can_manage
from households.access.following import Step, Steps, preview
from households.access.models import Grant
from households.access.scope import scope_of
from households.access.workplaces import daily, follow_units
from households.areas.changes import Kind, Operation, apply_change, plan_change
from povertyportal.core.job_kinds import Progress
from povertyportal.core.models import User
from povertyportal.records.models import Proposal
from povertyportal.records.proposals import ProposalRefusedError, approve, can_decide
from tests.access.people import NATION, granted, person, suspended
from tests.areas.changes import DAY, SINCE, act, commune, stored_province

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 2, 8, tzinfo=UTC)
TODAY = date(2026, 7, 2)
MERGER = act(Kind.MERGE, "98101 98102", commune("98101", "Bản Lừa"))


@pytest.fixture(autouse=True)
def province() -> None:
    stored_province()


@pytest.fixture
def administrator() -> User:
    return person("administrator", "98", day=SINCE)


@pytest.fixture
def official() -> User:
    return person("commune_official", "98101", day=SINCE, full_name="Hoàng Văn Páo")


def change(operation: Operation, by: User) -> None:
    apply_change(operation, by=by, at=AT, reason="Thi hành nghị quyết")


def sees(user: User, code: str) -> bool:
    return scope_of(user, "areas.read", day=TODAY).covers(code, on=TODAY)


def waiting() -> list[Proposal]:
    return list(Proposal.objects.filter(kind="grants_after_change").order_by("pk"))


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        (act(Kind.RENAME, "98101", commune("98101", "Bản Khác")), "98101"),
        (act(Kind.RECODE, "98101", commune("98109", "Bản Mới")), "98109"),
        (act(Kind.RECLASSIFY, "98101", commune("98101", "Bản Mới", kind="Phường")), "98101"),
        (act(Kind.MOVE, "98101", commune("98101", "Bản Mới", "982")), "98101"),
    ],
    ids=["rename", "recode", "reclassify", "move"],
)
def test_a_unit_that_goes_on_takes_its_people_along(
    official: User, administrator: User, operation: Operation, code: str
) -> None:
    change(operation, administrator)
    carried = Grant.objects.get(user=official, origin="carried")
    assert (carried.area.code, carried.validity.lower, carried.given_by) == (code, DAY, administrator)
    assert sees(official, code)
    assert waiting() == []
    assert User.objects.get(pk=official.pk).unit.area == carried.area


def test_where_land_of_others_comes_in_a_right_waits_for_a_second_person(official: User, administrator: User) -> None:
    change(MERGER, administrator)
    assert not sees(official, "98101")
    [proposal] = waiting()
    assert proposal.area_code == "98101"
    assert "Hoàng Văn Páo" in " ".join(proposal.summary)
    second = person("administrator", "98", day=TODAY)
    approve(proposal=proposal, by=second, at=AT)
    assert sees(official, "98101")
    assert Grant.objects.get(user=official, origin="carried").given_by == second


def test_who_carried_the_change_out_does_not_approve_the_rights_too(official: User, administrator: User) -> None:
    change(MERGER, administrator)
    assert not can_decide(waiting()[0], administrator, day=TODAY)


def test_nobody_approves_his_own_right(official: User, administrator: User) -> None:
    granted(official, "administrator", "98", day=SINCE)
    change(MERGER, administrator)
    [proposal] = [one for one in waiting() if one.payload["grant"] == official.grants.earliest("pk").pk]
    with pytest.raises(ProposalRefusedError, match="quyền của chính bạn"):
        approve(proposal=proposal, by=official, at=AT)


def test_a_division_asks_for_each_part(official: User, administrator: User) -> None:
    parts = (commune("98107", "Bản Trên"), commune("98108", "Bản Dưới"))
    change(act(Kind.SPLIT, "98101", *parts, children=(("98101-001", "98107"),)), administrator)
    assert [proposal.area_code for proposal in waiting()] == ["98107", "98108"]


def test_the_end_of_a_level_asks_on_the_unit_above_and_says_that_it_is_wider(administrator: User) -> None:
    reviewer = person("district_reviewer", "981", day=SINCE)
    change(act(Kind.DISSOLVE_DISTRICTS, "98"), administrator)
    assert not sees(reviewer, "98101")
    [proposal] = waiting()
    assert proposal.area_code == "98"
    assert "Rộng hơn quyền cũ" in " ".join(proposal.summary)
    approve(proposal=proposal, by=person("administrator", NATION), at=AT)
    assert sees(reviewer, "98103")


def test_people_of_the_communes_of_a_district_that_ended_work_on(official: User, administrator: User) -> None:
    change(act(Kind.DISSOLVE_DISTRICTS, "98"), administrator)
    assert sees(official, "98101")
    assert waiting() == []


def test_a_village_that_comes_to_another_commune_keeps_its_reviewer(administrator: User) -> None:
    reviewer = person("village_reviewer", "98102-001", day=SINCE)
    change(MERGER, administrator)
    assert sees(reviewer, "98102-001")
    assert waiting() == []


NEXT = date(2026, 8, 1)
THEN = datetime(2026, 8, 2, 8, tzinfo=UTC)


def works(user: User) -> bool:
    return scope_of(user, "areas.read", day=NEXT).covers("98101", on=NEXT)


def test_a_right_approved_after_a_further_change_goes_on_to_what_the_unit_became(
    official: User, administrator: User
) -> None:
    change(MERGER, administrator)
    change(act(Kind.RENAME, "98101", commune("98101", "Bản Lừa Mới"), on=NEXT), administrator)
    approve(proposal=waiting()[0], by=person("administrator", "98", day=TODAY), at=THEN)
    assert sees(official, "98101")
    assert works(official)


def test_after_a_further_merger_the_right_waits_once_more(official: User, administrator: User) -> None:
    change(MERGER, administrator)
    change(act(Kind.MERGE, "98101 98104", commune("98101", "Bản Cỏ", "98"), on=NEXT), administrator)
    approve(proposal=waiting()[0], by=person("administrator", "98", day=TODAY), at=THEN)
    assert not works(official)
    second = waiting()[-1]
    assert (second.area_code, second.area_on, second.state) == ("98101", NEXT, "waiting")
    approve(proposal=second, by=administrator, at=THEN)
    assert works(official)


def test_the_preview_tells_rights_that_grow_from_rights_that_go(official: User) -> None:
    person("district_reviewer", "981", day=SINCE)
    told = " ".join(preview(plan_change(act(Kind.DISSOLVE_DISTRICTS, "98"))))
    assert "1 quyền được chuyển theo" in told
    assert "1 quyền ngừng và chờ người có quyền giao duyệt trên đơn vị cấp trên, rộng hơn" in told
    [alone] = preview(plan_change(act(Kind.END, "98101")))
    assert alone == "1 quyền ngừng cùng đơn vị; cần thì giao quyền mới."


def test_a_right_that_was_taken_or_ran_out_before_does_not_come_back(administrator: User) -> None:
    granted(person(), "commune_official", "98101", day=SINCE, until=DAY)
    change(MERGER, administrator)
    assert waiting() == []


def test_a_right_of_an_account_closed_meanwhile_is_not_revived(official: User, administrator: User) -> None:
    change(MERGER, administrator)
    suspended(official)
    with pytest.raises(ProposalRefusedError, match="không còn hoạt động"):
        approve(proposal=waiting()[0], by=person("administrator", "98", day=TODAY), at=AT)


def test_the_preview_says_how_many_rights_are_touched(official: User) -> None:
    person("village_reviewer", "98102-001", day=SINCE)
    told = " ".join(preview(plan_change(MERGER)))
    assert "1 quyền được chuyển theo" in told
    assert "1 quyền ngừng và chờ" in told


BEFORE = datetime(2026, 6, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize("operation", [act(Kind.RECODE, "98101", commune("98109", "Bản Mới")), MERGER])
def test_until_the_day_of_a_change_people_belong_to_their_old_unit(
    official: User, administrator: User, operation: Operation
) -> None:
    own = person("administrator", "98101", day=SINCE)
    apply_change(operation, by=administrator, at=BEFORE, reason="Thi hành nghị quyết")
    eve = date(2026, 6, 30)
    assert official in accounts_of(own, day=eve)
    assert can_manage(official, by=own, day=eve)
    assert follow_units(day=eve, by=administrator, reason="Hằng ngày") == 0
    assert follow_units(day=DAY, by=administrator, reason="Hằng ngày") == 2
    assert User.objects.get(pk=official.pk).unit.area.code == operation.targets[0].code
    assert daily(Progress(), {}) == {"moved": 0}


def test_of_thousands_of_units_each_finds_its_own_way_at_once() -> None:
    codes = [f"98101-{number:04}" for number in range(5000)]
    steps = Steps(Step(code, code, True) for code in codes)
    assert [steps.continuation(code) for code in codes] == codes


def test_a_change_asks_for_the_rights_of_all_its_units_once(official: User, administrator: User) -> None:
    change(MERGER, administrator)
    with CaptureQueriesContext(connection) as captured:
        change(act(Kind.MOVE, "98101", commune("98101", "Bản Lừa", "982"), on=NEXT), administrator)
    assert len([query for query in captured if 'FROM "households_grant"' in query["sql"]]) == 1
