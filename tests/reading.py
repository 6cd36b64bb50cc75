"""What a reader of a page sees."""

import re
from typing import Any


def seen(response: Any) -> str:
    """The words of an answer, without its markup."""
    return words(response.content.decode())


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())
