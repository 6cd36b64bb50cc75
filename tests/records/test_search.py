"""Finding in the history: who did what, where, when and why, and only inside one's reach."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Value
from django.test.utils import CaptureQueriesContext

from households.access.scope import reach_of
from households.areas.models import Area
from povertyportal.core.clock import now
from povertyportal.core.described import describe_history, described
from povertyportal.core.history import acting
from povertyportal.core.history_row import HistoryRow
from povertyportal.core.models import User
from povertyportal.core.origin import coming_from
from povertyportal.records.search import Asked, count, search
from povertyportal.records.wording import Entry, entries, runs
from povertyportal.vietnamese import pattern
from tests.people import account
from tests.records.conftest import asked

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 2)
CAO_BANG, HA_LONG = "04", "193"


def unit(code: str, on: date = DAY) -> Area:
    return Area.objects.get(code=code, validity__contains=on)


@pytest.fixture
def official(db: None) -> User:
    return account("dao", full_name="Nông Thị Bích Đào")


@pytest.fixture
def renamed(official: User) -> Area:
    """A unit of Cao Bằng renamed by an official, from a known address."""
    area = unit(CAO_BANG)
    with coming_from(via="/areas/04/rename/", address="10.1.2.3"), acting(by=official, reason="sửa lỗi gõ tên tỉnh"):
        area.name = "Cao Bằng thử"
        area.save()
    return area


def found(**wanted: Any) -> list[Entry]:
    return entries(search(Asked(**({"areas": None} | wanted))))


def test_a_change_is_told_with_everything_an_inspector_asks(renamed: Area, official: User) -> None:
    (entry,) = found(people={official.pk})
    assert (entry.person, entry.username, entry.address, entry.via) == (
        "Nông Thị Bích Đào", "dao", "10.1.2.3", "/areas/04/rename/",
    )  # fmt: skip
    assert (entry.action, entry.table, entry.name) == ("sửa", "Đơn vị hành chính", "Tỉnh Cao Bằng thử (04)")
    assert entry.reason == "sửa lỗi gõ tên tỉnh"
    assert [(one.field, one.before, one.after) for one in entry.changes] == [("Tên", "Cao Bằng", "Cao Bằng thử")]


def test_a_new_row_shows_what_it_holds_and_a_removed_one_what_it_held(official: User) -> None:
    with acting(by=official, reason="lập tài khoản"):
        made = User.objects.create_user("thu", full_name="Lý Thị Thu", phone="0912")
    with acting(by=official, reason="lập nhầm"):
        User.objects.filter(pk=made.pk).delete()
    removed, new = found(people={official.pk})
    assert (new.action, removed.action, removed.name) == ("thêm", "xóa", "Lý Thị Thu (thu)")
    assert ("Điện thoại", "", "0912") in [(one.field, one.before, one.after) for one in new.changes]
    assert ("Điện thoại", "0912", "") in [(one.field, one.before, one.after) for one in removed.changes]
    assert ("Đang hoạt động", "", "có") in [(one.field, one.before, one.after) for one in new.changes]


def test_periods_choices_and_references_are_told_in_words(official: User) -> None:
    with acting(by=official, reason="thử"):
        Area.objects.create(
            code="05", level="province", type="Tỉnh", name="Thử",
            validity=DateRange(date(2031, 1, 1), date(2032, 1, 1)), legal_basis="NQ thử",
        )  # fmt: skip
    told = {one.field: one.after for one in found(people={official.pk})[0].changes}
    assert told["Cấp"] == "cấp tỉnh"
    assert told["Thời gian có hiệu lực"] == "từ 01/01/2031, đến hết 31/12/2031"
    assert "Search key" not in told


def test_words_are_sought_in_reasons_and_in_values_with_and_without_marks(renamed: Area) -> None:
    assert [entry.name for entry in found(text="gõ tên")] == ["Tỉnh Cao Bằng thử (04)"]
    assert "Tỉnh Cao Bằng thử (04)" in [entry.name for entry in found(text="CAO BANG", table="areas.area")]
    assert found(text="không có chữ này ở đâu cả") == []


def test_the_database_reads_a_pattern_as_python_does() -> None:
    """Without ICU its own comparison knows no capital of đ, ơ, ấ; signs of a pattern are only letters of the text."""
    written = "Đã đổi ỦY BAN (xã) [2026] a.b*c \\ d^e"
    for typed in ("uy ban", "ủy ban", "(XÃ)", "[2026]", "a.b*c", "\\ D^", "đÃ ĐỔI"):
        found = User.objects.annotate(text=Value(written)).filter(text__regex=pattern(typed))
        assert found.exists(), typed


def test_a_period_and_a_table_narrow_the_list(renamed: Area, official: User) -> None:
    soon, before = now() + timedelta(minutes=1), now() - timedelta(days=1)
    mine: dict[str, Any] = {"people": {official.pk}}
    assert len(found(**mine, since=before, until=soon)) == 1
    assert found(**mine, since=soon) == found(**mine, until=before) == found(**mine, table="core.user") == []


def test_the_newest_comes_first_and_pages_follow_each_other(official: User) -> None:
    for number in range(5):
        with acting(by=official, reason=f"lần {number}"):
            User.objects.filter(pk=official.pk).update(phone=str(number))
    wanted = Asked(areas=None, people={official.pk})
    reasons = [one.context["reason"] for page in (0, 2, 4) for one in search(wanted, offset=page, limit=2)]
    assert reasons == ["lần 4", "lần 3", "lần 2", "lần 1", "lần 0"]
    assert count(wanted) == 5


def test_a_reader_of_one_unit_sees_its_rows_and_no_others(renamed: Area, official: User) -> None:
    cao_bang, quang_ninh = reach_of([unit(CAO_BANG).pk]).ids, reach_of([unit("22").pk]).ids
    assert [entry.name for entry in found(areas=cao_bang, people={official.pk})] == ["Tỉnh Cao Bằng thử (04)"]
    assert found(areas=quang_ninh, people={official.pk}) == []
    assert search(Asked(areas=quang_ninh), limit=5)


def test_an_empty_reach_sees_nothing(renamed: Area) -> None:
    assert search(Asked(areas=frozenset())) == []
    assert count(Asked(areas=frozenset())) == 0


@pytest.mark.parametrize("told", described(), ids=lambda told: told.key)
def test_every_table_can_be_limited_to_areas_and_searched(told: Any) -> None:
    areas = reach_of([unit(CAO_BANG).pk]).ids
    wanted = Asked(areas=areas, table=told.key, text="a", since=datetime(2020, 1, 1).astimezone())
    assert entries(search(wanted)) is not None


def test_finding_costs_the_same_however_many_tables_there_are(renamed: Area, phone_kind: None, official: User) -> None:
    asked(by=official)
    with CaptureQueriesContext(connection) as queries:
        assert len(search(Asked(areas=None), limit=50)) == 50
    assert len(queries) == 2


def test_every_tracked_table_is_described() -> None:
    tracked = {model.pgh_tracked_model for model in apps.get_models() if issubclass(model, HistoryRow)}
    assert tracked - {told.model for told in described()} == set(), "tell it with describe_history"


def test_no_table_is_described_twice() -> None:
    with pytest.raises(ValueError, match=r"two histories of core\.user"):
        describe_history(User, title="khác", name="", within=lambda areas: None)


def test_every_name_of_a_row_uses_fields_that_exist() -> None:
    for told in described():
        told.name.format_map({field.name: "x" for field in told.rows._meta.fields})
        assert set(told.words) <= {field.name for field in told.model._meta.fields}


def test_rows_alike_that_stand_together_are_read_as_one_line(official: User) -> None:
    made = entries_named(official, "a", "a", "b")
    assert [(run.entry.name, run.times) for run in runs(made)] == [("a", 2), ("b", 1)]


def entries_named(by: User, *names: str) -> list[Entry]:
    same = {"at": now(), "username": by.username, "person": str(by), "action": "thêm", "label": "insert", "key": "x.y"}
    rest = {"table": "Mã dự phòng", "changes": (), "reason": "Gắn", "address": "", "via": ""}
    return [Entry(**same, **rest, object_id=number, name=name) for number, name in enumerate(names)]
