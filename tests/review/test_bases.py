"""What a decision rests on is proposed as papers cite it."""

from datetime import date

import pytest

from households.criteria.law.parts import LegalText
from households.review.actions.bases import cited


@pytest.mark.parametrize(
    ("law", "words"),
    [
        (
            LegalText(
                "nd07", "Nghị định 07/2021/NĐ-CP", date(2021, 1, 27),
                "Quy định chuẩn nghèo đa chiều giai đoạn 2021 - 2025",
            ),
            "Nghị định số 07/2021/NĐ-CP ngày 27/01/2021 của Chính phủ quy định chuẩn nghèo đa chiều giai đoạn 2021 - 2025",
        ),
        (LegalText("qd9", "Quyết định 995/QĐ-UBND", None, "Chuẩn nghèo"), "Quyết định số 995/QĐ-UBND"),
        (LegalText("x", "Chuẩn", date(2024, 3, 2), ""), "Chuẩn ngày 02/3/2024"),
    ],
)  # fmt: skip
def test_a_law_is_cited_with_number_day_and_who_made_it(law: LegalText, words: str) -> None:
    assert cited(law) == words
