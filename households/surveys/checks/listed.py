"""All checks, in the order in which an official goes through a form. Plain Python."""

from collections.abc import Callable, Iterator

from households.surveys.checks.died_before import died_before
from households.surveys.checks.one_head import one_head
from households.surveys.checks.parts import Finding, Known
from households.surveys.checks.seen import Seen

Check = Callable[[Seen, Known], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    one_head,
    died_before,
)
