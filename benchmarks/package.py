"""A commune's whole package: every paper of a dossier, the decision with its list and a certificate for each household.

    .venv/bin/python -m benchmarks.package [--households 2000] [--villages 20] [--rival 200] [--fresh]

Works on a database of its own on the portal's server, in a transaction that is undone. The rival sets a decision of the first
households and their certificates from HTML in one piece; both must hold the same words. Exit code 1 where the package takes
longer than ``SECONDS_A_PAGE`` or ``MEMORY_A_PAGE`` says, or is not ``FASTER`` a page than the rival."""

import argparse
import io
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.core.management import call_command
from django.db import transaction
from pypdf import PdfReader

import benchmarks.django_ready  # noqa: F401  # before the models
from benchmarks.registry_rows import own_database
from benchmarks.rivals.package_weasyprint import in_one_piece
from households.papers.review.certificates import certificate_documents, certificates_pdf
from households.papers.review.decisions import decision_paper
from households.papers.review.layout.flow import flowing_pdf
from households.papers.review.package import package_pdf
from households.papers.review.pdfs import given_by
from households.review.models import Dossier
from households.review.superior_models import Decision
from povertyportal.core.job_kinds import Progress
from tests.review.ready import CERTIFIED, Case, ready
from tests.review.steps import certified

T = TypeVar("T")
DATABASE = "bench_package"
SECONDS_A_PAGE, MEMORY_A_PAGE, FASTER = 0.06, 0.1, 4.0  # seconds of the processor, MB


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, default=2000)
    parser.add_argument("--villages", type=int, default=20)
    parser.add_argument("--rival", type=int, default=200)
    parser.add_argument("--fresh", action="store_true")
    asked = parser.parse_args()
    if own_database(DATABASE, fresh=asked.fresh):
        call_command("load_areas", commit=True, stdout=io.StringIO())
        call_command("load_standards", commit=True, stdout=io.StringIO())
    with transaction.atomic():
        dossier = certified(ready(*_cases(asked.households, asked.villages)))
        good = [_package(dossier), _against_rival(dossier, asked.rival)]
        transaction.set_rollback(True)
    return 0 if all(good) else 1


def _cases(households: int, villages: int) -> list[Case]:
    classes = (("poor", "poor"), ("near_poor", "near_poor"), ("poor", ""), ("near_poor", "poor"), ("not_poor", "poor"))
    return [Case(*classes[turn % 5], village=turn % villages) for turn in range(households)]


def _package(dossier: Dossier) -> bool:
    before = _memory()
    (content, pages), seconds = _timed(lambda: package_pdf(dossier, on=CERTIFIED, progress=Progress()))
    grown = _memory() - before
    print(
        f"package: {pages} pages, {len(content) / 1e6:.1f} MB file, {seconds:.0f} s of the processor "
        f"({seconds / pages * 1000:.0f} ms a page), {grown:.0f} MB more memory ({grown / pages:.3f} MB a page); "
        f"load average {os.getloadavg()[0]:.1f}"
    )
    return seconds / pages <= SECONDS_A_PAGE and grown / pages <= MEMORY_A_PAGE


def _against_rival(dossier: Dossier, households: int) -> bool:
    made = Decision.objects.select_related("dossier__round").get(dossier=dossier, kind="recognised")
    lines = list(made.lines.order_by("place")[:households])
    given = [one for one in given_by(made) if one.line.place <= households]
    decision = decision_paper(made, lines)
    (ours, seconds) = _timed(lambda: [flowing_pdf(decision), certificates_pdf(given)])
    before = _memory()
    theirs, slower = _timed(lambda: in_one_piece([decision, *certificate_documents(given)]))
    pages, more = sum(map(_pages, ours)), _memory() - before
    print(
        f"list and certificates of {households}: {seconds / pages * 1000:.1f} ms a page; the rival in one piece "
        f"{slower / _pages(theirs) * 1000:.1f} ms a page and {more / _pages(theirs):.2f} MB a page"
    )
    if _words(ours) != _words([theirs]):
        print("the two do not hold the same words:", _words(ours) - _words([theirs]), _words([theirs]) - _words(ours))
        return False
    return slower / _pages(theirs) >= FASTER * seconds / pages


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    done = work()
    return done, time.process_time() - start


def _memory() -> float:
    """The most this process has had so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def _words(pdfs: Sequence[bytes]) -> Counter[str]:
    """Without numbers of pages and in small letters: capitals are made by the style sheet."""
    found: Counter[str] = Counter()
    for pdf in pdfs:
        for page in PdfReader(io.BytesIO(pdf)).pages:
            found.update(page.extract_text().replace("\u00a0", " ").casefold().split())
    return Counter({word: count for word, count in found.items() if not word.isdecimal()})


if __name__ == "__main__":
    sys.exit(main())
