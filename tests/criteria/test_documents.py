"""The shipped documents say what standards.md says, and are no surer than it."""

import pytest

from households.criteria.law.parts import Class, PerPersonTest, Provenance, Standard, Sureness
from households.criteria.law.shelf import UnknownStandardError, content, documents, read_standard, shipped, standard
from tests.criteria.documents import changed

CODES = ("qd09-2011", "qd59-2015", "nd07-2021", "nd351-2025")
LOCAL = ("binhduong-2016", "tphcm-2021", "dongnai-2022", "quangninh-2023")


def provenances(one: Standard) -> list[Provenance]:
    survey, sheet = one.income_survey, one.sheet_a
    found = [
        part.provenance for part in (*one.applications, *one.lines, *one.score_lines, *one.indicators, *one.code_lists)
    ]
    found += [half.provenance for rule in one.rules for half in (rule.scores, rule.income) if half]
    found += [survey.provenance] if survey else []
    found += [survey.worker_provenance] if survey and survey.worker_provenance else []
    return found + ([sheet.provenance] if sheet else [])


def test_eight_documents_the_nation_s_first_in_order_of_time() -> None:
    assert tuple(one.code for one in shipped()) == (*CODES, *LOCAL)
    assert {path.stem for path in documents()} == {*CODES, *LOCAL}


def test_an_unknown_code_is_told_which_there_are() -> None:
    with pytest.raises(UnknownStandardError) as refused:
        standard("nd07")
    assert str(refused.value) == f"Không có chuẩn “nd07”. Có: {', '.join((*CODES, *LOCAL))}."


@pytest.mark.parametrize("code", [*CODES, *LOCAL])
def test_every_value_says_where_it_stands_and_when_it_was_looked_up(code: str) -> None:
    for place in provenances(standard(code)):
        assert place.basis.number
        assert place.checked.year >= 2026
        assert place.article or place.confidence is not Sureness.VERIFIED


@pytest.mark.parametrize("code", [*CODES, *LOCAL])
def test_a_text_read_again_has_the_same_digest(code: str) -> None:
    assert read_standard(content(code), name="x").digest == standard(code).digest
    assert read_standard(content(code) + "# \n", name="x").digest != standard(code).digest


def test_an_area_may_have_two_decimals() -> None:
    text = changed("nd07-2021", ("below = 8\n", "up_to = 7.5\n"))
    (test,) = (one.test for one in read_standard(text, name="x").indicators if one.code == "housing_area")
    assert test == PerPersonTest("floor_area", 750, strict=False)


@pytest.mark.parametrize(("code", "number"), [("qd59-2015", 10), ("nd07-2021", 12)])
def test_indicators_are_ten_points_each(code: str, number: int) -> None:
    indicators = standard(code).indicators
    assert ([one.points for one in indicators], [one.order for one in indicators]) == (
        [10] * number,
        [*range(1, number + 1)],
    )


def test_the_twelve_indicators_stand_in_the_order_of_the_decree() -> None:
    dimensions = [one.dimension.code for one in standard("nd07-2021").indicators]
    expected = ("employment", "health", "education", "housing", "water_sanitation", "information")
    assert dimensions == [name for name in expected for _ in range(2)]


def test_poverty_by_income_alone_ended_with_2021() -> None:
    kinds = [(rule.result, rule.kind) for rule in standard("qd59-2015").rules]
    assert kinds[:2] == [(Class.POOR, "income"), (Class.POOR, "deprivation")]
    assert all(rule.income and rule.income.deprivations_from == 3 for rule in standard("nd07-2021").rules[:1])


@pytest.mark.parametrize(("code", "ticks", "of"), [("qd59-2015", 3, 9), ("nd07-2021", 4, 9)])
def test_so_many_ticks_of_sheet_a_end_the_review(code: str, ticks: int, of: int) -> None:
    sheet = standard(code).sheet_a
    assert sheet is not None
    assert (sheet.stop_at, len(sheet.items)) == (ticks, of)


def test_what_was_not_found_is_not_there() -> None:
    draft = standard("nd351-2025")
    assert (draft.draft, draft.indicators, draft.score_lines, draft.sheet_a) == (True, (), (), None)
    sheet = standard("nd07-2021").sheet_a
    assert sheet is not None
    assert {item.text for item in sheet.items} == {""}


def test_unsure_bounds_are_marked() -> None:
    unsure = {
        (one.code, line.code, line.unit)
        for one in shipped()
        for line in (*one.lines, *one.score_lines)
        if line.provenance.confidence is Sureness.UNSURE
    }
    assert unsure == {("qd59-2015", "average", "points"), ("nd351-2025", "average", "month")}


def test_verified_is_only_what_was_read_in_a_source_of_weight() -> None:
    verified = {
        (one.code, line.code)
        for one in shipped()
        for line in (*one.lines, *one.score_lines)
        if line.provenance.confidence is Sureness.VERIFIED
    }
    assert verified == {("qd59-2015", "poor"), ("qd59-2015", "near_poor"), ("nd07-2021", "poor")}


def test_low_income_workers_are_known_since_2025_only() -> None:
    survey = standard("nd07-2021").income_survey
    assert survey is not None
    assert survey.worker_provenance is not None
    assert (survey.worker_from, survey.worker_provenance.cited) == (2025, "Điều 1 Nghị định 30/2025/NĐ-CP")


def test_a_year_that_was_added_rests_on_the_text_that_added_it() -> None:
    added = {one.first: one.provenance.basis.number for one in standard("nd07-2021").applications}
    assert added[2026] == "Nghị định 351/2025/NĐ-CP"
    assert {one.provenance.basis.number for one in standard("qd59-2015").applications if one.last == 2021} == {
        "Nghị định 07/2021/NĐ-CP"
    }


def test_that_the_review_of_2026_opens_the_next_standard_is_only_supposed() -> None:
    (opening,) = (one for one in standard("nd351-2025").applications if one.first == 2026)
    assert opening.provenance.confidence is Sureness.UNSURE
    assert "chưa có hướng dẫn" in opening.provenance.note


def test_the_years_of_a_decree_that_was_read_are_verified() -> None:
    read = {("nd07-2021", 2022), ("qd59-2015", 2016), ("qd59-2015", 2021)}
    assert read == {
        (one.code, years.first)
        for one in shipped()
        for years in one.applications
        if years.provenance.confidence is Sureness.VERIFIED
    }


def test_whom_the_decree_calls_old_is_told_as_our_reading() -> None:
    notes = {one.code: one.provenance.note for one in standard("nd07-2021").indicators}
    assert "đủ 60 tuổi" in notes["dependents"]
