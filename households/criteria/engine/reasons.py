"""Why: one reason a line."""

from households.criteria.engine.answers import Answers
from households.criteria.engine.deciding import Decision
from households.criteria.engine.ready import Ready
from households.criteria.engine.result import Reason


def reasons_of(ready: Ready, answers: Answers, decision: Decision) -> tuple[Reason, ...]:
    return ()
