"""The pages of accounts and rights, as an administrator, a leader and an official meet them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from households.access.models import Grant, RightsReview
from households.access.rights import half_before, half_year_of, review_state
from households.areas.models import Area
from povertyportal.core.accounts import system_user
from povertyportal.core.models import User
from tests.access.people import AREAS, NATION, area_on, granted, person, signed_in
from tests.people import on_the_record

pytestmark = pytest.mark.django_db
LIST, NEW, MINE, RIGHTS = (reverse(f"access:{name}") for name in ("accounts", "account_new", "mine", "rights"))
TODAY = timezone.localdate()


@pytest.fixture
def administrator() -> User:
    return person("administrator", AREAS.PROVINCE, full_name="Lê Quang Trị", username="quan-tri")


@pytest.fixture
def manager(administrator: User) -> Client:
    return signed_in(administrator)


@pytest.fixture
def official() -> User:
    return person("commune_official", AREAS.COMMUNE, username="can-bo", full_name="Nông Thị Bích Đào")


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def account(name: str, *rest: Any) -> str:
    return reverse(f"access:{name}", args=["can-bo", *rest])


def test_my_rights_say_what_where_how_long_and_whom_to_ask(administrator: User, official: User) -> None:
    shown = page(signed_in(official), MINE)
    for text in ("Công chức giảm nghèo cấp xã", "Xã Trường Hà", "từ 01/01/2020", "Nhập và đính chính", "Lê Quang Trị"):
        assert text in shown


def test_without_grants_the_page_says_so_and_whom_to_ask() -> None:
    person("administrator", NATION, full_name="Phạm Thị Hồng Nhung")
    shown = page(signed_in(person()), MINE)
    assert "Hôm nay bạn chưa được giao quyền nào" in shown
    assert "Phạm Thị Hồng Nhung" in shown


def test_a_right_that_is_over_is_listed_apart(official: User) -> None:
    granted(official, "auditor", AREAS.COMMUNE, until=date(2024, 1, 1))
    shown = page(signed_in(official), MINE)
    assert "Quyền đã hết" in shown
    assert "đến hết 31/12/2023" in shown


def test_accounts_are_found_by_name_unit_and_state(manager: Client, official: User) -> None:
    for query in (
        "q=b%C3%ADch",
        "q=%C4%91%C3%A0o",
        "q=bich+dao",
        "q=can-bo",
        "q=truong+ha",
        f"q={AREAS.COMMUNE}",
        "status=active",
        "",
    ):
        assert "Nông Thị Bích Đào" in page(manager, f"{LIST}?{query}")
    assert "Không có tài khoản nào khớp" in page(manager, f"{LIST}?q=xyz")
    assert manager.get(f"{LIST}?status=asleep").status_code == 400


def test_the_list_of_accounts_takes_few_queries(manager: Client) -> None:
    for _ in range(35):
        person("commune_official", AREAS.COMMUNE)
    with CaptureQueriesContext(connection) as queries:
        assert len(page(manager, LIST).encode()) < 100_000
    assert len(queries) < 15


TYPED = {
    "full_name": "Hoàng Văn Páo", "username": "hoang.van.pao", "area_code": "xã trường hà", "email": "", "phone": "",
    "reason": "QĐ 12/QĐ-UBND",
}  # fmt: skip


def test_a_new_account_shows_its_password_once_and_is_kept_in_no_cache(manager: Client) -> None:
    made = manager.post(NEW, TYPED)
    user = User.objects.get(username="hoang.van.pao")
    assert user.unit.area.code == AREAS.COMMUNE
    assert user.check_password(made.context["password"])
    assert "no-store" in made["Cache-Control"]
    assert made.context["password"] not in page(manager, reverse("access:account", args=["hoang.van.pao"]))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"area_code": "thị"}, "hãy ghi mã. Có thể là|không có đơn vị nào tên"),
        ({"area_code": AREAS.FOREIGN_COMMUNE}, "không thuộc địa bàn bạn quản trị"),
        ({"area_code": ""}, "Hãy ghi mã hoặc tên đơn vị"),
        ({"username": "Páo"}, "cần 3–40 chữ thường không dấu"),
        ({"username": "quan-tri"}, "đã có người dùng"),
        ({"reason": ""}, "Hãy ghi lý do"),
        ({"email": "pao@"}, "Địa chỉ thư điện tử chưa đúng"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_and_what_was_typed_stays(
    manager: Client, changes: dict[str, str], sentence: str
) -> None:
    shown = manager.post(NEW, TYPED | changes).content.decode()
    assert any(part in shown for part in sentence.split("|"))
    assert "Hoàng Văn Páo" in shown
    assert not User.objects.filter(full_name="Hoàng Văn Páo").exists()


def test_a_role_is_given_and_ended_on_the_pages(manager: Client, official: User) -> None:
    asked = {"role": "commune_leader", "area_code": AREAS.COMMUNE, "on": TODAY.strftime("%d/%m/%Y"), "until": ""}
    assert manager.post(account("give"), asked | {"reason": "QĐ 5"}).status_code == 302
    grant = Grant.objects.get(user=official, role="commune_leader")
    assert "Lãnh đạo UBND cấp xã" in page(manager, account("account"))
    ending = {"on": TODAY.strftime("%d/%m/%Y"), "reason": "Giao nhầm"}
    assert manager.post(reverse("access:end", args=[grant.pk]), ending).url == account("account")
    assert "thu ngay trong ngày giao" in page(manager, account("account"))


def test_a_role_for_a_wrong_level_is_refused_at_its_field(manager: Client, official: User) -> None:
    asked = {"role": "commune_leader", "area_code": AREAS.PROVINCE, "on": TODAY.strftime("%d/%m/%Y"), "until": ""}
    shown = manager.post(account("give"), asked | {"reason": "QĐ 5"}).content.decode()
    assert "không giao ở Tỉnh Cao Bằng; chỉ giao ở: cấp xã" in shown


@pytest.mark.parametrize("day", ["31/12/9999", "1/1/0001", "30/6/2500"])
def test_a_day_that_nobody_means_is_refused_at_its_field(manager: Client, official: User, day: str) -> None:
    asked = {"role": "commune_leader", "area_code": AREAS.COMMUNE, "on": TODAY.strftime("%d/%m/%Y"), "until": day}
    assert "Cần ghi ngày/tháng/năm" in manager.post(account("give"), asked | {"reason": "QĐ 5"}).content.decode()
    ending = reverse("access:end", args=[official.grants.get().pk])
    assert "Cần ghi ngày/tháng/năm" in manager.post(ending, {"on": day, "reason": "Thử"}).content.decode()


def test_a_right_in_a_unit_whose_end_is_decided_is_given_with_a_warning(manager: Client, official: User) -> None:
    end = TODAY + timedelta(days=40)
    with on_the_record():
        Area.objects.create(
            code="01392-001", level="village", type="Thôn", name="Nà Mạ", parent_code=AREAS.COMMUNE,
            validity=DateRange(TODAY, end),
        )  # fmt: skip
    asked = {"role": "village_reviewer", "area_code": "01392-001", "on": TODAY.strftime("%d/%m/%Y"), "until": ""}
    shown = manager.post(account("give"), asked | {"reason": "QĐ 5"}, follow=True).content.decode()
    assert f"Thôn Nà Mạ kết thúc hoặc thay đổi từ ngày {end:%d/%m/%Y}" in shown


def test_a_right_that_is_not_there_is_told_in_words(manager: Client) -> None:
    answer = manager.get(reverse("access:end", args=[987654321]))
    assert answer.status_code == 404
    assert "không có quyền mang số 987654321" in answer.content.decode()


CHANGES = ("unlock", "reset-password", "reset-second-factor", "end-sessions", "suspend", "end")


@pytest.mark.parametrize("code", CHANGES)
def test_what_is_done_to_an_account_needs_a_reason(manager: Client, official: User, code: str) -> None:
    assert "Hãy ghi lý do" in manager.post(account("account_change", code), {"reason": " "}).content.decode()
    assert User.objects.get(pk=official.pk).status == "active"


def test_an_account_is_suspended_and_opened_again(manager: Client, official: User) -> None:
    own = signed_in(official)
    manager.post(account("account_change", "suspend"), {"reason": "Nghỉ dài ngày"})
    assert own.get(MINE).status_code == 302
    assert "tạm ngừng" in page(manager, account("account"))
    manager.post(account("account_change", "resume"), {"reason": "Đi làm lại"})
    assert User.objects.get(pk=official.pk).is_active


def test_a_new_password_is_shown_once_and_ends_the_sessions(manager: Client, official: User) -> None:
    own = signed_in(official)
    shown = manager.post(account("account_change", "reset-password"), {"reason": "Quên mật khẩu"})
    assert User.objects.get(pk=official.pk).check_password(shown.context["password"])
    assert own.get(MINE).status_code == 302


def test_an_account_that_moves_away_is_left_to_its_new_administrator(official: User) -> None:
    manager = signed_in(person("administrator", NATION))
    answer = manager.post(
        account("account_change", "move"), {"area_code": AREAS.FOREIGN_COMMUNE, "reason": "Điều động"}
    )
    assert answer.status_code == 302
    assert "Phường Hạ Long" in page(manager, account("account"))


def test_an_account_that_reaches_beyond_is_shown_with_the_reason_and_no_buttons(official: User) -> None:
    granted(official, "auditor", AREAS.PROVINCE)
    manager = signed_in(person("administrator", AREAS.COMMUNE))
    shown = page(manager, account("account"))
    assert "việc này phải do người quản trị cấp trên làm" in shown
    assert "Cấp lại mật khẩu" not in shown
    assert manager.post(account("account_change", "reset-password"), {"reason": "Thử"}).status_code == 403


def test_what_somebody_sees_is_counted_and_not_shown(manager: Client) -> None:
    person("auditor", AREAS.PROVINCE, username="can-bo")
    shown = page(manager, account("account_sees"))
    assert "số liệu đã công bố" in shown
    assert "56" in shown  # communes of Cao Bằng today
    assert "9.231" not in shown


def test_the_table_of_roles_is_open_to_every_account() -> None:
    shown = page(signed_in(person()), RIGHTS)
    assert "Giao và thu quyền" in shown
    assert "Ai giữ quyền gì" not in shown


@pytest.fixture
def leader() -> Client:
    return signed_in(person("commune_leader", AREAS.COMMUNE, username="lanh-dao"))


TABLE = reverse("access:rights_area", args=[AREAS.COMMUNE])


def test_the_table_of_an_area_names_people_roles_and_places(leader: Client, official: User) -> None:
    shown = page(leader, TABLE)
    assert "Nông Thị Bích Đào" in shown
    assert "Xã Trường Hà" in shown
    assert "chưa ký" in shown


def test_a_signed_table_stays_as_it_was(leader: Client, official: User) -> None:
    digest = leader.get(TABLE).context["form"].initial["digest"]
    assert leader.post(TABLE, {"digest": digest, "note": "Đúng người"}).status_code == 302
    review = RightsReview.objects.get()
    granted(official, "auditor", AREAS.COMMUNE)
    shown = page(leader, reverse("access:rights_review", args=[review.pk]))
    assert "Kiểm toán" not in shown
    assert "Đúng người" in shown
    assert "đã ký" in page(leader, TABLE)


def test_a_table_that_changed_while_one_read_is_not_signed(leader: Client, official: User) -> None:
    digest = leader.get(TABLE).context["form"].initial["digest"]
    granted(official, "auditor", AREAS.COMMUNE)
    shown = leader.post(TABLE, {"digest": digest, "note": "Đúng người"}).content.decode()
    assert "chưa ký gì" in shown
    assert "Đúng người" in shown
    assert not RightsReview.objects.exists()


def test_who_gives_rights_does_not_sign_them(manager: Client) -> None:
    answer = manager.get(TABLE)
    assert "Ký bảng phân quyền" not in answer.content.decode()
    assert manager.post(TABLE, {"digest": answer.context["form"].initial["digest"]}).status_code == 403


def test_a_signed_table_is_never_changed(leader: Client) -> None:
    leader.post(TABLE, {"digest": leader.get(TABLE).context["form"].initial["digest"]})
    for write in (lambda rows: rows.update(note="khác"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            write(RightsReview.objects.all())


def review(half_year: str) -> None:
    RightsReview.objects.create(
        reach="area", area=area_on(AREAS.COMMUNE, TODAY), half_year=half_year, content={}, digest="0" * 64,
        by=system_user(), at=timezone.now(),
    )  # fmt: skip


def test_a_half_year_that_went_by_unsigned_is_overdue(official: User) -> None:
    area, this = area_on(AREAS.COMMUNE, TODAY), half_year_of(TODAY)
    assert review_state(area, day=TODAY).overdue
    review(half_before(this))
    assert not review_state(area, day=TODAY).overdue
    assert not review_state(area, day=TODAY).signed
    review(this)
    assert review_state(area, day=TODAY).signed


def test_rights_that_began_in_this_half_year_are_not_overdue_yet() -> None:
    granted(person(), "auditor", AREAS.COMMUNE, start=TODAY - timedelta(days=TODAY.day - 1))
    assert not review_state(area_on(AREAS.COMMUNE, TODAY), day=TODAY).overdue


@pytest.mark.parametrize(
    ("day", "half", "before"),
    [
        (date(2026, 6, 30), "2026-H1", "2025-H2"),
        (date(2026, 7, 1), "2026-H2", "2026-H1"),
        (date(2027, 1, 1), "2027-H1", "2026-H2"),
    ],
)
def test_a_year_has_two_halves(day: date, half: str, before: str) -> None:
    assert half_year_of(day) == half
    assert half_before(half) == before


def test_a_big_table_of_rights_stays_light(leader: Client) -> None:
    for _ in range(110):
        person("commune_official", AREAS.COMMUNE)
    with CaptureQueriesContext(connection) as queries:
        assert len(page(leader, TABLE).encode()) < 100_000
    assert len(queries) < 20
