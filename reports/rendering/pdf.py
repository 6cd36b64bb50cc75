"""The report as the paper an office signs."""

from povertyportal.documents.pdf import html_to_pdf
from povertyportal.documents.sheet import page
from reports.rendering.html import sheet_html
from reports.tables import ReportData


def render_pdf(report: ReportData) -> bytes:
    """pdf/ua-1; headings and places without data are left out."""
    return html_to_pdf(page(report.letterhead, sheet_html(report, sources=None)))
