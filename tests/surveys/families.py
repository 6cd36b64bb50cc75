"""A family of Trường Hà as the registry has it, and its form as the reviewer brought it back."""

from datetime import UTC, date, datetime
from typing import Any

from households.registry.models import Household
from households.surveys.form_models import SurveyForm
from households.surveys.forms.opening import prefilled
from tests.registry.people import household, member
from tests.surveys.filled import a_round, form, housed
from tests.surveys.filled import member as row

AT = datetime(2026, 10, 20, 3, tzinfo=UTC)
ON = date(2026, 10, 5)  # the day of the survey
Answers = dict[str, list[str]]
HEAD, WIFE, CHILD = 0, 1, 2  # rows


def family() -> Household:
    return household(
        members=[
            member("Nông Văn An", "head", born=date(1980, 2, 5), sex="male", ethnicity="tay"),
            member("Lò Thị Bình", "spouse", born=date(1982, 3, 6), sex="female", ethnicity="tay"),
            member("Nông Văn Cường", "child", born=date(2012, 4, 7), sex="male", ethnicity="tay"),
        ]
    )


def answers_of(found: Household, *gone: int, **more: str) -> Answers:
    """As the registry has the people, everything else answered; without the rows ``gone``; ``more``: m1_birth="…"."""
    listed = SurveyForm(round=a_round(), household=found, listed_at=AT)
    known = prefilled(listed)
    said = row(HEAD) | row(WIFE) | row(CHILD, work="", studying="lower_secondary", education="primary") | known
    said |= housed(devices="smartphone") | {"nd07-2021:b1": ["120"], "s-day": ["05/10/2026"], "s-causes": ["2"]}
    said |= {"s-reviewer": ["Hoàng Văn Tám"], "s-supports": ["credit"], "s-target_groups": ["ethnic_minority"]}
    said |= {name.replace("_", "-", 1): [value] for name, value in more.items()}
    return {name: values for name, values in said.items() if not name.startswith(tuple(f"m{one}-" for one in gone))}


def newcomer(index: int, name: str, birth: str, **more: str) -> Answers:
    return row(index, name, birth, **({"relation": "other_relative"} | more))


def filled_form(
    found: Household, *gone: int, added: Answers | None = None, why: str = "poor", **more: str
) -> SurveyForm:
    said: Any = answers_of(found, *gone, **more) | (added or {})
    return form(said, of=found, why=why)
