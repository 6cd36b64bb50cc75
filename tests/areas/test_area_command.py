"""manage.py area: what a code is on a day."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def area(code: str, on: str, *more: str) -> dict[str, Any]:
    return dict(json.loads(told(code, on, "--json", *more)))


def told(code: str, on: str, *more: str) -> str:
    out = io.StringIO()
    call_command("area", code, "--on", on, *more, stdout=out)
    return out.getvalue()


def test_one_code_is_two_units_on_two_dates() -> None:
    before, after = area("20017", "2024-01-01"), area("20017", "2026-01-01")
    assert (before["name"], after["name"]) == ("Phường Hương Xuân", "Phường Kim Trà")
    assert [parent["code"] for parent in before["parents"]] == ["480", "46"]
    assert [parent["code"] for parent in after["parents"]] == ["46"]


def test_an_unknown_start_is_said() -> None:
    found = area("193", "2019-12-31")
    assert (found["start_known"], found["valid_from"], found["children"]) == (False, None, 20)
    assert "chưa rõ ngày bắt đầu, có trong danh mục ngày 01/12/2019, đến hết 31/12/2019" in told("193", "2019-12-31")


def test_what_it_came_from_and_what_it_became() -> None:
    found = area("193", "2020-01-01")
    assert {act["code"] for act in found["predecessors"]} == {"193", "204"}
    assert found["legal_basis"].startswith("Nghị quyết 837/NQ-UBTVQH14")
    assert {act["on"] for act in found["successors"]} == {"2025-07-01"}


def test_on_another_map() -> None:
    pieces = area("06688", "2026-01-01", "--map", "2024-01-01")["map"]["areas"]
    assert [piece["name"] for piece in pieces] == ["Phường Hồng Hải", "Phường Hồng Hà"]
    assert "Trên bản đồ 2024-01-01: Phường Hồng Hải (06688)" in told("06688", "2026-01-01", "--map", "2024-01-01")


def test_its_traits_say_how_sure_they_are() -> None:
    found = {trait["kind"]: trait for trait in area("01438", "2026-01-01")["traits"]}
    assert (found["settlement"]["value"], found["region"]["confidence"]) == ("rural", "unsure")


def test_a_code_outside_its_dates_is_told_when_it_exists() -> None:
    with pytest.raises(CommandError, match="Mã này chỉ có: Huyện Hoành Bồ"):
        told("204", "2020-01-01")


def test_since_when_the_unit_is_known_to_be_the_same() -> None:
    assert [area("193", on)["same_since"] for on in ("2016-01-01", "2024-01-01")] == ["2016-01-01", "2020-01-01"]


def test_a_day_is_written_as_on_the_page_and_refused_for_the_same_reasons() -> None:
    assert area("204", "31/12/2019")["on"] == "2019-12-31"
    for on, why in (("hôm nay", "“hôm nay” không phải là một ngày"), ("1945-09-01", "không có trước ngày 02/09/1945")):
        with pytest.raises(CommandError, match=why):
            told("204", on)
        with pytest.raises(CommandError, match=why):
            told("204", "2019-12-31", "--map", on)
