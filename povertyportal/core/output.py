"""Where a command leaves what it made: a file, or standard output, which then carries nothing else."""

import sys
from pathlib import Path

from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext as _


def write_out(out: str, content: bytes, text: OutputWrapper | None = None) -> None:
    """``out`` "-": standard output; text goes through the command's own stream, ``text``, a PDF as bytes."""
    if out == "-":
        if text:
            text.write(content.decode(), ending="")
        else:
            sys.stdout.buffer.write(content)
        return
    try:
        Path(out).write_bytes(content)
    except OSError as error:
        raise CommandError(
            _("Không ghi được tệp %(path)s: %(reason)s.") % {"path": out, "reason": error.strerror}
        ) from error
