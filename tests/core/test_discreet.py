"""Personal numbers where people write words: seen, whatever the blanks; other numbers are let be."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from povertyportal.core.discreet import hide_numbers, holds_number
from povertyportal.core.job_kinds import register_job
from povertyportal.core.jobs import start_job
from povertyportal.core.logs import DiscreetFormatter
from tests.people import account


@pytest.mark.parametrize(
    "text",
    [
        "004190012345",
        "căn cước 004190012345.",
        "CCCD:004190012345",
        "CCCD004190012345",
        "số.004190012345/ông An",
        "004 190 012 345",
        "004.190.012.345",
        "004-190-012-345",
        "００4190012345",
        "CMND 090123456",
        "090 123 456",
        "thẻ HN4040412345678",
    ],
)
def test_a_personal_number_is_seen(text: str) -> None:
    assert holds_number(text)
    assert not holds_number(hide_numbers(text))


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định 1234/QĐ-UBND ngày 05/01/2026",
        "điện thoại 0912345678",
        "hỗ trợ 123.456.789 đồng, 1.250.000.000 đồng",
        "từ 01/01/2026 đến 31/12/2026",
        "H1234567, mã 01392-001",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "7a004190012345f1",
        "3f2b8a10-77aa-4c1e-9d3f-123456789012",
        "2026-11-22T08:13:49.123456",
    ],
)
def test_other_numbers_are_let_be(text: str) -> None:
    assert not holds_number(text)


def test_the_log_hides_what_somebody_put_into_a_message() -> None:
    record = logging.LogRecord("povertyportal", logging.ERROR, "x.py", 1, "không tìm thấy %s", ("004190012345",), None)
    assert DiscreetFormatter("{message}", style="{").format(record) == "không tìm thấy •••"


@pytest.mark.django_db
@pytest.mark.parametrize("given", [{"key": "004190012345"}, {"arguments": {"rows": [{"number": "004 190 012 345"}]}}])
def test_a_job_is_never_given_a_number(given: dict[str, Any]) -> None:
    register_job("tests.nothing", "tests.core.test_discreet.nothing")
    asked = {"kind": "tests.nothing", "key": "a", "arguments": {}, **given}
    with pytest.raises(ValueError, match="personal number"):
        start_job(**asked, by=account("dao"), at=datetime(2026, 11, 22, tzinfo=UTC))


def nothing(progress: Any, arguments: Any) -> None:
    """What the job would do."""
