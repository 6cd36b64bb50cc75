"""One household's page: who, where, what every year gave and why, on any day, for whoever may see that day."""

import re
from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from households.registry.actions.members import record_death
from households.registry.actions.moving import end_household, move_household
from households.registry.actions.parting import join_households
from households.registry.entries import Place
from households.registry.merging.records import merge_households
from households.registry.models import Household, Recognition
from households.registry.state import state_on
from households.web import panels
from povertyportal.core.models import User
from povertyportal.records.models import DisplayRecord
from tests.access.people import AREAS, person, signed_in
from tests.people import on_the_record
from tests.registry.people import AT, household, member, person_of, told

pytestmark = pytest.mark.django_db

NUMBER, INSURANCE = "004070123456", "0412345678"
START, DEATH, MOVED = date(2026, 1, 5), date(2026, 4, 1), date(2026, 6, 1)


@pytest.fixture
def user() -> User:
    return person("commune_official", AREAS.COMMUNE)


@pytest.fixture
def official(user: User) -> Client:
    return signed_in(user)


@pytest.fixture
def family() -> Household:
    """Ông An, bà Bình (mất ngày 1/4) và con."""
    home = household(
        "01392-001",
        [
            member("Nông Văn An", "head", born=date(1970, 5, 6), sex="male", ethnicity="nung", identity=NUMBER),
            member("Hoàng Thị Bình", "spouse", born=1972, sex="female", ethnicity="tay", insurance=INSURANCE),
            member("Nông Văn Cường", "child", born=2010, no_identity_reason="chưa đi làm căn cước"),
        ],
        START,
        local_code="TH-07",
        address="Cạnh cầu treo",
    )
    record_death(person=person_of(home, "Bình").pk, on=DEATH, **told())
    return home


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def url(home: Household, on: date | None = None, part: str = "") -> str:
    return f"/households/{home.pk}/{part}" + (f"?on={on.isoformat()}" if on else "")


def given(home: Household, year: int, klass: str, standard: str = "nd07-2021", **more: Any) -> Recognition:
    """A row as taken over long ago."""
    with on_the_record() as by:
        return Recognition.objects.create(
            household=home, klass=klass, year=year, standard=standard, decision_number=f"{year}/QĐ",
            decision_date=date(year, 12, 10), validity=DateRange(date(year + 1, 1, 1), date(year + 2, 1, 1)),
            area_code="01392", origin="taken_over", source="Sổ của xã", reason="Nhập sổ cũ", by=by, at=AT, **more,
        )  # fmt: skip


# Who and where


def test_the_page_says_who_and_where(official: Client, family: Household) -> None:
    page = text_of(official.get(url(family)))
    assert "Hộ Nông Văn An" in page
    assert f"H{family.pk} Mã hộ TH-07 Xóm Nà Tềnh, Xã Trường Hà" in page
    assert "06/05/1970 (56 tuổi)" in page
    assert "chưa đi làm căn cước" in page
    assert "Cạnh cầu treo" in page


def test_on_an_earlier_day_the_members_are_those_of_that_day(official: Client, family: Household) -> None:
    assert "2 thành viên" in text_of(official.get(url(family)))
    assert "1 người từng trong hộ Hoàng Thị Bình, vợ, chồng" in text_of(official.get(url(family)))
    before = text_of(official.get(url(family, date(2026, 3, 31))))
    assert "3 thành viên" in before
    assert "từng trong hộ" not in before


@pytest.mark.parametrize("day", [START, date(2026, 3, 31), DEATH, date(2026, 11, 1)])
def test_the_page_agrees_with_the_state_of_the_day(official: Client, family: Household, day: date) -> None:
    shown = official.get(url(family, day)).context
    state = state_on(family.pk, day)
    members = {(one.person.pk, one.person.full_name, one.since, one.head) for one in shown["members"]}
    assert members == {(one.person, one.full_name, one.since, one.relation == "head") for one in state.members}
    assert shown["head"].residence.area_code == state.area_code


def test_before_its_first_day_there_is_nobody(official: Client, family: Household) -> None:
    page = text_of(official.get(url(family, date(2026, 1, 4))))
    assert "hộ chưa được lập" in page
    assert "Ngày này không ghi ai trong hộ." in page


def test_one_that_is_no_more_is_shown_on_its_last_day(official: Client, family: Household) -> None:
    end_household(household=family.pk, on=MOVED, **told())
    page = text_of(official.get(url(family)))
    assert "Hộ không còn sau ngày 31/05/2026" in page
    assert "2 thành viên" in page
    assert "Ngày 01/07/2026 hộ không còn" in text_of(official.get(url(family, date(2026, 7, 1))))


def test_one_that_joined_another_leads_there(official: Client, family: Household) -> None:
    other = household("01392-001", [member("Lý Văn Bảo", "head")])
    relations = {person_of(family, name).pk: "other_relative" for name in ("An", "Cường")}
    join_households(household=family.pk, into=other.pk, relations=relations, on=MOVED, **told())
    assert f"Cả hộ đã nhập vào hộ H{other.pk}" in text_of(official.get(url(family)))


def test_a_text_that_is_no_day_stays_in_its_field(official: Client, family: Household) -> None:
    answer = official.get(url(family) + "?on=31/02/2026")
    assert answer.status_code == 400
    assert 'value="31/02/2026"' in answer.content.decode()
    assert "không phải là một ngày" in text_of(answer)


def test_a_day_to_come_shows_what_is_known_today(official: Client, family: Household) -> None:
    assert "Ngày này chưa tới" in text_of(official.get(url(family, date(2199, 1, 1))))


def test_a_household_that_is_not_there_is_not_found(official: Client) -> None:
    answer = official.get("/households/999999/")
    assert answer.status_code == 404
    assert "Không có hộ nào mang số H999999" in text_of(answer)


def test_only_who_writes_there_is_offered_to_write(official: Client, family: Household) -> None:
    reader = signed_in(person("village_reviewer", AREAS.COMMUNE))
    assert "/do/move/" in official.get(url(family)).content.decode()
    assert "/do/" not in reader.get(url(family)).content.decode()


# Moved and merged


def test_the_old_place_sees_its_days_and_nothing_after_them(official: Client, family: Household) -> None:
    given(family, 2024, "poor")
    move_household(household=family.pk, place=Place(AREAS.SIBLING, "Số 5 chợ mới"), on=MOVED, **told())
    page = official.get(url(family))
    assert page.context["head"].on == date(2026, 5, 31)
    assert "chỉ xem được những ngày hộ còn ở địa bàn" in text_of(page)
    assert official.get(url(family, MOVED)).status_code == 403
    told_there = text_of(official.get(url(family, part="events/")))
    assert "Thông Nông" not in told_there + text_of(page)
    assert "chỉ xem được ở nơi hộ đang ở" in text_of(official.get(url(family, part="history/")))


def test_the_old_place_is_not_told_when_the_household_ended_elsewhere(official: Client, family: Household) -> None:
    move_household(household=family.pk, place=Place(AREAS.SIBLING), on=MOVED, **told())
    end_household(household=family.pk, on=date(2026, 9, 1), **told())
    for part in ("", "do/move/", "do/leave/"):
        assert "31/08/2026" not in text_of(official.get(url(family, part=part)))


def test_of_who_went_on_to_another_commune_nothing_later_is_told(official: Client, family: Household) -> None:
    other = household(AREAS.SIBLING, [member("Lý Văn Bảo", "head")])
    head, child = person_of(family, "An"), person_of(family, "Cường")
    relations = {head.pk: "other_relative", child.pk: "not_related"}
    join_households(household=family.pk, into=other.pk, relations=relations, on=MOVED, **told())
    record_death(person=head.pk, on=date(2026, 8, 1), **told(reason="Giấy báo tử của Thông Nông"))
    history = text_of(official.get(url(family, part="history/")))
    assert "Giấy báo tử" not in history
    assert "01/08/2026" not in history
    assert "Thời gian tồn tại" in history


def test_a_stranger_is_not_told_into_which_record_another_went(family: Household) -> None:
    twin = household("01392-001", [member("Nông Văn An", "head", born=1970)], date(2026, 7, 1))
    merge_households(keep=family.pk, drop=twin.pk, persons={}, **told())
    answer = signed_in(person("commune_official", AREAS.SIBLING)).get(url(twin))
    assert answer.status_code == 403
    assert f"H{family.pk}" not in text_of(answer)


def test_the_new_place_sees_everything(family: Household) -> None:
    move_household(household=family.pk, place=Place(AREAS.SIBLING, "Số 5 chợ mới"), on=MOVED, **told())
    neighbour = signed_in(person("commune_official", AREAS.SIBLING))
    assert "Xã Trường Hà" in text_of(neighbour.get(url(family, START)))
    events = text_of(neighbour.get(url(family, part="events/")))
    assert "Chuyển nơi ở 01/06/2026 Ở Số 5 chợ mới, Xã Thông Nông" in events
    assert "Lập hồ sơ hộ" in events


def test_a_record_joined_to_another_leads_there(official: Client, family: Household) -> None:
    twin = household("01392-001", [member("Nông Văn An", "head", born=1970)], date(2026, 7, 1))
    merge_households(keep=family.pk, drop=twin.pk, persons={}, **told())
    answer = official.get(url(twin), follow=True)
    assert answer.redirect_chain[0][0] == f"/households/{family.pk}/"
    assert f"Hồ sơ H{twin.pk} ghi trùng" in text_of(answer)


# Years


def test_each_year_stands_with_its_class_and_the_change_of_standard_between(
    official: Client, family: Household
) -> None:
    given(family, 2020, "poor", "qd59-2015", kind="income")
    given(family, 2021, "near_poor", "qd59-2015")
    given(family, 2023, "not_poor")
    years = official.get(url(family)).context["years"]
    assert [(one.year, len(one.given), one.broken is not None) for one in years] == [
        (2020, 1, False), (2021, 1, False), (2022, 0, True), (2023, 1, False)
    ]  # fmt: skip
    broken = years[2].broken
    assert ("2016 - 2020" in broken.before, "2022 - 2025" in broken.after) == (True, True)


def test_the_years_2015_and_2016_are_parted_too(official: Client, family: Household) -> None:
    given(family, 2015, "poor", "qd09-2011")
    given(family, 2016, "poor", "qd59-2015", kind="deprivation")
    answer = official.get(url(family))
    assert answer.context["years"][1].broken
    assert "kết quả hai bên không so sánh với nhau được" in text_of(answer)


def test_a_result_says_by_which_decision_and_from_which_source(official: Client, family: Household) -> None:
    given(family, 2025, "poor")
    page = text_of(official.get(url(family)))
    assert "Hộ nghèo Theo Quyết định 2025/QĐ ngày 10/12/2025, có hiệu lực từ 01/01/2026" in page
    assert "Tiếp nhận từ danh sách đã công nhận: Sổ của xã" in page
    assert "Lý do: Nhập sổ cũ" in page


def test_without_a_decision_nothing_is_claimed(official: Client, family: Household) -> None:
    page = text_of(official.get(url(family)))
    assert "Chưa có kết quả công nhận" in page
    assert "không có nghĩa là hộ không nghèo" in page


def test_a_correction_counts_and_what_it_corrects_stays_to_be_read(official: Client, family: Household) -> None:
    wrong = given(family, 2025, "poor")
    given(family, 2025, "near_poor", corrects=wrong)
    answer = official.get(url(family))
    assert [row.klass for row in answer.context["years"][0].given] == ["near_poor"]
    assert answer.context["now_given"].row.klass == "near_poor"
    assert "đã đính chính bằng 2025/QĐ" in text_of(answer)


# Numbers


def test_numbers_are_masked_on_every_page(official: Client, family: Household) -> None:
    assert "•••••••••456" in official.get(url(family)).content.decode()
    for part in ("", "events/", "history/", "papers/", "numbers/"):
        shown = official.get(url(family, part=part)).content.decode()
        assert NUMBER not in shown
        assert INSURANCE not in shown


def ask(client: Client, home: Household, name: str, purpose: str, **more: Any) -> Any:
    return client.post(url(home, part="numbers/"), {"person": person_of(home, name).pk, "purpose": purpose, **more})


def test_a_number_is_shown_once_for_a_purpose_and_that_is_recorded(
    official: Client, user: User, family: Household
) -> None:
    answer = ask(official, family, "An", "Đối chiếu căn cước khi rà soát")
    assert NUMBER in answer.content.decode()
    record = DisplayRecord.objects.get()
    assert (record.user, record.purpose, record.subject_kind) == (user, "Đối chiếu căn cước khi rà soát", "person")
    assert (record.subject_id, record.area_code) == (str(person_of(family).pk), "01392-001")
    assert NUMBER not in official.get(url(family, part="numbers/")).content.decode()


@pytest.mark.parametrize("purpose", ["", "   "])
def test_without_a_purpose_nothing_is_shown_and_nothing_recorded(
    official: Client, family: Household, purpose: str
) -> None:
    answer = ask(official, family, "An", purpose)
    assert answer.status_code == 400
    assert NUMBER not in answer.content.decode()
    assert not DisplayRecord.objects.exists()


def test_only_people_of_this_household_can_be_chosen(official: Client, family: Household) -> None:
    other = household("01392-001", [member("Lý Văn Dũng", "head", identity="004090654321", born=1990, sex="male")])
    answer = official.post(url(family, part="numbers/"), {"person": person_of(other).pk, "purpose": "Đối chiếu"})
    assert answer.status_code == 400
    assert "Hãy chọn một người trong hộ." in text_of(answer)
    assert not DisplayRecord.objects.exists()


def test_who_may_not_see_numbers_is_not_offered_to(family: Household) -> None:
    auditor = signed_in(person("auditor", AREAS.COMMUNE))
    assert "/numbers/" not in auditor.get(url(family)).content.decode()
    assert auditor.get(url(family, part="numbers/")).status_code == 403


# Panels, events, history


def test_panels_stand_as_links_that_need_no_script(official: Client, family: Household) -> None:
    page = official.get(url(family)).content.decode()
    for part, title in (("events/", "Biến động của hộ"), ("papers/", "Giấy tờ"), ("history/", "Nhật ký thay đổi")):
        found = re.search(rf'<a href="(/households/{family.pk}/{part}\?on=[0-9-]+)">{title}</a>', page)
        assert found
        alone = official.get(found[1]).content.decode()
        assert "<html" in alone
        assert "<html" not in official.get(found[1], headers={"HX-Request": "true"}).content.decode()


def test_a_panel_is_registered_once_and_offered_to_those_who_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    panels.register_panel(panels.Panel("Nhật ký", "records.read", "households:history", 2))
    panels.register_panel(panels.Panel("Biến động", "households.read", "households:events", 1))
    panels.register_panel(panels.Panel("Biến động", "households.read", "households:events", 1))
    with pytest.raises(ValueError, match="two panels households:events"):
        panels.register_panel(panels.Panel("Khác", "households.read", "households:events", 1))
    official, auditor = person("commune_official", AREAS.COMMUNE), person("auditor", AREAS.COMMUNE)
    assert [one.title for one in panels.panels_for(auditor, 1, on=START)] == ["Biến động", "Nhật ký"]
    assert [one.title for one in panels.panels_for(official, 1, on=START)] == ["Biến động"]


def test_events_are_told_in_words_with_their_reason(official: Client, family: Household) -> None:
    page = text_of(official.get(url(family, part="events/")))
    assert "Chết : Hoàng Thị Bình 01/04/2026" in page
    assert "Vào hộ: Nông Văn An (chủ hộ); Hoàng Thị Bình (vợ, chồng); Nông Văn Cường (con)" in page
    assert "Lý do: Đơn của hộ (phép thử)" in page


def test_the_history_says_who_changed_what_and_why(official: Client, family: Household) -> None:
    page = text_of(official.get(url(family, part="history/")))
    assert "Thành viên hộ" in page
    assert "từ 05/01/2026, đến hết 31/03/2026" in page
    assert "Lý do: Hộ cho phép thử" in page


def test_the_history_is_of_this_household_alone(official: Client, family: Household) -> None:
    household("01392-001", [member("Lý Văn Dũng", "head")])
    assert "Lý Văn Dũng" not in text_of(official.get(url(family, part="history/")))
