"""load_areas: says what it would do, does it once, and leaves alone what people entered."""

import io
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.backends.postgresql.psycopg_any import DateRange

from households.areas import sources
from households.areas.management.commands import load_areas
from households.areas.models import Area, AreaTraits, Origin
from households.areas.plan import make_plan
from households.areas.timeline import DataError, Timeline
from households.areas.units import Level, Version
from tests.people import on_the_record

pytestmark = pytest.mark.django_db

DAY = date(2025, 7, 1)
ZONE_HEAD = "code,kind,value,valid_from,valid_to,legal_basis,source\n"


known_plan = cache(make_plan)  # of the same files it is always the same


@pytest.fixture(autouse=True)
def planned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_areas, "make_plan", known_plan)


def load(*arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("load_areas", "--json", *arguments, stdout=out)
    return dict(json.loads(out.getvalue()))


def test_loading_again_changes_nothing() -> None:
    found = load("--commit")
    assert found["changes"] == 0
    assert {table: row["stale"] for table, row in found["tables"].items()} == {
        "areas": [],
        "successions": [],
        "traits": [],
    }


def test_without_commit_it_only_says_what_it_would_do() -> None:
    with on_the_record():
        Area.objects.filter(code="06688").update(name="Sai")
    assert load()["tables"]["areas"]["changed"] == 2
    assert Area.objects.filter(code="06688", name="Sai").count() == 2


def test_with_commit_it_repairs_what_was_loaded_wrong() -> None:
    with on_the_record():
        Area.objects.filter(code="06688").update(name="Sai")
    load("--commit")
    assert set(Area.objects.filter(code="06688").values_list("name", flat=True)) == {"Hồng Hải", "Hạ Long"}


def test_what_people_entered_stays_as_they_entered_it() -> None:
    with on_the_record():
        Area.objects.filter(code="06688", validity__contains=DAY).update(name="Tên mới", origin=Origin.ENTERED)
    found = load("--commit")
    assert (found["changes"], found["tables"]["areas"]["entered_by_people"]) == (0, 1)
    assert Area.objects.get(code="06688", validity__contains=DAY).name == "Tên mới"


def test_a_loaded_row_in_no_data_file_is_named_and_kept() -> None:
    row = {"level": "province", "type": "Tỉnh", "name": "Thừa", "origin": Origin.LOADED}
    with on_the_record():
        Area.objects.create(code="03", validity=DateRange(DAY, None), **row)
    assert load("--commit")["tables"]["areas"]["stale"] == ["('03', datetime.date(2025, 7, 1))"]
    assert Area.objects.filter(code="03").exists()


def test_on_paper_it_tells_the_same_in_sentences() -> None:
    out = io.StringIO()
    call_command("load_areas", stdout=out)
    assert f"Đơn vị hành chính: 0 mới, 0 thay đổi, {Area.objects.count()} giữ nguyên" in out.getvalue()
    assert "Chạy thử" in out.getvalue()


def test_each_correction_of_the_packages_mapping_is_still_needed() -> None:
    assert sum(len(row["old_code"]) == 5 for row in sources.own_csv("corrections_2025.csv")) == 33
    assert len(known_plan().versions) == Area.objects.count()


def test_a_missing_package_stops_the_command_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load_areas, "make_plan", make_plan)
    monkeypatch.setattr(sources, "PACKAGE", "khong_co_goi_nay")
    with pytest.raises(CommandError, match="chạy bin/setup"):
        load()


def event(**unit: str) -> dict[str, Any]:
    return {"date": DAY, "legal_basis": "NQ", "source": "S", "confidence": "verified", "unit": [unit]}


@pytest.mark.parametrize(
    ("unit", "why"),
    [
        ({"code": "01", "after": ""}, "vẫn có trong danh mục"),
        ({"code": "02"}, "không có trong danh mục"),
        ({"code": "02", "after": "", "into": "01"}, "cần tên và mã cấp trên"),
    ],
)
def test_an_event_that_contradicts_the_lists_is_refused(unit: dict[str, str], why: str) -> None:
    timeline = Timeline([Version("01", Level.PROVINCE, "Tỉnh", "Một", "")])
    with pytest.raises(DataError, match=why):
        timeline.apply(event(**unit))


def test_zones_come_from_a_sourced_file_only(tmp_path: Path) -> None:
    file = tmp_path / "zones.csv"
    file.write_text(
        ZONE_HEAD + "01438,ethnic_zone,III,2021-06-04,2025-07-01,QĐ 861/QĐ-TTg,Công báo\n", encoding="utf-8"
    )
    assert not AreaTraits.objects.filter(kind="ethnic_zone").exists()
    assert load("--commit", "--zones", str(file))["changes"] == 1
    assert AreaTraits.objects.get(kind="ethnic_zone").legal_basis == "QĐ 861/QĐ-TTg"
    assert load("--commit")["tables"]["traits"]["stale"] == []


def test_a_bad_line_of_the_zones_file_is_named_and_nothing_is_stored(tmp_path: Path) -> None:
    file = tmp_path / "zones.csv"
    good = "01438,ethnic_zone,III,2021-06-04,,QĐ 861/QĐ-TTg,Công báo\n"
    file.write_text(ZONE_HEAD + good + "01438,ethnic_zone,IV,sớm,,,Công báo\n", encoding="utf-8")
    with pytest.raises(CommandError, match="dòng 3: cột value là “IV”") as refusal:
        load("--commit", "--zones", str(file))
    assert "cột valid_from là “sớm”" in str(refusal.value)
    assert "cột legal_basis để trống" in str(refusal.value)
    assert not AreaTraits.objects.filter(kind="ethnic_zone").exists()


def test_a_zones_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "zones.csv"
    file.write_text("code,zone\n01438,III\n", encoding="utf-8")
    with pytest.raises(CommandError, match="dòng đầu phải là code,kind"):
        load("--zones", str(file))
