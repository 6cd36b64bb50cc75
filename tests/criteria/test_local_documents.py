"""A local document takes whole sections from the standard of the nation, and what no longer holds there falls away."""

import pytest

from households.criteria.law.parts import Class
from households.criteria.law.shelf import standard
from tests.criteria.documents import changed, faults, line_of, only_fault

LOCAL = ("binhduong-2016", "tphcm-2021", "dongnai-2022", "quangninh-2023")


@pytest.mark.parametrize("code", LOCAL)
def test_points_do_not_hold_where_the_lines_are_others(code: str) -> None:
    local = standard(code)
    assert local.score_lines == ()
    assert [rule.scores for rule in local.rules] == [None] * len(local.rules)


def test_indicators_come_from_the_parent_with_its_articles() -> None:
    assert standard("dongnai-2022").indicators == standard("nd07-2021").indicators
    assert standard("dongnai-2022").indicators[0].provenance.cited == "Phụ lục, chỉ số 1 Nghị định 07/2021/NĐ-CP"


def test_a_section_of_its_own_replaces_the_parent_s() -> None:
    assert {line.code for line in standard("quangninh-2023").lines} == {"poor"}
    assert [rule.result for rule in standard("quangninh-2023").rules] == [Class.POOR, Class.NEAR_POOR]


def test_a_section_may_be_left_out() -> None:
    assert standard("tphcm-2021").indicators == ()
    assert standard("tphcm-2021").code_lists == standard("nd07-2021").code_lists


@pytest.mark.parametrize("code", LOCAL)
def test_sheet_a_identifies_by_the_national_lines_only(code: str) -> None:
    assert standard(code).sheet_a is None
    assert standard(standard(code).parent).sheet_a is not None


def test_sources_of_income_stay_but_not_the_national_bounds() -> None:
    local, national = standard("dongnai-2022").income_survey, standard("nd07-2021").income_survey
    assert local is not None
    assert national is not None
    assert local.sources == national.sources
    assert (local.average_over, local.average_up_to, local.worker_up_to) == (None, None, None)


def test_without_lines_of_its_own_everything_holds() -> None:
    text = changed("quangninh-2023")
    head, _, _ = text.partition("[[lines]]")
    assert faults(head) == ()


def test_the_digest_changes_with_the_parent() -> None:
    assert len({standard(code).digest for code in (*LOCAL, "nd07-2021", "qd59-2015")}) == 6


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('inherits = "nd07-2021"', 'inherits = "nd08"', "không có chuẩn “nd08” của cả nước để dựa vào"),
        ('inherits = "nd07-2021"', 'inherits = "tphcm-2021"', "“tphcm-2021” không phải chuẩn của cả nước"),
        ('inherits = "nd07-2021"', 'inherits = "dongnai-2022"', "không có chuẩn “dongnai-2022”"),
        ('scope = ["75"]', "scope = []", "chuẩn của cả nước phải ghi đủ mọi phần"),
        ('scope = ["75"]', 'scope = ["75", "75"]', "có mã tỉnh ghi hai lần"),
    ],
)
def test_a_wrong_parent_is_named(old: str, new: str, says: str) -> None:
    text = changed("dongnai-2022", (old, new))
    found = [one for one in faults(text) if says in one.text]
    assert [one.line for one in found] == [line_of(text, new)]


@pytest.mark.parametrize(
    ("names", "says"),
    [('["rules"]', "không bỏ được “rules”"), ('["score_lines", "dimensions"]', "“dimensions” vừa ghi vừa bỏ")],
)
def test_only_what_may_be_missing_is_left_out(names: str, says: str) -> None:
    text = changed("tphcm-2021", ('["indicators"]', names))
    assert [one.line for one in faults(text) if says in one.text] == [line_of(text, "without")]


def test_other_dimensions_need_other_indicators() -> None:
    text = changed("tphcm-2021", ('["indicators"]', '["sheet_a"]'))
    found = faults(text)
    assert "chỉ số “housing_quality” thuộc chiều “housing” mà chuẩn này không có." in {one.text for one in found}
    assert {one.line for one in found if "mà chuẩn này không có" in one.text} == {line_of(text, "inherits")}


def test_a_text_of_the_parent_keeps_its_name() -> None:
    text = changed("quangninh-2023", ("[texts.nq13]", "[texts.nd07]"), ('basis = "nq13"', 'basis = "nd07"'))
    fault = only_fault(text)
    assert fault.line == line_of(text, "[texts.nd07]")
    assert fault.text == "“nd07” của chuẩn gốc là Nghị định 07/2021/NĐ-CP: đặt tên khác cho văn bản này."


def test_amounts_that_change_leave_no_year_out_and_none_twice() -> None:
    gap = changed("tphcm-2021", ("from = 2025\nto = 2025\nbasis", "from = 2026\nto = 2026\nbasis"))
    assert [one.text for one in faults(gap)] == [
        "mã “poor” thiếu mức cho năm 2025 mà chuẩn áp dụng.",
        "mức này không dùng cho năm nào mà chuẩn áp dụng (applies).",
    ]
    twice = changed("tphcm-2021", ("to = 2024", "to = 2025"))
    assert "mã “poor” đã có mức cho năm 2025: mỗi năm một mức." in [one.text for one in faults(twice)]
