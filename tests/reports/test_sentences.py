"""Case files: figures in, sentence out. A lawyer or an official reads them without Python."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reports.sentences.patterns import result_sentences, target_sentences
from reports.sentences.series import points_of, series_sentences, series_words
from reports.tables import Figure, Sentence
from tests.reports.figures import FIRST, LAST, figure

CASES = Path(__file__).parent / "cases"
NEXT = {"first": date(2021, 1, 1), "last": date(2025, 12, 31), "qualifier": "target"}


def cases(name: str) -> list[Any]:
    entries = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(entry, id=entry["name"]) for entry in entries]


def figures_of(case: dict[str, Any], **more: Any) -> list[Figure]:
    return [figure(**{**more, **entry}) for entry in case["figures"]]


def texts(sentences: tuple[Sentence, ...]) -> list[str]:
    return [sentence.text for sentence in sentences]


def assert_numbers_stand_in_order(sentences: tuple[Sentence, ...]) -> None:
    for sentence in sentences:
        start = 0
        for number in sentence.numbers:
            start = sentence.text.index(number.text, start) + len(number.text)


@pytest.mark.parametrize("case", cases("series"))
def test_a_series_is_told_as_the_case_says(case: dict[str, Any]) -> None:
    words = next(words for words in series_words() if words.count == case["measure"])
    told = series_sentences(words, points_of(words, figures_of(case)), place=case["place"])
    assert texts(told) == case["sentences"]
    assert_numbers_stand_in_order(told)


@pytest.mark.parametrize("case", cases("results"))
def test_results_are_told_as_the_case_says(case: dict[str, Any]) -> None:
    figures = figures_of(case)
    told = result_sentences(figures, first=FIRST, last=LAST)
    assert texts(told) == case["sentences"]
    assert_numbers_stand_in_order(told)
    assert {key for one in told for number in one.numbers for key in number.keys} == {one.key for one in figures}


@pytest.mark.parametrize("case", cases("targets"))
def test_targets_are_told_as_the_case_says(case: dict[str, Any]) -> None:
    [(period, told)] = target_sentences(figures_of(case, **NEXT))
    assert period == "giai đoạn 2021 - 2025"
    assert texts(told) == case["sentences"]
    assert_numbers_stand_in_order(told)
