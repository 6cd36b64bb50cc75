"""``manage.py print_form``."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.rendering.reading import pdf_text

pytestmark = pytest.mark.django_db


def printed(form: str, code: str, out: str, **options: str) -> None:
    call_command("print_form", form, standard=code, out=out, stdout=StringIO(), **options)


@pytest.mark.parametrize(("form", "title"), [("a", "PHIẾU A"), ("b", "PHIẾU B"), ("viii", "PHỤ LỤC VIII")])
def test_a_form_is_written_to_a_file(form: str, title: str, tmp_path: Path) -> None:
    printed(form, "nd07-2021", str(tmp_path / "x.pdf"))
    assert title in pdf_text((tmp_path / "x.pdf").read_bytes()).upper()


@pytest.mark.parametrize(
    ("form", "code", "variant", "said"),
    [
        ("c", "nd07-2021", "", "cần một trong: a, b, viii"),
        ("a", "nd07", "", "qd59-2015"),
        ("a", "nd351-2025", "", "Không có chuẩn"),
        ("b", "nd07-2021", "bac", "không phải khu vực"),
    ],
)
def test_what_cannot_be_printed_is_told_in_a_sentence(form: str, code: str, variant: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        printed(form, code, "-", variant=variant)


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        printed("a", "nd07-2021", str(tmp_path / "không-có" / "x.pdf"))
