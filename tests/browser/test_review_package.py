"""A commune's package as its official asks for it: it waits, is stopped, is asked for anew, is made, is fetched."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Visitor
from tests.conftest import ROOT, Portal
from tests.rendering.reading import pdf_text

pytestmark = pytest.mark.browser


@contextmanager
def at_work(portal: Portal) -> Iterator[None]:
    """The portal's own worker, which the browser tests do without."""
    command = [sys.executable, str(ROOT / "manage.py"), "work", "--interval", "0.2", "-v", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=portal.database.environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def papers_of_last_year(visit: Callable[[str], Visitor]) -> tuple[Visitor, Page]:
    """Of the commune in which the official works: its yearly review is decided."""
    official = visit("official")
    page = official.open("/review/")
    page.get_by_label("Đợt").select_option(index=1)
    page.get_by_role("button", name="Xem", exact=True).click()
    page.locator("main table a").first.click()
    page.get_by_role("link", name="Văn bản, cả bộ hồ sơ").click()
    expect(page.get_by_role("button", name="Làm cả bộ hồ sơ")).to_be_visible()
    return official, page


@pytest.mark.timeout(300)
def test_the_package_waits_is_stopped_asked_for_again_and_fetched(
    visit: Callable[[str], Visitor], running_portal: Portal, tmp_path: Path
) -> None:
    official, page = papers_of_last_year(visit)
    page.get_by_role("button", name="Làm cả bộ hồ sơ").click()
    expect(page.get_by_role("heading", name="Đang làm bộ hồ sơ")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator("[data-job-told]")).to_have_text("Đang chờ đến lượt")
    page.get_by_role("button", name="Dừng").click()
    expect(page.locator("main")).to_contain_text("Đã dừng theo yêu cầu")
    page.get_by_role("link", name="Về trang văn bản").click()
    expect(page.locator("main a[href*='/packages/files/']")).to_have_count(0)
    page.get_by_role("button", name="Làm cả bộ hồ sơ").click()
    with at_work(running_portal):
        page.wait_for_url("**/papers/", timeout=120_000)  # by itself, when it is done
    with page.expect_download() as fetched:
        page.locator("main a[href*='/packages/files/']").click()
    fetched.value.save_as(tmp_path / "package.pdf")
    content = (tmp_path / "package.pdf").read_bytes()
    told = pdf_text(content)
    assert fetched.value.suggested_filename.startswith("ho-so-")
    for wanted in ("BIÊN BẢN", "QUYẾT ĐỊNH", "GIẤY CHỨNG NHẬN"):
        assert wanted in told
    assert len(PdfReader(BytesIO(content)).pages) > 5
    assert official.complaints == []


def test_the_excel_file_of_a_list_comes_beside_its_paper(visit: Callable[[str], Visitor]) -> None:
    _official, page = papers_of_last_year(visit)
    with page.expect_download() as fetched:
        page.get_by_role("link", name=re.compile(r"^Excel\s*: Phụ lục VI\b")).click()
    assert fetched.value.suggested_filename.endswith(".xlsx")
