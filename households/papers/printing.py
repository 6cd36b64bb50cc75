"""From a template to a tagged PDF in the look of our forms."""

from typing import Any

from django.template.loader import render_to_string

from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import Standard
from povertyportal.documents.pdf import html_to_pdf

SHOWN_OF_DIGEST = 12


def paper_pdf(template: str, *, title: str, source: str, context: dict[str, Any]) -> bytes:
    """pdf/ua-1. ``source`` is the small line at the foot of each page."""
    return html_to_pdf(render_to_string(template, {**context, "title": title, "source": source}))


def source_line(standard: Standard, table: B1Table | None = None) -> str:
    """Which documents a paper was made from, so that the same paper can be made again."""
    line = f"Cổng thông tin hộ nghèo · tài liệu chuẩn {_named(standard.code, standard.version, standard.digest)}"
    return f"{line} · bảng điểm {_named(table.standard, table.version, table.digest)}" if table else line


def _named(code: str, version: int, digest: str) -> str:
    return f"{code}, phiên bản {version}, mã kiểm {digest[:SHOWN_OF_DIGEST]}"
