"""All procedures, and which one a household on the list goes through."""

from households.review.procedures.parts import Procedure
from households.review.procedures.periodic import PERIODIC

PROCEDURES: tuple[Procedure, ...] = (PERIODIC,)
_BY_CODE = {one.code: one for one in PROCEDURES}


def procedure(code: str) -> Procedure:
    """Raises KeyError."""
    return _BY_CODE[code]


def procedure_for(*, kind: str, why: str, year: int) -> Procedure | None:
    """``kind``: of the round, ``why``: the household stands on its list. None: no procedure is known for it."""
    return next(
        (
            one
            for one in PROCEDURES
            if kind in one.kinds and why in one.whys and one.first <= year <= (one.last or year)
        ),
        None,
    )
