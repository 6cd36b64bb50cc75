"""What is wrong with answers: said all at once, each in a sentence that names the place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """``where``: path of the answer, members counted from 0 ("members[2].birth_date"); ``text``: the sentence, which begins
    with the same in words."""

    where: str
    text: str


class BadAnswersError(ValueError):
    def __init__(self, faults: list[AnswerFault]) -> None:
        self.faults = faults
        super().__init__(" ".join(fault.text for fault in faults))


class NotPreparedError(ValueError):
    """The standard cannot be applied like this: no line in that year, a variant that does not fit. A sentence."""
