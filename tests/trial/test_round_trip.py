"""What is typed into the page comes to the engine as it was meant: the same class, scores and gaps as by its own input."""

from datetime import date
from typing import Any

import pytest

from households.criteria.b1.shelf import demonstration
from households.criteria.engine.classify import prepare
from households.criteria.law.parts import AreaType, Standard
from households.criteria.law.shelf import standard
from households.criteria.questionnaire.answers import answers_of
from households.criteria.questionnaire.sheet import AppliedStandard, Way
from households.criteria.questionnaire.typed import Typed
from tests.criteria.random_households import random_households
from tests.trial.typing import typed

HOUSEHOLDS = 150


def posted(fields: dict[str, Any]) -> Typed:
    return Typed({name: value if isinstance(value, list) else [value] for name, value in fields.items()})


def way_of(answers: dict[str, Any]) -> Way:
    if "members" in answers:
        return Way.FULL
    return Way.SCORES if "b2" in answers else Way.INCOME


def as_asked(answers: dict[str, Any], law: Standard, *, by_boxes: bool) -> dict[str, Any]:
    """The page takes a row for a person when something stands in it, the income only where there are no points, and the
    total of B1 only where there are no boxes."""
    if "members" not in answers:
        return answers
    members = [{**one, "name": one.get("name") or "Lò Văn A"} for one in answers["members"]]
    left_out = {"income_month"} if law.score_lines else {"b1"}
    left_out |= {"b1"} if by_boxes else set()
    return {**{key: value for key, value in answers.items() if key not in left_out}, "members": members}


@pytest.mark.parametrize(
    ("code", "on", "with_table"),
    [
        ("nd07-2021", date(2026, 11, 22), False),
        ("qd59-2015", date(2020, 2, 29), False),
        ("qd59-2015", date(2020, 11, 1), True),
        ("dongnai-2022", date(2023, 11, 1), False),
    ],
)
def test_the_page_and_the_engine_agree(code: str, on: date, with_table: bool) -> None:
    law, table = standard(code), demonstration(code) if with_table else None
    asked = {"standard": law, "on": on, "area_type": AreaType.RURAL, "b1_table": table}
    classifier = prepare(law, on=on, area_type=AreaType.RURAL, variant="nmm" if table else None, b1_table=table)
    different = []
    for household in random_households(HOUSEHOLDS, seed=7, **asked):
        answers = as_asked(household, law, by_boxes=with_table)
        page = posted(typed(answers, code))
        read = answers_of(way_of(answers), AppliedStandard(law, "", table), page)
        assert page.faults == {}
        if classifier.classify(read) != classifier.classify(answers):
            different.append((answers, read))
    assert different == []


def test_a_total_typed_before_the_boxes_were_shown_is_not_sent_along() -> None:
    law = standard("qd59-2015")
    page = posted({"qd59-2015:b1": "130", "m0-name": "Lò Văn A"})
    assert "b1" in answers_of(Way.FULL, AppliedStandard(law, "", None), page)
    assert "b1" not in answers_of(Way.FULL, AppliedStandard(law, "", demonstration("qd59-2015")), page)
