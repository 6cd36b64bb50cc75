"""The same answers come to the same on the page, in what is kept, by ``manage.py classify`` and by the columns."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from households.criteria.columns.classify import classify_columns
from households.criteria.columns.reading import table_of
from households.criteria.engine.result import Result
from households.criteria.law.parts import AreaType, Standard
from households.criteria.law.shelf import standard
from households.surveys.classification import Look, answers_seen, look
from households.surveys.form_models import SurveyResult
from households.surveys.looking import looks, typed_forms
from households.surveys.models import SurveyRound
from tests.criteria.agreeing import as_columns, differences
from tests.registry.small import demonstration
from tests.surveys.filled import answers, form, member

Group = tuple[date, str]


def seen_in(survey_round: SurveyRound) -> list[Look]:
    return [one for one in looks(typed_forms(survey_round, survey_round.area_code)) if one.typed.filled_indexes()]


def results(seen: list[Look], code: str) -> Iterator[tuple[Look, Result]]:
    """As the page shows them."""
    for one in seen:
        told = next(outcome.told for _purpose, outcome in one.outcomes if outcome.applied.code == code)
        assert told is not None, one.faults
        yield one, told.result


def by_command(survey_round: SurveyRound, code: str, folder: Path) -> dict[int, Any]:
    """Form → what ``manage.py classify`` prints of the answers that ``manage.py survey_answers`` prints."""
    asked = ["--round", survey_round.code, "--area", survey_round.area_code, "--standard", code]
    groups: dict[Group, list[Any]] = defaultdict(list)
    for one in printed("survey_answers", *asked, "--on-of-form"):
        groups[one["on"], one["area_type"]].append(one)
    found = dict[int, Any]()
    for (on, area_type), ours in groups.items():
        path = folder / "answers.json"
        path.write_text(json.dumps([one["answers"] for one in ours]), encoding="utf-8")
        told = printed("classify", str(path), "--standard", code, "--on", str(on), "--area-type", area_type)
        found |= {one["form"]: result for one, result in zip(ours, told, strict=True)}
    return found


def printed(*command: str) -> Any:
    out = StringIO()
    call_command(*command, stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def disagreeing_columns(seen: list[Look], law: Standard) -> dict[Group, Any]:
    groups: dict[Group, list[tuple[dict[str, Any], Result]]] = defaultdict(list)
    for one, result in results(seen, law.code):
        bound = next(bound for bound in one.bounds if bound.applied.code == law.code)
        groups[one.on, one.ground.area_type].append((answers_seen(one, bound), result))
    found = {}
    for (on, area_type), rows in groups.items():
        columns = classify_columns(law, table_of([told for told, _ in rows]), on=on, area_type=AreaType(area_type))
        if differing := differences(columns, as_columns(law, [result for _, result in rows])):
            found[on, area_type] = differing
    return found


@pytest.mark.parametrize(
    ("last", "code"),
    [(2025, "nd07-2021"), (2021, "qd59-2015"), (2021, "nd07-2021")],
    ids=["2025", "closing", "opening"],
)
def test_page_command_and_columns_agree_on_the_demonstration(db: None, last: int, code: str, tmp_path: Path) -> None:
    demonstration(last=last, forms=True)
    rounds = list(SurveyRound.objects.filter(forms__isnull=False).distinct())
    assert rounds
    for survey_round in rounds:
        seen = seen_in(survey_round)
        page = {one.form.pk: result.to_json() for one, result in results(seen, code)}
        assert by_command(survey_round, code, tmp_path) == page
        assert disagreeing_columns(seen, standard(code)) == {}
        kept = SurveyResult.objects.filter(form__round=survey_round, standard=code)
        assert {row.form_id: row.result for row in kept}.items() <= page.items()
        assert kept.count() > len(page) / 2


def test_forms_of_several_days_are_printed_day_by_day(recorded: None) -> None:
    first = form(answers())
    second = form(answers(s_day=["06/10/2026"]))
    asked = ["survey_answers", "--round", "2026-periodic", "--area", "01392", "--standard", "nd07-2021"]
    with pytest.raises(CommandError, match="khác ngày hoặc khác khu vực"):
        printed(*asked)
    assert len(printed(*asked, "--on", "2026-10-06")) == 1
    assert {one["form"] for one in printed(*asked, "--on-of-form")} == {first.pk, second.pk}


def test_a_form_with_a_fault_is_named_and_not_printed(recorded: None) -> None:
    faulty = form(answers(member(0, birth="1/13/1980")))
    said = StringIO()
    asked = ["survey_answers", "--round", "2026-periodic", "--area", "01392", "--standard", "nd07-2021"]
    call_command(*asked, stdout=StringIO(), stderr=said)
    assert f"Phiếu {faulty.pk} còn ô sai, không in: m0-birth" in said.getvalue()


@pytest.mark.parametrize("wrong", [{"h-floor_area": ["6O"]}, {"nd07-2021:b1": ["-5"]}, {"m0-birth": ["30/02/1980"]}])
def test_what_the_page_makes_of_the_rest_of_a_form_with_a_fault_the_command_makes_too(
    recorded: None, wrong: dict[str, list[str]], tmp_path: Path
) -> None:
    seen = look(form(), answers() | wrong)
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers_seen(seen, seen.bounds[0]), default=float), encoding="utf-8")
    told = printed("classify", str(path), "--standard", "nd07-2021", "--on", "2026-10-05", "--area-type", "rural")
    outcome = seen.outcomes[0][1].told
    assert list(seen.faults) == list(wrong)
    assert outcome is not None
    assert outcome.result.to_json() == told


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (["--area", "01392", "--standard", "nd07-2021", "--round", "2024-periodic"], "Không có đợt 2024-periodic"),
        (["--area", "06688", "--standard", "nd07-2021", "--round", "2026-periodic"], "rà soát 06688"),
        (["--area", "01392", "--standard", "qd59-2015", "--round", "2026-periodic"], "không gắn vào đợt"),
    ],
)
def test_what_no_form_answers_is_refused_in_words(recorded: None, asked: list[str], why: str) -> None:
    form(answers())
    with pytest.raises(CommandError, match=why):
        printed("survey_answers", *asked)
