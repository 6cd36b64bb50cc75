"""The record of the door and of what was shown: complete, and never changed."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client, RequestFactory

from povertyportal.core.models import User
from povertyportal.core.origin import coming_from
from povertyportal.core.signals import sign_in_event
from povertyportal.records import sign_ins
from povertyportal.records.displays import record_display
from povertyportal.records.models import DisplayRecord, SignInRecord
from tests.people import account
from tests.records.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_from_office(rf: RequestFactory):
    with coming_from(via="/sign-in/", address="10.1.2.3"):
        yield rf.post("/sign-in/", HTTP_HOST="cong.caobang.vn", HTTP_USER_AGENT="Firefox/140")


def told(record: SignInRecord) -> tuple[object, ...]:
    return record.kind, record.username, record.user, record.address, record.host, record.user_agent, record.detail


def test_what_happens_on_the_sign_in_page_is_recorded(client: Client) -> None:
    user = account("dao", "ruộng bậc thang 2026")
    for password in ("sai", "ruộng bậc thang 2026"):
        client.post("/sign-in/", {"username": "dao", "password": password}, HTTP_USER_AGENT="Firefox/140")
    client.post("/sign-out/")
    found = SignInRecord.objects.order_by("id").values_list("kind", "username", "user", "address")
    assert [kind for kind, *_rest in found] == ["wrong_password", "signed_in", "signed_out"]
    assert {tuple(rest) for _kind, *rest in found} == {("dao", user.pk, "127.0.0.1")}


def test_signing_in_and_out_is_recorded(request_from_office, proposer: User) -> None:
    sign_ins._signed_in(request=request_from_office, user=proposer)
    sign_ins._signed_out(request=request_from_office, user=proposer)
    rest = ("lan", proposer, "10.1.2.3", "cong.caobang.vn", "Firefox/140", "")
    assert [told(one) for one in SignInRecord.objects.order_by("id")] == [("signed_in", *rest), ("signed_out", *rest)]


def test_a_wrong_password_is_recorded_with_the_name_as_typed(request_from_office, proposer: User) -> None:
    for typed in ("lan", "nguoi-la"):
        sign_ins._failed(credentials={"username": typed}, request=request_from_office)
    found = SignInRecord.objects.order_by("id").values_list("kind", "username", "user__username")
    assert list(found) == [("wrong_password", "lan", "lan"), ("wrong_password", "nguoi-la", None)]


def test_an_attempt_on_a_locked_account_is_told_from_a_wrong_password(request_from_office, proposer: User) -> None:
    request_from_office.axes_locked_out = True
    sign_ins._failed(credentials={"username": "lan"}, request=request_from_office)
    assert SignInRecord.objects.get().kind == "locked_out"


def test_other_events_come_with_their_own_words(request_from_office, proposer: User) -> None:
    sign_in_event.send(
        "core", request=request_from_office, kind="session_ended", username="lan", user=proposer, detail="bởi quản trị"
    )
    assert told(SignInRecord.objects.get())[0::6] == ("session_ended", "bởi quản trị")


def test_an_event_nobody_has_heard_of_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="flew_in"):
        sign_in_event.send("core", request=None, kind="flew_in", username="lan")


def test_whatever_a_stranger_types_can_be_recorded(rf: RequestFactory) -> None:
    strange = "a\0b" + "\ud800" + "x" * 500
    sign_ins._failed(credentials={"username": strange}, request=rf.get("/", HTTP_USER_AGENT="\0" * 400))
    record = SignInRecord.objects.get()
    assert (len(record.username), len(record.user_agent), record.user) == (150, 300, None)


def test_a_visitor_who_signs_out_without_having_signed_in_leaves_no_record(rf: RequestFactory) -> None:
    sign_ins._signed_out(request=rf.get("/"), user=None)
    assert not SignInRecord.objects.exists()


def test_what_was_shown_is_recorded_with_its_purpose(proposer: User) -> None:
    with coming_from(via="/x/", address="10.1.2.3"):
        record_display(
            by=proposer, at=NOON, subject_kind="person", subject_id="7", field="identity_number", purpose="đối chiếu thẻ",
            area_code="04", area_on=NOON.date(),
        )  # fmt: skip
    stored = DisplayRecord.objects.get()
    assert (stored.user, stored.at, stored.address, stored.subject_id) == (proposer, NOON, "10.1.2.3", "7")


def test_nothing_is_shown_without_a_purpose(proposer: User) -> None:
    with pytest.raises(IntegrityError, match="display_told"):
        record_display(
            by=proposer, at=NOON, subject_kind="person", subject_id="7", field="identity_number", purpose=" "
        )


@pytest.mark.parametrize("table", ["records_signinrecord", "records_displayrecord"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_records_are_never_changed(table: str, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
