"""Stored figures: one door, nothing overwritten, nonsense refused by the database itself."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from povertyportal.core.accounts import acting_user
from povertyportal.core.models import User
from reports.models import ReportedFigure
from reports.reported.actions import FigureRefusedError, correct_figure, enter_figure, enter_figures
from reports.reported.checks import Statement
from reports.reported.queries import (
    figure_in_force,
    figures_in_force,
    latest_map,
    report_options,
    reported_source,
    revisions,
)
from reports.reported.source import Why
from reports.tables import Qualifier
from tests.people import account, on_the_record

AT = datetime(2020, 12, 30, 8, 0, tzinfo=UTC)
STATEMENT = Statement(
    report="S9",
    area_code="193",
    boundary_on=date(2020, 12, 29),
    programme="NHAO",
    measure="supported_households",
    unit="hộ",
    period_from=date(2016, 1, 1),
    period_to=date(2020, 12, 31),
    published="14",
    value=Decimal(14),
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def official() -> User:
    return acting_user(None)


@pytest.fixture
def stored(official: User) -> ReportedFigure:
    return enter_figure(statement=STATEMENT, origin="page", by=official, at=AT)


def changed(value: str) -> Statement:
    return replace(STATEMENT, published=value, value=Decimal(value))


def correct(figure: ReportedFigure, value: str, by: User, **more: Any) -> ReportedFigure:
    statement = more.pop("statement", changed(value))
    return correct_figure(
        figure=figure, statement=statement, reason=more.pop("reason", "gõ nhầm"), origin="page", by=by, at=AT
    )


def test_an_entered_figure_is_found_by_its_key_and_keeps_who_and_when(stored: ReportedFigure, official: User) -> None:
    found = figure_in_force(STATEMENT.key)
    assert found == stored
    assert (stored.entered_by, stored.entered_at, stored.revision) == (official, AT, 1)
    assert stored.as_figure().value == Decimal(14)


def test_the_same_key_cannot_be_entered_twice(stored: ReportedFigure, official: User) -> None:
    with pytest.raises(FigureRefusedError, match="Sửa số liệu"):
        enter_figure(statement=changed("15"), origin="page", by=official, at=AT)
    assert figure_in_force(STATEMENT.key) == stored


def test_a_correction_is_a_new_row_that_keeps_the_old_and_its_reason(stored: ReportedFigure, official: User) -> None:
    second = correct(stored, "15", official)
    third = correct(second, "16", official)
    assert [row.published for row in revisions(STATEMENT.key)] == ["16", "15", "14"]
    assert (third.revision, third.supersedes, third.reason) == (3, second, "gõ nhầm")
    assert figure_in_force(STATEMENT.key) == third
    assert figures_in_force().filter(report="S9").count() == 1


def test_a_correction_needs_a_reason_and_keeps_the_key(stored: ReportedFigure, official: User) -> None:
    with pytest.raises(FigureRefusedError, match="lý do"):
        correct(stored, "15", official, reason="  ")
    with pytest.raises(FigureRefusedError, match="không đổi được"):
        correct(stored, "15", official, statement=replace(STATEMENT, programme="DAT"))
    assert revisions(STATEMENT.key).count() == 1


def test_whoever_corrects_an_old_revision_is_told_to_look_again(stored: ReportedFigure, official: User) -> None:
    correct(stored, "15", official)
    with pytest.raises(FigureRefusedError, match="người khác sửa"):
        correct(stored, "16", official)
    assert [row.published for row in revisions(STATEMENT.key)] == ["15", "14"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": Decimal("1.5")}, "value"),
        ({"value": Decimal(-1)}, "value"),
        ({"value": Decimal("NaN")}, "value"),
        ({"value": Decimal("1e15")}, "value"),
        ({"value": Decimal(3), "upper": Decimal(3)}, "qualifier"),
        ({"qualifier": Qualifier.RANGE, "upper": None}, "qualifier"),
        ({"qualifier": Qualifier.OF, "value": Decimal(5), "upper": Decimal(3)}, "value"),
        ({"period_to": date(2015, 1, 1)}, "period_to"),
        ({"boundary_on": date(1900, 1, 1)}, "boundary_on"),
        ({"boundary_on": date(2026, 1, 1)}, "area_code"),
        ({"measure": " "}, "measure"),
        ({"note": "x" * 1001}, "note"),
        ({"note": "a\x00b"}, "note"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_field(changes: dict[str, Any], field: str, official: User) -> None:
    with pytest.raises(FigureRefusedError) as refused:
        enter_figure(statement=replace(STATEMENT, **changes), origin="page", by=official, at=AT)
    assert field in {problem.field for problem in refused.value.problems}


def test_a_yearly_change_may_be_negative_and_an_average_may_have_a_fraction(official: User) -> None:
    fall = replace(
        changed("-25"), measure="target_poor_households_change_per_year", unit="percent", qualifier=Qualifier.TARGET
    )
    average = replace(changed("12.1"), measure="criteria_per_commune", programme="NTM", unit="tiêu chí", report="S7")
    kept = enter_figures(statements=[(replace(fall, report="S7"), "page"), (average, "page")], by=official, at=AT)
    assert [str(row.as_figure().value) for row in kept] == ["-25", "12.1"]


def test_one_refused_figure_keeps_all_of_a_batch_out(official: User) -> None:
    with pytest.raises(FigureRefusedError):
        enter_figures(statements=[(STATEMENT, "a:2"), (STATEMENT, "a:3")], by=official, at=AT)
    assert not ReportedFigure.objects.filter(report="S9").exists()


def save(figure: ReportedFigure) -> None:
    with on_the_record():
        figure.save()


def row(official: User, **changes: Any) -> ReportedFigure:
    """A row put together past the actions, to see what the database itself refuses."""
    area = figures_in_force().filter(area_code="193").first()
    assert area is not None
    values = {
        "report": "S9",
        "area_id": area.area_id,
        "area_code": "193",
        "boundary_on": date(2020, 12, 29),
        "measure": "works",
        "unit": "công trình",
        "period_from": date(2016, 1, 1),
        "period_to": date(2020, 12, 31),
        "published": "1",
        "value": Decimal(1),
        "qualifier": "exact",
        "origin": "page",
        "entered_by": official,
        "entered_at": AT,
    }
    return ReportedFigure(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"period_to": date(2015, 1, 1)}, "figure_period_in_order"),
        ({"qualifier": "about"}, "figure_qualifier_known"),
        ({"qualifier": "range", "upper": Decimal(1)}, "figure_upper_fits_qualifier"),
        ({"qualifier": "of", "upper": Decimal(0)}, "figure_upper_fits_qualifier"),
        ({"qualifier": "exact", "upper": Decimal(2)}, "figure_upper_fits_qualifier"),
        ({"qualifier": "range"}, "figure_upper_fits_qualifier"),
        ({"revision": 2}, "figure_correction_complete"),
        ({"reason": "không thay cho dòng nào"}, "figure_correction_complete"),
        ({"unit": ""}, "figure_texts_given"),
        ({"area_code": "045"}, "figure_area_on_its_day"),
        ({"boundary_on": date(2019, 12, 31)}, "figure_area_on_its_day"),
    ],
)
def test_the_database_refuses_nonsense(changes: dict[str, Any], rule: str, official: User) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        save(row(official, **changes))


def test_the_database_refuses_a_correction_of_another_figure_or_out_of_turn(
    stored: ReportedFigure, official: User
) -> None:
    other = {"supersedes": stored, "reason": "gõ nhầm"}
    same = {"programme": "NHAO", "measure": "supported_households", "unit": "hộ"}
    for changes in ({**other, "revision": 2}, {**other, **same, "revision": 3}):
        with pytest.raises(IntegrityError, match="figure_follows_revision"), transaction.atomic():
            save(row(official, **changes))


@pytest.mark.parametrize(
    "statement", ["UPDATE reports_reportedfigure SET value = 1", "DELETE FROM reports_reportedfigure"]
)
def test_the_web_role_can_neither_change_nor_delete_a_figure(statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_latest_boundary_date_of_the_period_is_the_map_when_none_is_asked_for() -> None:
    first, last = date(2016, 1, 1), date(2020, 12, 31)
    assert latest_map(area_code="193", first=first, last=last) == date(2020, 12, 29)
    assert latest_map(area_code="193", first=date(2001, 1, 1), last=date(2005, 12, 31)) is None
    assert latest_map(area_code="00001", first=first, last=last) is None


@pytest.mark.parametrize(
    ("map_on", "used"), [(date(2020, 12, 29), 16), (date(2020, 1, 1), 16), (date(2019, 12, 31), 0)]
)
def test_figures_are_used_on_every_map_of_the_same_territory_and_on_no_other(map_on: date, used: int) -> None:
    source = reported_source(area_code="193", map_on=map_on, first=date(2016, 1, 1), last=date(2020, 12, 31))
    assert len(source.figures) == used
    assert len(source.left_out) == 16 - used
    assert {entry.why for entry in source.left_out} <= {Why.OTHER_MAP}


def test_each_area_offers_the_report_of_the_years_its_figures_speak_of() -> None:
    offered = [
        (one.area.code, one.boundary_on, one.first_year, one.last_year, one.figures)
        for one in report_options(figures_in_force())
    ]
    assert offered == [("045", date(2020, 9, 16), 2016, 2020, 43), ("193", date(2020, 12, 29), 2016, 2020, 16)]


def test_points_alone_offer_the_years_between_them(official: User) -> None:
    for year in (2022, 2024):
        day = date(year, 12, 31)
        point = replace(
            STATEMENT, area_code="04", measure="poor_households", programme="", period_from=day, period_to=day
        )
        enter_figure(statement=point, origin="page", by=official, at=AT)
    [option] = [one for one in report_options(figures_in_force()) if one.area.code == "04"]
    assert (option.first_year, option.last_year) == (2022, 2024)


@pytest.mark.parametrize(
    ("points", "offered"),
    [((2016, 2018), (2016, 2018, 3)), ((2001, 2018), (2017, 2018, 2))],
)
def test_the_years_offered_hold_the_figures_that_are_counted(
    official: User, points: tuple[int, ...], offered: tuple[int, int, int]
) -> None:
    elsewhere = replace(STATEMENT, area_code="04", period_from=date(2017, 1, 1), period_to=date(2018, 12, 31))
    enter_figure(statement=elsewhere, origin="page", by=official, at=AT)
    for year in points:
        day = date(year, 1, 1)
        point = replace(elsewhere, measure="poor_households", programme="", period_from=day, period_to=day)
        enter_figure(statement=point, origin="page", by=official, at=AT)
    [option] = [one for one in report_options(figures_in_force()) if one.area.code == "04"]
    assert (option.first_year, option.last_year, option.figures) == offered


def test_figures_of_one_unit_stated_on_several_days_make_one_report_on_the_latest(official: User) -> None:
    for day in (date(2020, 12, 29), date(2020, 12, 31)):
        moved = replace(STATEMENT, area_code="04", boundary_on=day)
        enter_figure(statement=moved, origin="page", by=official, at=AT)
    [option] = [one for one in report_options(figures_in_force()) if one.area.code == "04"]
    assert (option.boundary_on, option.figures) == (date(2020, 12, 31), 2)


def test_nobody_enters_or_corrects_figures_without_the_right(stored: ReportedFigure) -> None:
    reader = account("chi-xem")
    for write in (
        lambda: enter_figure(statement=replace(STATEMENT, programme="DAT"), origin="page", by=reader, at=AT),
        lambda: correct(stored, "15", reader),
    ):
        with pytest.raises(FigureRefusedError, match="không có quyền nhập số liệu"):
            write()
    assert figure_in_force(STATEMENT.key) == stored


def test_a_correction_that_changes_nothing_is_no_correction(stored: ReportedFigure, official: User) -> None:
    with pytest.raises(FigureRefusedError, match="không có gì khác"):
        correct(stored, "14", official)
    assert revisions(STATEMENT.key).count() == 1
