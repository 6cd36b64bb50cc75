"""What a form asks, and what its answers come to while they are typed."""

from datetime import date
from typing import Any

import pytest

from households.areas.models import AreaTraits
from households.criteria.b1_publishing import put_table_in_force
from households.surveys.classification import Look, classify_form, look
from households.surveys.form_models import SurveyForm, Why
from households.surveys.refusals import SurveyRefusedError
from households.surveys.sheets.asked import Names
from povertyportal.core.accounts import system_user
from tests.access.people import NATION, person
from tests.criteria.points import draft_table
from tests.criteria.published import NOON
from tests.people import on_the_record
from tests.surveys.filled import AT, LAW, a_round, answers, form, member

pytestmark = pytest.mark.usefixtures("recorded")
OLD = "qd59-2015"
SOURCES = ("crops", "livestock", "farm_services", "forestry", "fishery", "salt", "business")


def klass(seen: Look, purpose: str = "closing") -> str | None:
    outcome = seen.outcome(purpose)
    return outcome.told.result.klass if outcome and outcome.told else None


def keys(seen: Look) -> list[str]:
    return [one.key for one in seen.sheet.blocks]


def earned(crops: int, wages: int = 0) -> dict[str, list[str]]:
    """Phụ lục VIII of a farming household, in đồng a year."""
    nothing = {f"y-{one}-{side}": ["0"] for one in SOURCES for side in ("revenue", "cost")}
    crops_sold = {"y-crops-revenue": [str(crops)], "y-wages": [str(wages)], "y-other": ["0"], "h-farming": ["yes"]}
    return nothing | crops_sold


def test_low_points_and_nothing_lacking_are_near_poor() -> None:
    seen = look(form(), answers(b1="120"))
    assert (klass(seen), seen.faults, seen.missing) == ("near_poor", {}, ())


def test_three_things_lacking_make_poor() -> None:
    lacking: Any = {"h_toilet": ["none"], "h_water_source": ["other"], "h_internet": ["no"]}
    assert klass(look(form(), answers(b1="140", **lacking))) == "poor"
    assert klass(look(form(), answers(b1="141", **lacking))) == "not_poor"


def test_what_is_missing_leads_to_its_field_and_says_whether_the_class_hangs_on_it() -> None:
    typed = answers(member(0, health_insurance=""), b1="120")
    del typed["h-toilet"]
    seen = look(form(), typed)
    assert klass(seen) == "near_poor"  # two more at most
    assert {one.field: one.decides for one in seen.missing} == {"m0-health_insurance": False, "h-toilet": False}
    del typed[f"{LAW}:b1"]
    assert {one.field for one in look(form(of=None), typed).missing if one.decides} >= {f"{LAW}:b1", "h-toilet"}


def test_an_empty_form_waits_for_its_members() -> None:
    seen = look(form(), {})
    assert [one.field for one in seen.missing] == ["members"]
    assert seen.outcomes[0][1].problem == "Chưa có thành viên nào trong danh sách."
    assert seen.faults == {}


def test_ages_are_counted_to_the_day_of_the_survey() -> None:
    child = member(
        1, "Nông Văn Bé", "05/10/2020", work="", health_insurance="no", studying="preschool", education="none"
    )
    one = form()
    assert klass(look(one, answers(member(0), child, s_day=["04/10/2026"]))) == "near_poor"
    deprived = [look(one, answers(member(0), child, s_day=[day])) for day in ("04/10/2026", "05/10/2026")]
    insured = [seen.outcomes[0][1].told.result.indicators["health_insurance"] for seen in deprived]  # type: ignore[union-attr]
    assert insured == [False, True]  # asked from six years of age


def test_without_a_day_of_the_survey_the_first_day_of_the_round_counts() -> None:
    assert look(form(), answers(s_day=[])).on == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("s-day", "31/9/2026", "không phải ngày"),
        ("s-day", "05/10/2025", "phải trong năm rà soát 2026"),
        ("m0-birth", "1980-02", "không phải ngày sinh"),
        ("m0-relation", "uncle", "không có trong danh sách"),
        ("m0-identity", "004080900001", "chưa được cất kín"),
        ("m0-person", "An", "Mã người không đúng"),
        ("m0-work", "farming", "không"),
        ("h-floor_area", "6O", "số"),
        ("s-causes", "99", "không có trong danh sách"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(name: str, value: str, why: str) -> None:
    seen = look(form(), answers() | {name: [value]})
    assert list(seen.faults) == [name]
    assert why in seen.faults[name][0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("h-floor_area", "6O"),  # no number
        ("h-toilet", "hole"),  # not in the list
        ("m0-birth", "30/02/1980"),
        ("m0-birth", "05/02/2027"),  # not yet
        ("m0-health_insurance", "maybe"),
        (f"{LAW}:b1", "-5"),
    ],
)
def test_an_answer_that_cannot_be_read_counts_as_not_answered(name: str, value: str) -> None:
    one = form()
    faulty, empty = look(one, answers() | {name: [value]}), look(one, answers() | {name: []})
    assert list(faulty.faults) == [name]
    assert (told_of(faulty), faulty.missing) == (told_of(empty), empty.missing)
    assert name in {one.field for one in faulty.missing}


def told_of(seen: Look) -> Any:
    outcome = seen.outcome("closing")
    return outcome.told.result.to_json() if outcome and outcome.told else None


def test_a_fault_leaves_a_settled_class_and_opens_what_hangs_on_it() -> None:
    one = form()
    assert klass(look(one, answers(b1="120") | {"h-floor_area": ["6O"]})) == "near_poor"  # one more lacking at most
    seen = look(one, answers(b1="120", h_toilet=["none"], h_water_source=["other"]) | {"h-internet": ["có thể"]})
    assert klass(seen) is None
    assert [(one.field, one.decides) for one in seen.missing] == [("h-internet", True)]


def test_whoever_has_but_a_faulty_cell_still_belongs_to_the_household() -> None:
    seen = look(form(), answers(member(0), {"m3-birth": ["30/02/2015"]}))
    assert list(seen.faults) == ["m3-birth"]
    assert {"m3-birth"} < {one.field for one in seen.missing}


def test_a_fault_of_one_standard_does_not_silence_the_other() -> None:
    seen = look(form(round=old_round(), area="01399"), of_2021() | {f"{OLD}:b1": ["nhiều"], f"{LAW}:b1": ["160"]})
    assert (klass(seen), klass(seen, "opening")) == (None, "not_poor")


def test_none_of_them_beside_another_choice_is_a_fault() -> None:
    assert "Vừa chọn" in look(form(), answers(s_supports=["-", "health"])).faults["s-supports"][0]


def test_a_look_costs_three_queries_at_most(django_assert_max_num_queries: Any) -> None:
    made = form()
    look(made, answers())
    fresh = SurveyForm.objects.get(pk=made.pk)
    with django_assert_max_num_queries(3):
        look(fresh, answers(*[member(index) for index in range(5)]))


# what is asked of whom


@pytest.mark.parametrize(
    ("why", "first"),
    [(Why.POOR, "household"), (Why.ESCAPE, "household"), (Why.REQUEST, f"a:{LAW}"), (Why.FOUND, f"a:{LAW}")],
)
def test_phieu_a_is_asked_of_those_who_are_not_on_the_list_yet(why: Why, first: str) -> None:
    assert keys(look(form(why=why), answers()))[:2] == ["head", first]


@pytest.mark.parametrize("why", [Why.AVERAGE, Why.WORKER])
def test_phu_luc_viii_alone_asks_for_members_and_income(why: Why) -> None:
    seen = look(form(why=why), answers())
    assert keys(seen) == ["head", "annual", "note"]
    columns = ["person", "name", "birth", "relation", "sex", "ethnicity", "identity"]
    assert [one.name for one in seen.sheet.roster] == columns


def test_answers_to_what_a_form_does_not_ask_count_for_nothing() -> None:
    seen = look(form(why=Why.POOR), answers(b1="120") | {f"{LAW}:a": ["9"], "h-roof-colour": ["red"]})
    assert not seen.stopped
    assert klass(seen) == "near_poor"


def test_the_names_of_a_form_are_its_fields_for_any_row() -> None:
    names = Names(look(form(), {}).sheet)
    assert {"s-day", "h-toilet", f"{LAW}:b1", "m0-name", "m2000000000-identity", "s-causes"} <= set(filter(names.__contains__, [
        "s-day", "h-toilet", f"{LAW}:b1", "m0-name", "m2000000000-identity", "s-causes"]))  # fmt: skip
    assert not any(one in names for one in ("m0-password", "m-name", f"{LAW}:a", "s-", "m12345678901-name", "x"))


# Phiếu A


def test_phieu_a_over_its_bound_stops_the_review() -> None:
    one = form(why=Why.REQUEST)
    stopped = look(one, answers() | {f"{LAW}:a": ["4"]})
    assert stopped.stopped
    assert not look(one, answers() | {f"{LAW}:a": ["3"]}).stopped
    assert not look(one, answers()).stopped


def test_a_request_that_was_stopped_keeps_that_result() -> None:
    one = form(why=Why.REQUEST)
    rows = classify_form(form=one, answers={**member(0), f"{LAW}:a": ["5"]}, version=3, by=system_user(), at=AT)
    assert [(row.result["gate"], row.klass, row.version) for row in rows] == [("stop", "", 3)]


# change-over years, local standards, tables of points


def old_round(area: str = "045") -> Any:
    return a_round("2021-periodic", area, date(2021, 9, 1))


def of_2021(**more: list[str]) -> dict[str, list[str]]:
    told = {"h-house_class": ["solid"], "h-phone": ["yes"], "h-loudspeaker": ["yes"], "m0-health_care": ["not_ill"]}
    return answers(s_day=["05/10/2021"]) | told | more


def test_in_a_change_over_year_both_standards_are_told() -> None:
    one = form(round=old_round(), area="01399")
    lacking = {"h-toilet": ["none"], "h-water_source": ["other"], "m0-health_insurance": ["no"]}
    seen = look(one, of_2021(**lacking) | {f"{OLD}:b1": ["130"], f"{LAW}:b1": ["160"]})
    assert (klass(seen), klass(seen, "opening")) == ("poor", "not_poor")
    assert seen.outcomes[0][1].told.result.kind == "deprivation"  # type: ignore[union-attr]
    assert {f"b1:{OLD}", f"b1:{LAW}"} <= set(keys(seen))
    rows = classify_form(form=one, answers=seen.typed.data, version=1, by=system_user(), at=AT)
    assert [(row.purpose, row.standard, row.klass) for row in rows] == [
        ("closing", OLD, "poor"), ("opening", LAW, "not_poor"),
    ]  # fmt: skip


def test_the_lists_of_causes_are_the_closing_standards() -> None:
    seen = look(form(round=old_round(), area="01399"), {})
    causes = next(one for one in seen.sheet.controls() if one.name == "s-causes")
    assert causes.options["4"] == "Thiếu lao động"


def test_phieu_a_stops_only_where_both_standards_say_so() -> None:
    one = form(round=old_round(), area="01399", why=Why.REQUEST)
    items = {f"{OLD}:a-{number:02}": ["yes" if number < 4 else "no"] for number in range(1, 10)}
    assert not look(one, of_2021() | items).stopped
    assert look(one, of_2021() | items | {f"{LAW}:a": ["4"]}).stopped


def test_a_local_standard_is_told_beside_the_nations() -> None:
    seen = look(
        form(round=a_round("2024-periodic", "193", date(2024, 9, 1)), area="06688"), answers(s_day=["05/10/2024"])
    )
    assert [purpose for purpose, _ in seen.outcomes] == ["closing", "local_closing"]


def test_a_table_of_points_in_force_asks_for_its_boxes() -> None:
    entering, deciding = (person("administrator", NATION) for _ in range(2))
    put_table_in_force(row=draft_table(entering), by=deciding, at=NOON)
    seen = look(form(), answers())
    block = next(one for one in seen.sheet.blocks if one.key == f"b1:{LAW}")
    assert all(one.name.startswith(f"{LAW}:t-") for one in block.controls)
    assert seen.missing


def test_where_the_region_is_not_known_the_total_is_typed() -> None:
    entering, deciding = (person("administrator", NATION) for _ in range(2))
    put_table_in_force(row=draft_table(entering), by=deciding, at=NOON)
    with on_the_record():
        AreaTraits.objects.filter(code="04", kind="region").update(code="00")
    seen = look(form(), answers(b1="120"))
    block = next(one for one in seen.sheet.blocks if one.key == f"b1:{LAW}")
    assert ([one.name for one in block.controls], klass(seen)) == ([f"{LAW}:b1"], "near_poor")
    assert "Chưa rõ vùng" in block.note


# Phụ lục VIII


def test_an_average_standard_of_living_follows_from_the_income() -> None:
    one = form(why=Why.AVERAGE)
    assert klass(look(one, member(0) | earned(crops=24_000_000))) == "average"
    assert klass(look(one, member(0) | earned(crops=28_000_000))) == "not_poor"


def test_an_income_below_the_line_asks_for_phieu_b() -> None:
    seen = look(form(why=Why.AVERAGE), member(0) | earned(crops=12_000_000))
    assert klass(seen) is None
    assert [one.field for one in seen.missing] == [""]
    assert "Phiếu B" in seen.missing[0].text


def test_a_worker_of_low_income_is_told() -> None:
    seen = look(form(why=Why.WORKER), member(0) | earned(0, wages=26_000_000))
    assert seen.outcomes[0][1].told.result.low_income_worker  # type: ignore[union-attr]


def test_a_form_with_faults_is_not_classified() -> None:
    with pytest.raises(SurveyRefusedError, match="Còn 1 ô cần sửa"):
        classify_form(form=form(), answers=answers(s_day=["x"]), version=1, by=system_user(), at=AT)
