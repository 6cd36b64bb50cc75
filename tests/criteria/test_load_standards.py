"""``load_standards``: what the portal ships comes into force once, and no file changes what is in force."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from households.criteria.law import shelf
from households.criteria.models import LegalStandard, State
from tests.criteria.published import local_text

pytestmark = pytest.mark.django_db
CODES = {
    "qd09-2011",
    "qd59-2015",
    "nd07-2021",
    "nd351-2025",
    "tphcm-2021",
    "dongnai-2022",
    "quangninh-2023",
    "binhduong-2016",
}


def load(*arguments: str) -> str:
    out = io.StringIO()
    call_command("load_standards", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shipped documents in a folder of the test's own."""
    for path in shelf.documents():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(shelf, "FOLDER", tmp_path)
    shelf._by_code.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    shelf._by_code.cache_clear()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    shelf._by_code.cache_clear()


def test_all_are_there_and_only_the_draft_is_not_in_force() -> None:
    found = {row.code: row for row in LegalStandard.objects.all()}
    assert set(found) == CODES
    assert {code for code, row in found.items() if row.state != State.IN_FORCE} == {"nd351-2025"}
    assert all(row.law_digest == shelf.standard(code).digest for code, row in found.items())
    assert all(row.approved_by is None and not row.checks.exists() for row in found.values())


def test_a_second_load_changes_nothing() -> None:
    told = json.loads(load("--commit", "--json"))
    assert (told["changes"], set(told["unchanged"])) == (0, CODES)
    assert "0 thay đổi." in load("--commit")


def test_without_commit_nothing_is_stored(folder: Path) -> None:
    (folder / "caobang-2028.toml").write_text(local_text(), encoding="utf-8")
    shelf._by_code.cache_clear()
    assert "caobang-2028" in load()
    assert not LegalStandard.objects.filter(code="caobang-2028").exists()
    load("--commit")
    assert LegalStandard.objects.get(code="caobang-2028").state == State.IN_FORCE


def test_a_file_that_differs_from_what_is_in_force_is_refused_and_nothing_is_loaded(folder: Path) -> None:
    (folder / "caobang-2028.toml").write_text(local_text(), encoding="utf-8")
    change(folder / "qd09-2011.toml", "400_000", "450_000")
    with pytest.raises(CommandError) as told:
        load("--commit")
    assert "Tệp qd09-2011.toml khác với phiên bản 1 đã áp dụng" in str(told.value)
    assert "tăng “version”" in str(told.value)
    assert not LegalStandard.objects.filter(code="caobang-2028").exists()


def test_a_new_version_of_a_file_waits_for_two_persons(folder: Path) -> None:
    change(folder / "qd09-2011.toml", "version = 1", "version = 2")
    assert "qd09-2011: phiên bản mới chờ hai người duyệt" in load("--commit")
    states = dict(LegalStandard.objects.filter(code="qd09-2011").values_list("version", "state"))
    assert states == {1: State.IN_FORCE, 2: State.DRAFT}


def test_a_changed_parent_asks_for_a_new_version_of_its_children_too(folder: Path) -> None:
    change(folder / "nd07-2021.toml", "version = 1", "version = 2")
    with pytest.raises(CommandError, match=r"Chuẩn gốc của dongnai-2022\.toml khác"):
        load("--commit")


def test_a_draft_file_may_change_as_long_as_it_is_a_draft(folder: Path) -> None:
    change(folder / "nd351-2025.toml", 'title = "Chuẩn', 'title = "Dự thảo chuẩn')
    load("--commit")
    rows = LegalStandard.objects.filter(code="nd351-2025").order_by("pk")
    assert [(row.state, row.title[:3]) for row in rows] == [(State.WITHDRAWN, "Chu"), (State.DRAFT, "Dự ")]


def test_a_broken_file_is_told_with_its_line(folder: Path) -> None:
    change(folder / "qd09-2011.toml", "400_000", '"bốn trăm nghìn"')
    with pytest.raises(CommandError, match=r"qd09-2011\.toml:\d+: "):
        load()
