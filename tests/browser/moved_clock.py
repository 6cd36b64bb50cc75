"""The clock of a portal under test, set to another day: import it before anything of Django. ``CLOCK`` names a file with the
seconds by which it goes wrong; the test may change them while the portal runs."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

_right = timezone.now


def now() -> datetime:
    return _right() + timedelta(seconds=float(Path(os.environ["CLOCK"]).read_text(encoding="utf-8")))


timezone.now = now
