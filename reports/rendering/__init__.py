"""One ReportData, three forms: HTML for the screen, PDF to sign, JSON for machines. All print the numbers' own texts.

Headings are numbered here (``outline``), once for all forms: a heading without data has no number, is marked on the
screen and left out of the PDF, so that "II.2" is the same heading in each of them.
"""

from reports.rendering.html import render_fragment, render_html
from reports.rendering.json import render_json
from reports.rendering.pdf import render_pdf

__all__ = ["render_fragment", "render_html", "render_json", "render_pdf"]
