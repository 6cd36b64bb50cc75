"""What goes to the log of the machine is read by its keepers, not by auditors: no names, no addresses, nothing typed."""

import io
import logging

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client

from povertyportal.core.logs import DiscreetFormatter
from tests.access.people import AREAS, person, signed_in
from tests.people import account

pytestmark = pytest.mark.django_db

SECRETS = ("dao-rieng", "Nông Thị Bích Đào", "203.0.113.9", "mật khẩu gõ nhầm", "012345678901")


def told(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)


def test_failed_sign_ins_and_a_lock_out_leave_no_name_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    account("dao-rieng", "ruộng bậc thang 2026", full_name="Nông Thị Bích Đào")
    client = Client(REMOTE_ADDR="203.0.113.9")
    for _attempt in range(7):
        client.post("/sign-in/", {"username": "dao-rieng", "password": "mật khẩu gõ nhầm"})
    assert [secret for secret in SECRETS if secret in told(caplog)] == []


@pytest.mark.parametrize(
    "path", ["/records/?q=012345678901&unknown=1", "/records/?since=012345678901", "/approvals/7/"]
)
def test_what_was_asked_in_an_address_stays_out_of_the_log(path: str, caplog: pytest.LogCaptureFixture) -> None:
    client = signed_in(person("auditor", AREAS.PROVINCE, username="dao-rieng"))
    assert client.get(path).status_code in {400, 404}
    assert [secret for secret in SECRETS if secret in told(caplog)] == []


def test_queries_with_their_values_are_not_logged() -> None:
    assert not logging.getLogger("django.db.backends").isEnabledFor(logging.DEBUG)
    assert settings.LOGGING["root"]["level"] == "WARNING"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO core_user SELECT * FROM core_user WHERE username = 'dao-rieng'",
        "UPDATE core_user SET username = NULL WHERE username = 'dao-rieng'",
        "SELECT 'Nông Thị Bích Đào' FROM no_such_table",
    ],
)
def test_an_error_of_the_database_is_logged_without_the_values_of_the_row(statement: str) -> None:
    account("dao-rieng", full_name="Nông Thị Bích Đào", phone="012345678901")
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    formatter = settings.LOGGING["formatters"]["line"]
    handler.setFormatter(DiscreetFormatter(formatter["fmt"], style=formatter["style"]))
    logger = logging.Logger("thử")
    logger.addHandler(handler)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        logger.exception("không ghi được")
    assert "Traceback" in written.getvalue()
    assert [secret for secret in SECRETS if secret in written.getvalue()] == []
