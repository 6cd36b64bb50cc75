"""docs/survey-checks.md, from the checks and what they say in the situations."""

from collections.abc import Iterator

from households.surveys.checks.listed import CHECKS, Check
from tests.surveys.situations import said_in, situations

HEAD = """# What is checked before a form is finished

Made from `households/surveys/checks/` and the situations in `tests/surveys/situations/`; do not edit by hand
(`UPDATE_GUIDE=1 bin/test tests/surveys/test_checks.py`).

An **error** has to be corrected. A **question** is either corrected or confirmed with a reason; when the answers it rests on
change it comes again. A **hint** is only shown. Nothing here changes a class: that is worked out by the standard alone.
The last column says what stands behind a check: an article, with a mark where nobody has compared it with the text, or
experience (“kinh nghiệm”), which is the portal's own and no law.
"""
WORDS = {
    "roster": "Who stands on the roster", "kin": "Relations and ages", "numbers": "Personal numbers",
    "registry": "Against the registry", "schooling": "School and diplomas", "working": "Work",
    "health": "Insurance, nutrition, allowances", "house": "The house", "scores": "Points and classes",
    "money": "Incomes in đồng", "causes": "Causes, groups, needs", "paper": "The head of the paper",
    "last_year": "Against the year before",
}  # fmt: skip


def table() -> str:
    return "\n".join([HEAD, f"{len(CHECKS)} checks.", *_sections(), ""])


def _sections() -> Iterator[str]:
    for folder, title in WORDS.items():
        own = [check for check in CHECKS if check.__module__.split(".")[-2] == folder]
        yield f"\n## {title}\n\n| check | asks | strength | for example | basis |\n| --- | --- | --- | --- | --- |"
        yield from (_line(check) for check in own)


def _line(check: Check) -> str:
    found = [finding for one in situations() if one.check == check.__name__ for finding in said_in(one)]
    strengths = ", ".join(dict.fromkeys(finding.strength.value for finding in found))
    cells = [
        f"`{check.__name__}`",
        " ".join((check.__doc__ or "").split()),
        strengths,
        found[0].sentence,
        found[0].basis,
    ]
    return "| " + " | ".join(cells) + " |"
