"""What a PDF of ours is made of: tags, language, our fonts, and nothing from anywhere else."""

from pathlib import Path

import pytest
from pypdf.generic import DictionaryObject
from weasyprint.urls import FatalURLFetchingError

from povertyportal.documents.pdf import STATIC, html_to_pdf, own_file
from tests.documents.pages import paragraphs, pdf

PAGE = "<html lang=vi><title>Thử</title><body>{}</body></html>"


def test_a_pdf_is_tagged_titled_and_in_vietnamese() -> None:
    reader = pdf(paragraphs(1))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == "Báo cáo kết quả giảm nghèo giai đoạn 2016 - 2020"
    assert reader.metadata.author == "Ủy ban nhân dân huyện Hà Quảng"


def test_a_pdf_declares_that_it_follows_the_accessibility_standard() -> None:
    metadata = pdf(paragraphs(1)).trailer["/Root"]["/Metadata"].get_data().decode()
    assert "pdfuaid" in metadata


def test_every_letter_is_set_in_our_own_font() -> None:
    fonts: DictionaryObject = pdf(paragraphs(1)).pages[0]["/Resources"]["/Font"]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert names
    assert all("Tinos" in name for name in names)


def test_the_same_page_gives_the_same_file() -> None:
    assert html_to_pdf(PAGE.format("a")) == html_to_pdf(PAGE.format("a"))


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1:9/x.png", (STATIC / "../manage.py").as_uri(), "file:///%2e%2e/etc/x.ttf"],
)
def test_a_paper_that_asks_for_anything_but_our_files_is_not_made(address: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        html_to_pdf(PAGE.format(f"<img alt=x src='{address}'>"))


@pytest.mark.parametrize("address", ["file://host/static/x.css", "file:///etc/hosts", "file:///x/../etc/shadow"])
def test_no_file_outside_the_static_folder_is_ours(address: str) -> None:
    with pytest.raises(PermissionError):
        own_file(address)


def test_a_link_out_of_the_static_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.css"
    outside.write_text("*{}")
    with pytest.raises(PermissionError):
        own_file(outside.as_uri())


def test_a_picture_inside_the_page_is_drawn() -> None:
    dot = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
    assert html_to_pdf(PAGE.format(f'<img alt="chấm" src="{dot}">')).startswith(b"%PDF")
