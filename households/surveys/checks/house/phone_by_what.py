from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("hai ô hỏi gần như một việc, lệch nhau thường là bỏ sót")
PHONES = {"telephone", "smartphone"}


def phone_by_what(seen: Seen, known: Known) -> Iterator[Finding]:
    """A subscription without a telephone, or a telephone without one."""
    devices = set(seen.all("h-devices"))
    if devices and seen.text("h-phone") and seen.says("h-phone", "yes") != bool(devices & PHONES):
        message = "Ô thuê bao điện thoại và ô phương tiện (điện thoại) không khớp nhau."
        yield hint("phone_by_what", "h-phone", message, BASIS)
