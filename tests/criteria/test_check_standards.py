"""manage.py check_standards: quiet exit 0, or each fault in its line and exit 1."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from households.criteria.law.proving import prove
from households.criteria.law.shelf import FOLDER, documents, misnamed, shipped, standard
from tests.criteria.documents import changed, line_of


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_the_shipped_documents_are_right() -> None:
    out = StringIO()
    call_command("check_standards", stdout=out)
    assert out.getvalue().splitlines()[-1] == "8 văn bản đúng."


def test_a_fault_is_told_by_file_line_and_sentence(tmp_path: Path) -> None:
    text = changed("qd09-2011", ("urban = 500_000\n", ""), ('over = "poor"', 'over = "por"'))
    name, err = written(tmp_path, "bad.toml", text), StringIO()
    with pytest.raises(CommandError, match=r"2 lỗi trong 1 tệp\."):
        call_command("check_standards", name, stderr=err)
    first, second = err.getvalue().splitlines()
    assert first.startswith(
        f"{name}:{line_of(text, '[[lines]]')}: Mức thu nhập 1 (poor): thiếu mức cho khu vực thành thị"
    )
    assert second.startswith(f"{name}:{line_of(text, 'por')}: Quy tắc 2 (near_poor), income.over: không có mức “por”")


def test_json_is_one_document_and_tells_of_the_fault(tmp_path: Path) -> None:
    name, out = written(tmp_path, "bad.toml", "x = 1.5.2\n"), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_standards", name, "--json", stdout=out)
    assert ended.value.code == 1
    (fault,) = json.loads(out.getvalue())["faults"]
    assert (fault["file"], fault["line"]) == (name, 1)


def test_json_of_right_documents_ends_with_zero() -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_standards", "--json", stdout=out)
    assert ended.value.code == 0
    assert [one["digest"] for one in json.loads(out.getvalue())["standards"]] != []


def test_a_new_document_is_set_against_the_shipped_ones(tmp_path: Path) -> None:
    text = changed("dongnai-2022", ('code = "dongnai-2022"', 'code = "dongnai-new"'))
    found = prove([Path(written(tmp_path, "new.toml", text))])
    ((_, fault),) = found.faults
    assert fault.line == line_of(text, "[[applies]]")
    assert (
        "các năm 2022–2025, tỉnh 75, kết quả rà soát của năm: “dongnai-new” và “dongnai-2022” cùng áp dụng"
        in fault.text
    )


def test_a_later_version_of_a_shipped_document_takes_its_place(tmp_path: Path) -> None:
    text = changed("dongnai-2022", ("version = 1", "version = 2"))
    assert prove([Path(written(tmp_path, "dongnai-2022.toml", text))]).faults == ()


def test_a_local_document_may_inherit_from_a_file_given_before_it(tmp_path: Path) -> None:
    parent = changed("qd59-2015", ('code = "qd59-2015"', 'code = "qd60"'))
    child = changed("binhduong-2016", ('inherits = "qd59-2015"', 'inherits = "qd60"'))
    files = [Path(written(tmp_path, name, text)) for name, text in (("qd60.toml", parent), ("bd.toml", child))]
    assert [(one.code, one.parent) for one in prove(files).standards] == [("qd60", ""), ("binhduong-2016", "qd60")]


def test_one_code_in_two_files_is_refused(tmp_path: Path) -> None:
    files = [Path(written(tmp_path, name, changed("qd09-2011"))) for name in ("a.toml", "b.toml")]
    assert [(name, fault.text) for name, fault in prove(files).faults] == [
        (str(files[1]), f"mã “qd09-2011” đã dùng ở tệp {files[0]}.")
    ]


@pytest.mark.parametrize(("given", "says"), [(b"a = 1\n\xff", "không phải mã UTF-8"), (None, "không có tệp này")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, given: bytes | None, says: str) -> None:
    if given is not None:
        (tmp_path / "x.toml").write_bytes(given)
    ((_, fault),) = prove([tmp_path / "x.toml"]).faults
    assert says in fault.text
    assert fault.line == (2 if given else 1)


def test_a_shipped_file_carries_the_code_of_its_standard() -> None:
    fault = misnamed(FOLDER / "qd9.toml", standard("qd09-2011"))
    assert fault is not None
    assert fault.text == "tệp phải mang tên qd09-2011.toml."
    assert [misnamed(path, standard(path.stem)) for path in documents()] == [None] * 8


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    ((_, fault),) = prove([tmp_path]).faults
    assert fault.text == "không đọc được: phải là một tệp mà tài khoản này được đọc."
    assert len(shipped()) == 8
