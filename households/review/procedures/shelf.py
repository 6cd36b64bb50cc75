"""All procedures, and which one a household on the list goes through."""

from households.review.procedures.average import AVERAGE
from households.review.procedures.before_2022 import BEFORE_2022, IN_YEAR_BEFORE_2022
from households.review.procedures.escape import ESCAPE
from households.review.procedures.in_year import IN_YEAR
from households.review.procedures.parts import Procedure
from households.review.procedures.periodic import PERIODIC
from households.review.procedures.worker import WORKER

PROCEDURES: tuple[Procedure, ...] = (PERIODIC, IN_YEAR, ESCAPE, AVERAGE, WORKER, BEFORE_2022, IN_YEAR_BEFORE_2022)
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
