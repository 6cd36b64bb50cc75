"""What the validator finds in figures, and what it leaves in peace."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import reports.validator
from reports.reported.source import LeftOut, Why
from reports.tables import Figure, Finding
from reports.validator.checks import CHECKS, validate
from reports.validator.evidence import UNVERIFIED, caution
from tests.reports.figures import FIRST, HA_LONG, HA_QUANG, LAST, example_figures, figure, source_of, wrap_up


def findings(figures: list[Figure], check: str, *left_out: LeftOut) -> list[Finding]:
    report = wrap_up(HA_LONG, figures)
    return [one for one in validate(report, (*source_of(figures).left_out, *left_out)) if one.check == check]


def of_example(area: str, check: str) -> list[Finding]:
    report = wrap_up({"193": HA_LONG, "045": HA_QUANG}[area], example_figures(area))
    return [one for one in validate(report) if one.check == check]


def production(total: str, *parts: str, unit: str = "triệu đồng") -> list[Figure]:
    lines = [figure("budget_disbursed", total, unit, programme="PTSX")]
    codes = ("PTSX-30a", "PTSX-135")
    return lines + [
        figure("budget_disbursed", part, "triệu đồng", programme=code) for part, code in zip(parts, codes, strict=False)
    ]


def stock(
    value: str, on: date, measure: str = "poor_households", unit: str = "hộ", standard: str = "qd59-2015"
) -> Figure:
    return figure(measure, value, unit, on=on, standard=standard)


def test_production_support_of_ha_quang_misses_its_total_by_36_million() -> None:
    [found] = of_example("045", "parts_and_total")
    assert found.severity == "error"
    assert "84.184,73" in found.message
    assert "62.176,12 + 21.972,61 = 84.148,73" in found.message
    assert "chênh lệch 36,00 triệu đồng" in found.message
    assert "đảo chỗ" in found.message
    assert found.place == "Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế"
    assert len(found.keys) == 3


def test_training_in_ha_quang_adds_up_and_is_no_finding() -> None:
    assert not any("đào tạo nghề" in found.message.lower() for found in of_example("045", "parts_and_total"))


@pytest.mark.parametrize(
    ("total", "parts", "wrong"),
    [
        ("10", ("6", "4"), False),
        ("10", ("6", "3"), True),
        ("10", ("6", "5"), True),
        ("10", ("6",), False),
        ("10", ("11",), True),
        ("10", (), False),
    ],
)
def test_parts_are_held_against_their_total(total: str, parts: tuple[str, ...], wrong: bool) -> None:
    assert bool(findings(production(total, *parts), "parts_and_total")) is wrong


def test_parts_in_million_are_held_against_a_total_in_billion() -> None:
    assert not findings(production("10", "6000", "4000", unit="tỷ đồng"), "parts_and_total")
    assert findings(production("10", "6000", "4001", unit="tỷ đồng"), "parts_and_total")


def test_maintenance_is_not_counted_in_the_works_of_135() -> None:
    assert len(of_example("045", "parts_and_total")) == 1


def test_rice_at_tet_is_one_month_and_in_the_lean_season_between_one_and_three() -> None:
    found = of_example("045", "rice_per_person")
    assert [one.severity for one in found] == ["note", "note"]
    assert "15,0 kg/người" in found[0].message
    assert "20,6 kg/người" in found[1].message
    assert "1 đến 3 tháng" in found[1].message


@pytest.mark.parametrize(("rice", "severity"), [("1500", "note"), ("1600", "error"), ("1000", "error")])
def test_rice_at_tet_outside_one_month_is_a_contradiction(rice: str, severity: str) -> None:
    people = figure("person_times", "100", "lượt người", programme="CUUDOI-TET")
    [found] = findings([people, figure("rice", rice, "kg", programme="CUUDOI-TET")], "rice_per_person")
    assert found.severity == severity


def test_electricity_support_of_ha_quang_is_held_against_the_decision() -> None:
    [found] = of_example("045", "money_per_household_time")
    assert found.severity == "note"
    assert "560.502 đồng/lượt hộ" in found.message
    assert "49.000 đồng/hộ/tháng" in found.message
    assert "588.000" in found.message
    assert "Quyết định số 28/2014/QĐ-TTg" in found.message


@pytest.mark.parametrize("check", ["rice_per_person", "money_per_household_time"])
def test_a_norm_that_was_not_read_in_its_document_is_said_to_be_unverified(check: str) -> None:
    assert all("cần kiểm tra lại văn bản" in one.message for one in of_example("045", check))


def test_a_verified_norm_needs_no_caution() -> None:
    assert (caution("V"), caution("R")) == ("", UNVERIFIED)


def test_electricity_support_of_two_years_in_one_time_is_a_contradiction() -> None:
    times = figure("household_times", "100", "lượt hộ", programme="TIENDIEN")
    [found] = findings(
        [times, figure("budget_disbursed", "118", "triệu đồng", programme="TIENDIEN")], "money_per_household_time"
    )
    assert found.severity == "error"


def test_the_periods_that_ha_quang_mixes_are_named() -> None:
    told = " ".join(found.message for found in of_example("045", "periods_differ"))
    assert all(f"giai đoạn {period}" in told for period in ("2015 - 2019", "2016 - 2019", "2015 - 2020"))
    assert not of_example("193", "periods_differ")


def test_the_households_implied_in_ha_long_are_told_and_plausible() -> None:
    [found] = of_example("193", "rates_and_counts")
    assert found.severity == "note"
    assert "đầu năm 2016: 85.801 - 86.090 hộ" in found.message
    assert "hợp lý" in found.message


def test_a_rate_that_does_not_fit_the_published_households_is_a_contradiction() -> None:
    figures = [
        stock("62", LAST),
        stock("0.7", LAST, "poor_rate", "percent"),
        stock("88600", LAST, "households", standard=""),
    ]
    found = [one for one in findings(figures, "rates_and_counts") if one.severity == "error"]
    assert [one.expected for one in found] == ["0,07%"]


def test_two_rates_of_one_day_that_need_different_wholes_are_a_contradiction() -> None:
    figures = [
        stock("100", LAST),
        stock("1", LAST, "poor_rate", "percent"),
        stock("100", LAST, "near_poor_households"),
        stock("2", LAST, "near_poor_rate", "percent"),
    ]
    assert "error" in {one.severity for one in findings(figures, "rates_and_counts")}


def test_implied_households_that_jump_between_start_and_end_are_noticed() -> None:
    figures = [stock("100", day) for day in (FIRST, LAST)]
    figures += [stock("1.00", FIRST, "poor_rate", "percent"), stock("0.50", LAST, "poor_rate", "percent")]
    [found] = findings(figures, "rates_and_counts")
    assert "thay đổi lớn" in found.message


def test_a_series_over_a_change_of_standard_is_said_to_be_broken() -> None:
    figures = [stock("40", date(2015, 12, 31), standard="qd09-2011"), stock("95", FIRST)]
    [found] = [one for one in findings(figures, "standard_changes") if "đứt" in one.message]
    assert "31/12/2015" in found.message


def test_a_standard_not_applied_on_its_day_and_a_missing_one_are_noticed() -> None:
    wrong = findings([stock("40", LAST, standard="nd351-2025")], "standard_changes")
    assert "áp dụng từ 01/01/2027" in wrong[0].message
    missing = findings([stock("40", LAST, standard="")], "standard_changes")
    assert "không nêu" in missing[0].message
    assert not findings([stock("40", LAST)], "standard_changes")


def test_the_opening_stock_of_a_new_standard_may_be_counted_the_year_before() -> None:
    assert not findings([stock("40", date(2015, 12, 31))], "standard_changes")


def test_a_target_entered_as_a_result_is_a_contradiction() -> None:
    [found] = findings([figure("target_insured_rate", "100", "percent", programme="BHYT")], "targets_apart")
    assert found.severity == "error"


def test_what_stays_out_is_named_with_its_reason() -> None:
    other_map = LeftOut(figure("loan_households", "5", boundary_on=date(2019, 12, 31)), Why.OTHER_MAP)
    other_time = LeftOut(figure("classes", "5", "lớp", first=date(2011, 1, 1)), Why.OTHER_PERIOD)
    found = findings([], "figures_left_out", other_map, other_time)
    assert [len(one.keys) for one in found] == [1, 1]
    assert "địa giới ngày 31/12/2019" in found[0].message


def test_values_published_twice_and_differently_are_a_contradiction() -> None:
    twice = [
        figure("loan_households", number, boundary_on=date(2020, day, 1)) for day, number in ((9, "10"), (12, "12"))
    ]
    [found] = findings(twice, "stated_twice")
    assert found.severity == "error"
    assert not findings([twice[0]], "stated_twice")
    apart = [replace(one, same_since=one.key.boundary_on) for one in twice]
    assert [found.severity for found in findings(apart, "stated_twice")] == ["note"]


def test_a_map_of_another_day_than_the_figures_is_named() -> None:
    two_days = [figure("loan_households", "5", boundary_on=date(2020, 9, 1)), figure("works", "5", "công trình")]
    [found] = findings(two_days, "boundaries_differ")
    assert "01/9/2020, 29/12/2020" in found.message
    assert not of_example("193", "boundaries_differ")


def test_halves_of_households_and_shares_over_a_hundred_are_contradictions() -> None:
    half, share = figure("loan_households", "1.5"), figure("insured_rate", "101", "percent", programme="BHYT")
    assert findings([half], "not_whole")
    assert findings([share], "over_hundred_percent")
    exact = [
        figure("loan_households", "1"),
        figure("insured_rate", "100", "percent"),
        figure("criteria_per_commune", "12.1", "tiêu chí"),
    ]
    assert not findings(exact, "not_whole")
    assert not findings(exact, "over_hundred_percent")


def test_unknown_codes_are_listed() -> None:
    [found] = findings([figure("bridges", "7", "cầu", programme="DA-MOI")], "codes_not_known")
    assert "bridges, DA-MOI" in found.message


def test_contradictions_come_first() -> None:
    severities = [found.severity for found in validate(wrap_up(HA_QUANG, example_figures("045")))]
    assert severities == sorted(severities, key=lambda one: one != "error")
    assert "error" in severities


def test_every_check_is_a_file_of_its_name_and_is_run() -> None:
    folder = Path(reports.validator.__file__).parent
    plumbing = {"__init__", "checks", "evidence", "prepared"}
    assert {check.__name__ for check in CHECKS} == {path.stem for path in folder.glob("*.py")} - plumbing
    assert all(check.__module__ == f"reports.validator.{check.__name__}" for check in CHECKS)


def test_implied_households_use_the_digits_that_were_published() -> None:
    figures = [stock("10", LAST), stock("1.0", LAST, "poor_rate", "percent")]
    [found] = findings(figures, "rates_and_counts")
    assert "953 - 1.052 hộ" in found.message
    assert Decimal(figures[1].published) == 1


def relief(rice: str, unit: str, *parts: str) -> list[Figure]:
    codes = ("CUUDOI-TET", "CUUDOI-GIAPHAT")
    return [figure("rice", rice, unit, programme="CUUDOI")] + [
        figure("rice", part, "kg", programme=code) for part, code in zip(parts, codes, strict=True)
    ]


def test_parts_in_kilograms_make_up_a_total_in_tons() -> None:
    assert not findings(relief("1711.856", "tấn", "589225", "1122631"), "parts_and_total")
    [found] = findings(relief("1711.756", "tấn", "589225", "1122631"), "parts_and_total")
    assert found.severity == "error"
    assert "589,225 + 1.122,631 = 1.711,856 tấn; chênh lệch 0,100 tấn" in found.message


def test_a_total_rounded_to_a_larger_unit_is_a_note_and_no_contradiction() -> None:
    [found] = findings(relief("1712", "tấn", "589225", "1122631"), "parts_and_total")
    assert found.severity == "note"
    assert "làm tròn" in found.message


def test_parts_larger_than_nearly_so_much_are_a_contradiction() -> None:
    nearly = figure("budget_disbursed", "100", "triệu đồng", programme="PTSX", qualifier="nearly")
    for value, wrong in (("0.04", False), ("0.06", True)):
        parts = [
            figure("budget_disbursed", value, "tỷ đồng", programme="PTSX-30a"),
            figure("budget_disbursed", "50", "triệu đồng", programme="PTSX-135"),
        ]
        assert bool(findings([nearly, *parts], "parts_and_total")) is wrong


def test_units_of_one_measure_are_named_when_they_differ() -> None:
    mixed = [stock("15000", FIRST), stock("5.5", LAST, unit="nghìn hộ")]
    [found] = findings(mixed, "units_differ")
    assert (found.severity, "đơn vị tính khác nhau (hộ, nghìn hộ)" in found.message) == ("note", True)
    [found] = findings([mixed[0], stock("5", LAST, unit="tấn")], "units_differ")
    assert (found.severity, "không quy đổi được" in found.message) == ("error", True)
    assert not findings([stock("5", FIRST), stock("6", LAST)], "units_differ")


def test_parts_that_do_not_convert_into_their_total_are_named() -> None:
    strange = figure("budget_disbursed", "5", "kg", programme="PTSX-30a")
    [found] = findings([figure("budget_disbursed", "5", "tỷ đồng", programme="PTSX"), strange], "units_differ")
    assert strange.key in found.keys
    assert not findings(production("10", "6", "4"), "units_differ")


def test_more_poor_households_than_households_are_a_contradiction() -> None:
    whole = stock("330", LAST, "households", standard="")
    [found] = findings([stock("15000", LAST), whole], "over_hundred_percent")
    assert "15.000 hộ, nhiều hơn tổng số 330 hộ" in found.message
    thousand = stock("330", LAST, "households", unit="nghìn hộ", standard="")
    assert not findings([stock("15000", LAST), thousand], "over_hundred_percent")


def test_a_count_in_thousands_fits_a_rate_as_far_as_it_was_rounded() -> None:
    whole = stock("340000", LAST, "households", standard="")
    rate = stock("1.62", LAST, "near_poor_rate", "percent")
    for count, wrong in (("5.5", False), ("6.5", True)):
        figures = [stock(count, LAST, "near_poor_households", "nghìn hộ"), rate, whole]
        assert ("error" in {one.severity for one in findings(figures, "rates_and_counts")}) is wrong


def test_a_day_stated_by_two_standards_is_one_break_told_once_and_forwards() -> None:
    days = [(date(2018, 12, 31), "qd59-2015"), (LAST, "qd59-2015"), (LAST, "nd07-2021")]
    figures = [
        stock("40", day, measure, standard=standard)
        for day, standard in days
        for measure in ("poor_households", "near_poor_households")
    ]
    [found] = [one for one in findings(figures, "standard_changes") if "đứt" in one.message]
    assert "Số hộ nghèo; Số hộ cận nghèo" in found.message
    assert found.message.index("2016 - 2020") < found.message.index("2021 - 2025")


def test_one_day_with_and_without_a_standard_and_two_values_is_a_contradiction() -> None:
    figures = [stock("700", LAST), stock("699", LAST, standard="")]
    [found] = findings(figures, "stated_twice")
    assert "699 hộ (không nêu chuẩn nghèo" in found.message
    assert not findings([stock("700", LAST), stock("700", LAST, standard="")], "stated_twice")
    assert not findings([stock("700", LAST), stock("900", LAST, standard="nd07-2021")], "stated_twice")


def test_one_amount_in_two_units_is_the_same_amount() -> None:
    twice = [
        figure("loan_amount", value, unit, programme="TDCS", boundary_on=date(2020, day, 1))
        for day, value, unit in ((9, "1.5", "tỷ đồng"), (12, "1500", "triệu đồng"))
    ]
    assert not findings(twice, "stated_twice")


def test_a_break_is_told_from_the_earlier_day_to_the_later() -> None:
    figures = [stock("9", date(2018, 12, 31), standard=""), stock("8", LAST)]
    [found] = [one for one in findings(figures, "standard_changes") if "đứt" in one.message]
    assert found.message.index("31/12/2018") < found.message.index("31/12/2020")
