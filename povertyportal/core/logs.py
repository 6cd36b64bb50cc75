"""The log of the machine names no person: it is kept elsewhere, and read by others, than the records of the portal."""

import logging
import re
from types import TracebackType

from povertyportal.core.discreet import hide_numbers

# PostgreSQL repeats the values of a refused row or statement in these parts of its message.
_VALUES = re.compile(r"^(DETAIL|CONTEXT|LINE \d+): .*?(?=^[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return hide_numbers(super().format(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  # logging's own name
        return discreet(super().formatException(ei))


def discreet(text: str) -> str:
    return _VALUES.sub(r"\1: (…)\n", text)
