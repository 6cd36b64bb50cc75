"""Runs of digits that may be a personal number, in texts where none belongs: refused where people write, hidden in logs."""

import re
import unicodedata

# Digests and other codes of digits and the letters a to f are none: hence what may not stand beside a number.
_NUMBER = re.compile(
    r"""
    (?<![0-9a-f])(?<![0-9a-f]{4}-)[0-9]{12}(?![0-9a-f])                             # the personal number
    | (?<![0-9])0[0-9]{2}([ .\-])[0-9]{3}\1[0-9]{3}\1[0-9]{3}(?![0-9])              # the same in groups
    | (?<![\w.,/\-])(?:[0-9]{9}|[0-9]{3}[ ][0-9]{3}[ ][0-9]{3})(?![\w/\-]|[.,][0-9])  # the older card
    | (?<![\w])[A-Za-z]{2}[ ]?[0-9]{13}(?![0-9])                                    # the health card
    """,
    re.VERBOSE,
)
_LONG = re.compile(r"(?<![\w-])\d{9,}(?![\w-])")
HIDDEN = "•••"


def holds_number(text: str) -> bool:
    """Not for a telephone number of 10 digits, an amount "1.250.000.000" or the number of a decision "12/QĐ-UBND"."""
    return bool(_NUMBER.search(unicodedata.normalize("NFKC", text)))


def hide_numbers(text: str) -> str:
    return _LONG.sub(HIDDEN, _NUMBER.sub(HIDDEN, text))
