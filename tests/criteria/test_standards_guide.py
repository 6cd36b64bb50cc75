"""docs/standards.md stays true: its example is read, its tables name what there is."""

import re
from pathlib import Path

import pytest

from households.criteria.law.conditions import TEST_KINDS
from households.criteria.law.parts import Sureness
from households.criteria.law.shelf import read_standard
from households.criteria.law.wording import SECTIONS

GUIDE = (Path(__file__).parents[2] / "docs" / "standards.md").read_text(encoding="utf-8")


def test_the_example_of_the_guide_is_a_right_document() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    standard = read_standard(example, name="docs/standards.md")
    assert (standard.scope, standard.parent, len(standard.indicators)) == (("99",), "nd07-2021", 12)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_explained(section: str) -> None:
    assert re.search(rf"`\[+{section}[\].]", GUIDE)


@pytest.mark.parametrize("word", [*Sureness, *TEST_KINDS])
def test_every_word_with_a_meaning_of_its_own_is_explained(word: str) -> None:
    assert f"| `{word}` |" in GUIDE


def test_a_path_in_the_guide_is_a_file() -> None:
    named = re.findall(r"`((?:households|docs|tests)/[\w/.-]+\w)`", GUIDE)
    root = Path(__file__).parents[2]
    assert [name for name in named if not list(root.glob(name + "*"))] == []
    assert len(named) >= 3
