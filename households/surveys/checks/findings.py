"""All findings about a form. Plain Python."""

import logging
from collections.abc import Sequence

from households.surveys.checks.listed import CHECKS, Check
from households.surveys.checks.parts import Finding, Known, Strength
from households.surveys.checks.seen import Looked, Seen, seen_of

log = logging.getLogger(__name__)
ORDER = {one: place for place, one in enumerate(Strength)}
BROKEN = (
    "Một phần kiểm tra của cổng (%s) gặp lỗi với phiếu này; lỗi đã được ghi lại để sửa. Hãy tự xem lại phiếu, "
    "rồi ghi lý do để đi tiếp."
)


def findings_of(look: Looked, known: Known) -> list[Finding]:
    """Errors first, then questions, then hints; each in the order of the form."""
    seen = seen_of(look)
    found = [finding for check in CHECKS for finding in _run(check, seen, known)]
    return sorted(found, key=lambda one: ORDER[one.strength])


def _run(check: Check, seen: Seen, known: Known) -> Sequence[Finding]:
    """A check that breaks neither stops the work nor passes in silence."""
    try:
        return list(check(seen, known))
    except Exception:
        name = check.__name__
        log.exception("the check %s broke", name)
        return [Finding(name, Strength.QUESTION, "", BROKEN % name, "lỗi của cổng")]
