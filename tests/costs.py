"""What a page costs: its queries and its HTML, against the limits of the house."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

KILOBYTES, QUERIES = 100, 15
Asked = tuple[str, str, dict[str, str]]
# that somebody is still at work, and which form he has open, is noted once a while and not once a page
ONCE_A_WHILE = ('UPDATE "core_opensession"', "\nINSERT INTO households_surveypresence")


def too_dear(client: Client, asked: Asked) -> list[str]:
    """A sentence where the page is broken, of too many queries or too large; a paper may be larger than a page."""
    method, path, sent = asked
    with CaptureQueriesContext(connection) as captured:
        answer = getattr(client, method)(path, sent)
    queries = [one for one in captured.captured_queries if not one["sql"].startswith(ONCE_A_WHILE)]
    size = len(answer.content) / 1000
    is_page = not answer.headers.get("Content-Type", "").startswith("application/pdf")
    wrong = answer.status_code not in (200, 302) or (is_page and size > KILOBYTES) or len(queries) > QUERIES
    return [f"{method} {path} {sent}: {answer.status_code}, {size:.0f} KB, {len(queries)} queries"] if wrong else []
