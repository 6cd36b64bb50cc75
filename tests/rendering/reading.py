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


def tags_of(pdf: bytes) -> list[tuple[str, str]]:
    """Every structure element of a tagged PDF with its alternative text."""
    found: list[tuple[str, str]] = []
    waiting = [PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += node
        elif hasattr(node, "get"):
            found.append((str(node.get("/S", "")), str(node.get("/Alt", ""))))
            waiting.append(node.get("/K", []))
    return found
