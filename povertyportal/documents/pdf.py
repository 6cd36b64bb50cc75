"""HTML to PDF: tagged, in Vietnamese, with our own fonts, reading nothing but our own static files."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC = Path(__file__).resolve().parents[2] / "static"
BASE_URL = (STATIC / "documents").as_uri() + "/"
STYLESHEET = STATIC / "documents" / "decree30.css"
_TYPES = {".css": "text/css", ".ttf": "font/ttf"}


class OwnFilesOnly(URLFetcher):
    """Serves style sheets and fonts below ``static/`` and data: URIs. Anything else stops the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if urlsplit(url).scheme != "file":
            return super().fetch(url, headers)
        path = own_file(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _TYPES[path.suffix]})


def own_file(url: str) -> Path:
    """The file behind a file: URL; PermissionError for everything that is not a font or style sheet of ours."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path)).resolve()
    if parts.netloc or not path.is_relative_to(STATIC) or path.suffix not in _TYPES:
        raise PermissionError(f"Documents may not read {url}")
    return path


def html_to_pdf(html: str, *, variant: str = "pdf/ua-1") -> bytes:
    """``html`` must have a title and a language. The same HTML gives the same file identifier.

    Raises weasyprint.urls.FatalURLFetchingError when the page asks for a file that is not ours.
    """
    return first_within([html], pages=None, variant=variant)


def first_within(drafts: Iterable[str], *, pages: int | None, variant: str = "pdf/ua-1") -> bytes:
    """The first of the drafts that needs no more pages, else the last: for papers that must fit a sheet."""
    for html in drafts:
        options: dict[str, Any] = {
            "pdf_variant": variant,
            "pdf_identifier": hashlib.sha256(html.encode()).digest()[:16],
        }
        page = HTML(string=html, base_url=BASE_URL, url_fetcher=OwnFilesOnly())
        document = page.render(font_config=FontConfiguration(), **options)
        if pages is None or len(document.pages) <= pages:
            break
    return bytes(document.write_pdf(**options))
