"""A wrong document is refused with the line and a sentence that says where, what, and what would be right."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from households.criteria.law.shelf import content
from tests.criteria.bad_documents import CASES, Bad
from tests.criteria.documents import changed, faults, line_of, only_fault


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_wrong_document_is_named_by_line_and_sentence(case: Bad) -> None:
    text = changed(case.code, *case.changes)
    found = faults(text)
    here = [one for one in found if case.says in one.sentence]
    assert here, [one.sentence for one in found]
    assert here[0].line == line_of(text, case.marker, case.nth)


def test_all_faults_come_at_once_in_the_order_of_lines() -> None:
    text = changed("nd07-2021", ("urban = 2_000_000\n", ""), ('"no_contract"]', '"x"]'), ("over = 50", 'over = "50"'))
    found = faults(text)
    assert [one.line for one in found] == sorted(one.line for one in found)
    assert len(found) == 3


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("rural = 1.500.000", "1_500_000, không viết 1.500.000"),
        ('name = "Hộ', "chữ phải nằm gọn trong một dòng"),
        ("checked = 2021-02-30", "ngày không có thật"),
        ("name = Hộ nghèo", "chữ phải đặt trong ngoặc kép"),
        ("name = “Hộ nghèo”", "ngoặc kép thẳng"),
        ("date = 27/01/2021", "ngày viết 2021-01-27"),
        ('code = "a"\ncode = "b"', "mỗi khóa chỉ ghi một lần"),
        ("scope [1]", "phải có dấu “=”"),
        ("[[lines]", "tên bảng chưa đóng"),
    ],
)
def test_bad_toml_is_named_by_its_line(wrong: str, says: str) -> None:
    fault = only_fault(f"# đầu\n\n{wrong}\n")
    assert fault.line in (3, 4)
    assert says in fault.text


def test_a_number_of_thousands_of_digits_is_a_fault() -> None:
    assert only_fault(f"version = {'9' * 5000}\n").text == "có một số quá dài."


@pytest.mark.parametrize(("key", "most"), [("code", 60), ("title", 300)])
def test_a_text_that_no_column_holds_is_a_fault(key: str, most: int) -> None:
    written = f'{key} = "' + content("nd07-2021").split(f'\n{key} = "', 1)[1].split("\n", 1)[0]
    found = faults(changed("nd07-2021", (written, f'{key} = "{"a" * (most + 1)}"')))
    assert f"dài {most + 1} ký tự, nhiều nhất {most}" in " ".join(one.text for one in found)


def test_an_open_list_is_named_even_where_the_text_ends() -> None:
    fault = only_fault('scope = ["79"\n')
    assert (fault.line, fault.text) == (1, "viết sai quy tắc TOML: danh sách “[” chưa đóng bằng “]”.")


def test_more_rules_than_anybody_can_read_are_refused_before_they_are_compared() -> None:
    rule = '[[rules]]\ncode = "r"\nclass = "poor"\nname = "r"\ntext = "r"\n[rules.income]\nup_to = "poor"\n'
    found = faults(changed("qd09-2011") + rule * 3000)
    assert [(one.where, one.text) for one in found if "nhiều nhất" in one.text] == [
        ("Quy tắc", "có 3002 bảng, nhiều nhất 60.")
    ]


def test_a_text_without_end_is_not_read() -> None:
    assert "quá dài" in only_fault("#" * 400_001).text
    assert "quá nhiều dấu ngoặc" in only_fault("x = " + "[" * 100_000).text


VALUES = [
    "true",
    "1",
    '"x"',
    '""',
    "[]",
    "{}",
    "2021-01-01",
    "-1",
    "1.5",
    '["x"]',
    '[["a", "b"]]',
    "1e400",
    "nan",
    "12:00:00",
]


@settings(max_examples=150, deadline=None)
@given(
    code=st.sampled_from(["nd07-2021", "qd59-2015", "tphcm-2021"]),
    at=st.integers(0, 10**6),
    value=st.sampled_from([None, *VALUES]),
)
def test_whatever_one_line_says_the_answer_is_a_standard_or_faults_with_lines(
    code: str, at: int, value: str | None
) -> None:
    """A line taken away, or another value in it: never any other error."""
    lines = content(code).splitlines()
    at %= len(lines)
    key = re.match(r"\w+ = ", lines[at])
    lines[at : at + 1] = [key[0] + value] if key and value else []
    for fault in faults("\n".join(lines)):
        assert 1 <= fault.line <= len(lines) + 1
        assert fault.text
