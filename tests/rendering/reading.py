"""Reads renderings back as plain text."""

import re
from html.parser import HTMLParser
from io import BytesIO

from pypdf import PdfReader


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.skipped += tag in ("style", "svg")

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in ("style", "svg")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.found.append(data)


def html_text(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    return _plain("".join(reader.found))


def pdf_text(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return _plain(" ".join(page.extract_text() for page in pages))


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def ids_and_targets(html: str) -> tuple[list[str], list[str]]:
    return re.findall(r'\bid="([^"]+)"', html), re.findall(r'href="#([^"]+)"', html)
