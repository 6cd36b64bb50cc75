"""``manage.py open_round``."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from households.surveys.models import SurveyRound
from tests.access.people import AREAS, person

pytestmark = pytest.mark.django_db


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("open_round", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def leader(db: None) -> str:
    return person("commune_leader", AREAS.COMMUNE).username


def asked(by: str, *more: str, code: str = "2026-periodic", area: str = AREAS.COMMUNE) -> list[str]:
    return [code, "--area", area, "--on", "01/09/2026", "--by", by, *more]


def test_without_commit_it_says_what_it_would_open(leader: str) -> None:
    assert "Sẽ mở đợt 2026-periodic cho Xã Trường Hà (01392), 01/09/2026–14/12/2026" in command(*asked(leader))
    assert not SurveyRound.objects.exists()


def test_it_opens_with_commit(leader: str) -> None:
    told = json.loads(command(*asked(leader, "--commit", "--json")))
    found = SurveyRound.objects.get()
    assert (told["id"], told["stored"], told["standards"]) == (found.pk, True, {"closing": "nd07-2021"})
    assert found.opened_by.username == leader


def test_own_days_are_written_whole(leader: str) -> None:
    assert "15/08/2026–30/11/2026" in command(*asked(leader, "--from", "15/8/2026", "--until", "30/11/2026"))
    with pytest.raises(CommandError, match="cả hai ngày"):
        command(*asked(leader, "--from", "15/8/2026"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"area": AREAS.SIBLING}, "không gồm"),
        ({"area": "99999"}, "Không có đơn vị hành chính"),
        ({"code": "2026"}, "không phải mã đợt"),
    ],
)
def test_a_refusal_is_a_sentence_also_without_commit(changed: dict[str, str], words: str, leader: str) -> None:
    with pytest.raises(CommandError, match=words):
        command(*asked(leader, **changed))


def test_it_says_that_a_change_over_year_has_no_opening_standard_yet(leader: str) -> None:
    """Decree 351/2025 is a draft in the portal: a round of 2026 gives the year's result only."""
    assert "Chưa gắn chuẩn mở đầu giai đoạn sau (nd351-2025)" in command(*asked(leader))
    assert json.loads(command(*asked(leader, "--json")))["awaited"] == ["nd351-2025"]
    assert "Chưa gắn" not in command("2025-periodic", *asked(leader)[1:3], "--on", "1/9/2025", "--by", leader)
