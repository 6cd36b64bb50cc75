from collections.abc import Iterator

from households.criteria.law.parts import Standard
from households.criteria.law.places import Path


def faults_of(standard: Standard, *, spoiled: frozenset[str]) -> Iterator[tuple[Path, str]]:
    yield from ()
