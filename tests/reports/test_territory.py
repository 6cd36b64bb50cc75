"""Figures on maps of which nobody knows whether they are the same: told, named, and never subtracted."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from reports.sentences.changes import change_between
from reports.sentences.series import points_of, series_sentences, series_words
from tests.reports.figures import figure

COLUMNS = (
    "report,area_code,area_name,boundary_on,standard,program,measure,unit,period_from,period_to,value,qualifier,note"
)
EARLY, LATE = date(2018, 12, 31), date(2020, 12, 31)


def told(*since: date) -> str:
    values = zip((EARLY, LATE), ("9000", "100"), since, strict=True)
    figures = [
        figure("poor_households", value, on=on, standard="qd59-2015", same_since=day) for on, value, day in values
    ]
    words = series_words()[0]
    sentences = series_sentences(words, points_of(words, figures), place="toàn thành phố")
    return " ".join(sentence.text for sentence in sentences)


def test_what_is_known_to_be_one_territory_is_compared() -> None:
    assert "còn 100 hộ nghèo" in told(EARLY, EARLY)
    assert "giảm 8.900 hộ" in told(EARLY, EARLY)


def test_what_may_be_two_territories_is_told_apart_with_the_reason() -> None:
    text = told(EARLY, LATE)
    assert "9.000 hộ nghèo" in text
    assert "100 hộ nghèo" in text
    assert "giảm" not in text.partition("nên không so sánh")[0]
    assert "chưa rõ đơn vị hành chính có thay đổi" in text
    assert "chuẩn nghèo khác nhau" not in text


def test_no_change_is_computed_between_two_territories() -> None:
    first = figure("poor_households", "9", on=EARLY, standard="qd59-2015", same_since=EARLY)
    last = figure("poor_households", "1", on=LATE, standard="qd59-2015", same_since=LATE)
    assert change_between(first, last) is None
    assert change_between(first, first) is not None


def wrap_up(folder: Path, code: str, name: str, *maps: str) -> dict[str, Any]:
    """The stored figures of a place: 9.000 poor households at the end of 2018 on the first map, 100 in 2020 on the last."""
    file = folder / "figures.csv"
    stated = zip(("9000", "100"), ("2018-12-31", "2020-12-31"), (maps[0], maps[-1]), strict=True)
    rows = [
        f"T,{code},{name},{on_map},qd59-2015,,poor_households,hộ,{on},{on},{value},exact,"
        for value, on, on_map in stated
    ]
    file.write_text("\n".join([COLUMNS, *rows]) + "\n", encoding="utf-8")
    call_command("load_reported", str(file), commit=True, stdout=io.StringIO())
    out = io.StringIO()
    call_command(
        "render_report",
        "tong-ket",
        f"--area={code}",
        "--from=2018",
        "--to=2020",
        "--format=json",
        "--out=-",
        stdout=out,
    )
    return dict(json.loads(out.getvalue()))


def said(report: dict[str, Any], check: str) -> str:
    return " ".join(one["message"] for one in report["findings"] if one["check"] == check)


@pytest.mark.django_db
def test_a_unit_before_every_source_is_said_to_be_unclear_and_its_figures_are_not_subtracted(tmp_path: Path) -> None:
    report = wrap_up(tmp_path, "769", "Thành phố Thủ Đức", "2018-12-31", "2024-06-30")
    assert len(report["figures"]) == 2
    assert said(report, "boundaries_differ").count("Chưa rõ đơn vị hành chính có thay đổi") == 1
    assert "8.900" not in json.dumps(report["sections"], ensure_ascii=False)
    assert not any(number["kind"] == "difference" for number in report["numbers"])


@pytest.mark.django_db
def test_figures_of_one_unknown_day_are_still_one_territory(tmp_path: Path) -> None:
    report = wrap_up(tmp_path, "769", "Thành phố Thủ Đức", "2024-06-30")
    assert "giảm 8.900 hộ" in json.dumps(report["sections"], ensure_ascii=False)
    assert said(report, "boundaries_differ") == ""


@pytest.mark.django_db
def test_between_two_days_after_a_loaded_act_the_unit_is_known_to_be_the_same(tmp_path: Path) -> None:
    report = wrap_up(tmp_path, "044", "Huyện Thông Nông", "2020-01-10", "2020-01-31")
    assert "giảm 8.900 hộ" in json.dumps(report["sections"], ensure_ascii=False)
    assert "không thay đổi giữa các ngày này" in said(report, "boundaries_differ")
