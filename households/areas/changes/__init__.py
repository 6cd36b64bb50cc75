"""Changes of the administrative map by resolutions: planned, told in sentences, carried out all or nothing."""

from households.areas.changes.outcome import AppliedChange, ChangePlan, ChangeRefusedError, Problem
from households.areas.changes.reading import plan_change
from households.areas.changes.writing import apply_change
from households.areas.planning.operations import Kind, Operation, Target

__all__ = [
    "AppliedChange",
    "ChangePlan",
    "ChangeRefusedError",
    "Kind",
    "Operation",
    "Problem",
    "Target",
    "apply_change",
    "plan_change",
]
