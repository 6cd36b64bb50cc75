"""The rules of a document taken together: no gap, no overlap, none unused, none that turns the slope, none that guesses."""

import pytest

from households.criteria.law.checks.rule_cells import rule_cells
from households.criteria.law.checks.rule_slope import rule_slope
from households.criteria.law.shelf import shipped
from tests.criteria.documents import changed, faults, line_of, only_fault

INCOME_NEAR_POOR = 'up_to = "poor"\ndeprivations_below = 3\n'
SCORES_NEAR_POOR = 'up_to = "poor"\nb2_below = 30\n'


@pytest.mark.parametrize("standard", shipped(), ids=lambda one: one.code)
def test_the_rules_of_a_shipped_document_leave_nothing_open(standard) -> None:  # type: ignore[no-untyped-def]
    assert [*rule_cells(standard), *rule_slope(standard)] == []


def test_a_gap_between_two_counts_is_named_by_a_household_that_falls_into_it() -> None:
    text = changed("dongnai-2022", ("deprivations_from = 2", "deprivations_from = 3"))
    fault = only_fault(text)
    assert fault.text == ("hộ nông thôn thu nhập 0 đồng/tháng, thiếu hụt 2 chỉ số không thuộc quy tắc nào.")
    assert (fault.where, fault.line) == ("Quy tắc 2 (near_poor), income", line_of(text, "[rules.income]", 2))


def test_a_gap_between_two_amounts_is_named() -> None:
    text = changed("qd59-2015", ('over = "near_poor"\nup_to = "average"\n\n', 'over = "average"\n\n'))
    fault = faults(text)[0]
    assert "hộ nông thôn thu nhập 1.000.001 đồng/tháng, thiếu hụt 0 chỉ số không thuộc quy tắc nào" in fault.text


def test_a_gap_in_the_points_is_named_in_points() -> None:
    text = changed("qd59-2015", ('over = "near_poor"\nup_to = "average"\nbasis', 'over = "average"\nbasis'))
    assert "hộ nông thôn có B1 151 điểm, B2 0 điểm không thuộc quy tắc nào" in only_fault(text).text


def test_two_rules_for_one_household_are_named() -> None:
    text = changed("dongnai-2022", ("deprivations_below = 2", "deprivations_below = 3"))
    fault = only_fault(text)
    assert fault.where == "Quy tắc 2 (near_poor), income"
    assert fault.text == (
        "trùng với quy tắc “poor”: hộ nông thôn thu nhập 0 đồng/tháng, thiếu hụt 2 chỉ số thuộc cả hai."
    )


def test_a_rule_that_comes_too_late_is_never_used() -> None:
    first, second = '[rules.income]\nup_to = "poor"\n', '[rules.income]\nover = "poor"\nup_to = "near_poor"\n'
    text = changed("qd09-2011", (second, second.replace("near_poor", "poor").replace('over = "poor"\n', "")))
    fault = only_fault(text)
    assert (fault.where, fault.line) == ("Quy tắc 2 (near_poor), income", line_of(text, "[rules.income]", 2))
    assert fault.text == "không bao giờ dùng tới: các quy tắc ở trên đã gồm hết; sửa mức hoặc thứ tự."
    assert first in text


def test_bounds_in_the_wrong_order_are_named_for_the_area_where_they_are() -> None:
    text = changed("qd09-2011", ("urban = 650_000", "urban = 450_000"))
    assert "không hộ nào thuộc quy tắc này ở thành thị" in only_fault(text).text


def test_poorer_with_more_money_is_refused() -> None:
    text = changed(
        "qd09-2011",
        ('class = "poor"', 'class = "near_poor"'),
        ('class = "near_poor"\nname = "Hộ cận', 'class = "poor"\nname = "Hộ cận'),
    )
    fault = only_fault(text)
    assert (fault.where, fault.text[:32]) == ("Quy tắc 2 (near_poor)", "hộ thu nhập cao hơn lại bị xếp n")


def test_less_poor_with_more_deprivations_is_refused() -> None:
    text = changed(
        "dongnai-2022",
        ("deprivations_from = 2", "deprivations_below = 2"),
        (
            'up_to = "poor"\ndeprivations_below = 2\n\n[[rules]]\ncode = "average"',
            'up_to = "poor"\ndeprivations_from = 2\n\n[[rules]]\ncode = "average"',
        ),
    )
    assert "hộ thiếu hụt ít hơn lại bị xếp nghèo hơn" in only_fault(text).text


def test_an_unsure_rule_makes_nobody_poor() -> None:
    text = changed(
        "qd09-2011",
        (
            'text = "Thu nhập bình quân đầu người trên',
            'confidence = "unsure"\ntext = "Thu nhập bình quân đầu người trên',
        ),
        ('confidence = "recalled"\n[rules', "[rules"),
    )
    fault = only_fault(text)
    assert fault.where == "Quy tắc 2 (near_poor), income"
    assert fault.text == "quy tắc “unsure” (chưa chắc chắn) không được xếp hộ nghèo hay hộ cận nghèo."


def test_a_rule_is_no_surer_than_its_line() -> None:
    text = changed("nd351-2025", ('confidence = "unsure"\n[rules', "[rules"))
    assert "mức “average” là “unsure” (chưa chắc chắn): quy tắc dùng mức này cũng phải ghi" in only_fault(text).text


def test_a_count_beyond_the_indicators_is_refused() -> None:
    text = changed(
        "quangninh-2023",
        ("deprivations_from = 3", "deprivations_from = 13"),
        ("deprivations_below = 3", "deprivations_below = 13"),
    )
    assert only_fault(text).text == "chuẩn chỉ có 12 chỉ số."


def test_points_beyond_the_sum_of_all_indicators_are_refused() -> None:
    text = changed("qd59-2015", ("b2_from = 30", "b2_from = 110"), ("deprivations_from = 3", "deprivations_from = 11"))
    assert {one.text for one in faults(text)} >= {"chuẩn chỉ có 10 chỉ số.", "tổng điểm B2 cao nhất là 100."}


def test_a_document_without_any_text_of_law_is_refused() -> None:
    text = changed("quangninh-2023", ('inherits = "nd07-2021"\n', "")).replace("[texts.nq13]", "[nq13]")
    assert "thiếu “texts”: cần ít nhất một văn bản pháp lý [texts.tên]." in {one.text for one in faults(text)}


def test_only_a_draft_may_wait_for_its_indicators() -> None:
    found = faults(changed("nd351-2025", ("draft = true\n", "")))
    assert {one.text for one in found} == {"quy tắc đếm chỉ số thiếu hụt nhưng chuẩn chưa có chỉ số nào (indicators)."}


def test_a_document_needs_lines_and_rules() -> None:
    head = changed("qd09-2011").partition("[[lines]]")[0]
    assert {one.text for one in faults(head)} == {
        "thiếu “lines”: chưa có mức thu nhập nào.",
        "thiếu “rules”: chưa có quy tắc xếp loại nào.",
    }
