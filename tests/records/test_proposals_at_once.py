"""Two people decide at the same moment, on a real database with two connections."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.at_once import outcomes
from tests.conftest import Database, cloned_database

SCRIPT = """
import sys, django
django.setup()
from povertyportal.core.models import User
from povertyportal.records.kinds import register_kind
from povertyportal.records.models import Proposal
from povertyportal.records.proposals import ProposalRefusedError, approve
from tests.people import account
from tests.records.conftest import NOON, TEST_KIND, asked
register_kind(TEST_KIND)
name = sys.argv[1]
if name == "lan":
    asked(by=account("lan"))
    account("hung"), account("thu")
    sys.exit()
person = User.objects.get(username=name)
print("ready", flush=True)
sys.stdin.readline()
try:
    approve(proposal=Proposal.objects.get(), by=person, at=NOON)
    print("approved")
except ProposalRefusedError as refusal:
    print("told" if "rồi, bởi" in str(refusal) else refusal)
"""


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Database]:
    with django_db_blocker.unblock(), cloned_database("approvals") as database:
        yield database


def test_of_two_who_approve_at_once_one_wins_and_the_other_is_told(own_database: Database) -> None:
    said = outcomes(SCRIPT, own_database, proposer="lan", deciders=("hung", "thu"))
    assert said == ["approved", "told"]
    with own_database.connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_user_history WHERE pgh_label = 'update' AND phone = '0912'")
        assert cursor.fetchone() == (1,)
