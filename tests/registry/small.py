"""Invented households for tests: ``demonstration(households=60)`` in a test that has a database.

Sixty live in three communes of Hà Quảng, twenty in each, all in different communes today: 01392 (Trường Hà) is one of them.
"""

from unittest import mock

from households.registry.demonstration import mapping
from households.surveys.demonstration.making import Made, Wish, make
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now


def demonstration(
    households: int = 60, seed: int = 1, first: int = 2021, last: int = 2025, *, forms: bool = False
) -> Made:
    """As ``manage.py make_demo --commit``, without ``forms`` as with ``--forms none``; about a second."""
    return make(Wish(seed, households, first, last), by=system_user(), at=now(), commit=True, forms=forms)


def crowded(households: int = 5000, seed: int = 1) -> Made:
    """All of them in one commune, which is part of 01392 (Trường Hà) today, reviewed once: for limits of pages."""
    with mock.patch.multiple(mapping, IN_A_COMMUNE=households, LEAST_IN_A_COMMUNE=households):
        return demonstration(households, seed, first=2025)
