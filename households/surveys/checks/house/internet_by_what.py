from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint, question
from households.surveys.checks.seen import Seen

BASIS = experience("dùng internet phải có máy; có điện thoại thông minh thì hầu như có dùng internet")
ONLINE = {"smartphone", "laptop", "tablet", "desktop"}


def internet_by_what(seen: Seen, known: Known) -> Iterator[Finding]:
    """The internet without anything to use it with, and the other way round."""
    devices = set(seen.all("h-devices"))
    names = ("h-internet", "h-devices")
    if not devices:
        return
    if seen.says("h-internet", "yes") and not devices & ONLINE:
        say = hint if "tv" in devices else question  # a television may be a smart one
        message = "Hộ dùng internet mà không có máy tính, điện thoại thông minh nào: dùng bằng gì?"
        yield say("internet_by_what", "h-internet", message, BASIS, *names)
    elif seen.says("h-internet", "no") and devices & ONLINE:
        message = "Hộ có điện thoại thông minh, máy tính mà không ai dùng internet: hỏi lại."
        yield hint("internet_by_what", "h-internet", message, BASIS, *names)
