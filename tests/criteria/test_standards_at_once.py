"""Two people approve two standards for one province and year at the same moment, on a real database."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.at_once import outcomes
from tests.conftest import Database, cloned_database

SCRIPT = """
import sys, django
django.setup()
from households.access.standards import Step, propose_step
from povertyportal.core.models import User
from povertyportal.records.models import Proposal
from povertyportal.records.proposals import ProposalRefusedError, approve
from tests.access.people import person
from tests.criteria.published import MORNING, NOON, draft
name = sys.argv[1]
if name == "thu":
    thu = person("administrator", "04", username="thu")
    for code in ("caobang-2028", "caobang-2029"):
        row = draft(thu, code=code)
        propose_step(row=row, step=Step.PUBLISH, by=thu, at=MORNING, reason="nghị quyết")
    person("province_reviewer", "04", username="hung"), person("province_reviewer", "04", username="lan")
    sys.exit()
user = User.objects.get(username=name)
proposals = list(Proposal.objects.order_by("pk"))
print("ready", flush=True)
sys.stdin.readline()
try:
    approve(proposal=proposals[name == "lan"], by=user, at=NOON)
    print("approved")
except ProposalRefusedError as refusal:
    print("told" if "áp dụng" in str(refusal) else refusal)
"""


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Database]:
    with django_db_blocker.unblock(), cloned_database("standards") as database:
        yield database


def test_of_two_standards_approved_at_once_one_applies_and_the_other_is_told(own_database: Database) -> None:
    said = outcomes(SCRIPT, own_database, proposer="thu", deciders=("hung", "lan"))
    assert said == ["approved", "told"]
    with own_database.connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM criteria_standardapplication WHERE scope = '04' AND holds")
        assert cursor.fetchone() == (1,)
