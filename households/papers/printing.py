"""From a template to a tagged PDF in the look of our forms."""

from typing import Any

from django.template.loader import render_to_string

from households.criteria.law.parts import Standard
from povertyportal.documents.pdf import html_to_pdf

SHOWN_OF_DIGEST = 12


def paper_pdf(template: str, *, title: str, source: str, context: dict[str, Any]) -> bytes:
    """pdf/ua-1. ``source`` is the small line at the foot of each page."""
    return html_to_pdf(render_to_string(template, {**context, "title": title, "source": source}))


def source_line(standard: Standard, *, digest: str = "") -> str:
    """Which document a paper was made from, so that the same paper can be made again."""
    shown = (digest or standard.digest)[:SHOWN_OF_DIGEST]
    return f"Cổng thông tin hộ nghèo · tài liệu chuẩn {standard.code}, phiên bản {standard.version}, mã kiểm {shown}"
