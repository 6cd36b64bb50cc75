"""load_villages says what it would do, does it once, and with the rights of the account it acts for."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from households.areas.models import Area
from tests.access.people import AREAS, person

ROWS = f"ma_xa,loai,ten_thon,tu_ngay,can_cu\n{AREAS.COMMUNE},Xóm,Nà Mạ,01/09/2026,NQ 12\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "thon.csv"
    path.write_text(ROWS, encoding="utf-8")
    return str(path)


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("load_villages", *arguments, stdout=out)
    return out.getvalue()


def stored() -> int:
    return Area.objects.filter(level="village").count()


def test_without_commit_nothing_is_stored(file: str) -> None:
    assert "Chưa lưu gì (thiếu --commit). Sẽ lưu 1 thôn mới" in run(file)
    assert stored() == 0


def test_the_leader_of_the_commune_loads_its_villages_once(file: str) -> None:
    leader = person("commune_leader", AREAS.COMMUNE)
    report = json.loads(run(file, "--commit", "--by", leader.username, "--json"))
    assert (report["new"], report["stored"], stored()) == (1, True, 1)
    assert "Đã lưu 0 thôn mới; 1 thôn đã có từ trước" in run(file, "--commit", "--by", leader.username)


def test_the_leader_of_another_commune_loads_nothing(file: str) -> None:
    stranger = person("commune_leader", AREAS.FOREIGN_COMMUNE)
    with pytest.raises(CommandError, match=r"Không nạp dòng nào: tệp thon\.csv có 1 lỗi"):
        run(file, "--commit", "--by", stranger.username)
    assert stored() == 0


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        run("/khong/co.csv")
