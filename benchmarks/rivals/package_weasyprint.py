"""A decision with its list and every certificate as one HTML page, set by WeasyPrint in one piece: what the package is held
against. The same documents, by the templates of the short papers."""

import re
from collections.abc import Sequence

from households.papers.review.layout.parts import Document
from households.papers.review.layout.tagged import document_html
from povertyportal.documents.pdf import html_to_pdf

_ARTICLE = re.compile(r"<article.*</article>", re.DOTALL)


def in_one_piece(documents: Sequence[Document]) -> bytes:
    first = document_html(documents[0])
    articles = [_ARTICLE.search(document_html(one)) for one in documents]
    whole = "".join(f'<div style="break-before: page">{one[0]}</div>' for one in articles if one)
    return html_to_pdf(_ARTICLE.sub(lambda _found: whole, first))
