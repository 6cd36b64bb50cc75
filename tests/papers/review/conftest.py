"""One dossier for all papers of a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.papers.review.made import Made, all_made


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Made]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield all_made()
        transaction.set_rollback(True)
