"""Which of the two ways sets a paper."""

from households.papers.review.layout.flow import flowing_pdf
from households.papers.review.layout.parts import Document
from households.papers.review.layout.tagged import tagged_pdf


def set_pdf(document: Document) -> bytes:
    """From HTML where its lists are short enough, else by reportlab."""
    return flowing_pdf(document) if document.is_long else tagged_pdf(document)
