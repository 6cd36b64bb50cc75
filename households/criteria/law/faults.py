"""What is wrong in a document: the line, where in words, and a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """``where``: "Chỉ số “water”, test, in"; empty for the whole document. ``text`` says what is wrong and what is right."""

    line: int
    where: str
    text: str

    @property
    def sentence(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


class DocumentFaults(ValueError):
    """A document that cannot be used; ``str`` gives a line "file:line: sentence" for each fault, first line first."""

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.name = name
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(f"{name}:{fault.line}: {fault.sentence}" for fault in self.faults))
