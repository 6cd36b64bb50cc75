"""From a template to a tagged PDF in the look of our forms."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string

from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import Standard
from povertyportal.documents.pdf import first_within, html_to_pdf

SHOWN_OF_DIGEST = 12


def paper_pdf(template: str, *, title: str, source: str, context: dict[str, Any]) -> bytes:
    """pdf/ua-1. ``source`` is the small line at the foot of each page."""
    return html_to_pdf(_html(template, title, source, context))


def one_page_pdf(template: str, *, title: str, source: str, contexts: Iterable[dict[str, Any]]) -> bytes:
    """As ``paper_pdf``, from the first of ever tighter contexts that fits one page."""
    return first_within((_html(template, title, source, one) for one in contexts), pages=1)


def _html(template: str, title: str, source: str, context: dict[str, Any]) -> str:
    return render_to_string(template, {**context, "title": title, "source": source})


def source_line(standard: Standard, table: B1Table | None = None) -> str:
    """Which documents a paper was made from, so that the same paper can be made again."""
    line = f"Cổng thông tin hộ nghèo · tài liệu chuẩn {_named(standard.code, standard.version, standard.digest)}"
    return f"{line} · bảng điểm {_named(table.standard, table.version, table.digest)}" if table else line


def _named(code: str, version: int, digest: str) -> str:
    return f"{code}, phiên bản {version}, mã kiểm {digest[:SHOWN_OF_DIGEST]}"
