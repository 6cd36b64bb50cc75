"""The web role reads and writes rows, and nothing else: what raw SQL as that role cannot do."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.privileges import UNUSED_TABLES, history_tables, tracked_tables
from tests.people import account

pytestmark = pytest.mark.django_db

READ, INSERT, UPDATE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"
# What may be done with the rows of a table, and which tables are which. A new table must be put somewhere.
KINDS: dict[str, frozenset[str]] = {
    "open": frozenset({READ, INSERT, UPDATE, DELETE}),
    "no delete": frozenset({READ, INSERT, UPDATE}),
    "append only": frozenset({READ, INSERT}),
    "read only": frozenset({READ}),
    "closed": frozenset(),
}
TABLES: dict[str, set[str]] = {
    "open": {
        "axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog", "axes_accesslog",
        "core_codedevice", "core_job", "core_keptfile", "core_keptform", "core_user", "django_content_type", "django_session",
        "django_tasks_database_dbtaskresult", "households_foldedname", "households_membership", "households_nameword",
        "households_residence", "households_savedfilter", "households_sealednumber", "households_searchrow",
        "households_surveypresence",
    },
    "no delete": {
        "areas_area", "areas_areasuccession", "areas_areatraits", "core_opensession", "core_recoverycode",
        "households_accountunit", "households_household", "households_person", "households_surveyform",
        "households_surveyround", "households_surveysheet", "households_intake", "households_dossier",
        "households_dossierpart", "households_complaint", "households_opinion", "households_subjectrequest",
    },
    "append only": {
        "core_usedpassword", "criteria_b1tablerow", "criteria_legalstandard", "criteria_standardapplication",
        "criteria_standardcheck", "households_confirmedquestion", "households_duplicateverdict", "households_grant",
        "households_householdevent",
        "households_recognition", "households_rightsreview", "households_roundtotals", "households_surveyresult",
        "households_surveysave", "records_displayrecord", "households_reviewstep", "households_meeting",
        "households_meetingvote", "households_posting", "households_proposedclass", "households_opinionremark",
        "households_decision", "households_decisionline", "households_certificate", "households_certificateprint",
        "households_refusal", "households_calendarday", "households_documenttext",
        "records_proposal", "records_signinrecord", "reports_reportedfigure",
    },
    "read only": {"areas_misdated", "django_migrations", *history_tables()},
    "closed": set(UNUSED_TABLES),
}  # fmt: skip
VIEWS = {"areas_misdated"}
STEPS = ["approved_at", "approved_by_id", "state", "withdrawal", "withdrawn_at", "withdrawn_by_id"]
COMPLETED_LATER = {
    "criteria_b1tablerow": sorted([*STEPS, "validity"]),
    "criteria_legalstandard": STEPS,
    "households_grant": ["end_reason", "ended_at", "ended_by_id", "validity"],
    "records_proposal": ["decided_at", "decided_by_id", "note", "state"],
}
TOLD = {"user": 1, "reason": "thử"}


def run(statement: str, *values: object) -> list[tuple[object, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as refusal:
        run(statement)
    return str(refusal.value)


@contextmanager
def claiming(context: object) -> Iterator[None]:
    """As raw SQL may do: say of oneself whatever one likes."""
    run("SELECT set_config('pghistory.context_metadata', %s, true)", json.dumps(context))
    yield
    run("SELECT set_config('pghistory.context_metadata', '', true)")


# The role itself


def test_the_portal_works_as_the_web_role() -> None:
    found = run(
        "SELECT current_user, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication"
        " FROM pg_roles WHERE rolname = current_user"
    )
    assert found == [("portal_web", False, False, False, False, False)]


def test_the_web_role_owns_nothing_and_is_member_of_no_other_role() -> None:
    own = "(SELECT oid FROM pg_roles WHERE rolname = current_user)"
    assert run(f"SELECT relname FROM pg_class WHERE relowner = {own}") == []
    assert run(f"SELECT proname FROM pg_proc WHERE proowner = {own}") == []
    assert run("SELECT rolname FROM pg_roles WHERE pg_has_role(oid, 'MEMBER') AND rolname <> current_user") == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (x int)",
        "CREATE SCHEMA mine",
        "CREATE EXTENSION dblink",
        "ALTER TABLE core_user ADD COLUMN x int",
        "DROP TABLE core_job",
        "TRUNCATE core_job",
        "SET ROLE portal_owner",
        "SET SESSION AUTHORIZATION portal_owner",
        "ALTER ROLE portal_web SUPERUSER",
        "CREATE ROLE another LOGIN",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_the_web_role_changes_no_structure(statement: str) -> None:
    assert "permission denied" in refused(statement) or "must be owner" in refused(statement)


def test_a_grant_of_the_web_role_to_others_gives_nothing() -> None:
    """PostgreSQL answers such a grant with a warning only: what counts is that nothing came of it."""
    run("GRANT SELECT ON core_user TO PUBLIC")
    found = run("SELECT relacl::text FROM pg_class WHERE relname = 'core_user'")
    assert all("=r/portal_web" not in str(acl) for (acl,) in found)


# The table of privileges


def rights() -> dict[str, frozenset[str]]:
    found = run(
        "SELECT relname, privilege, has_table_privilege(pg_class.oid, privilege) FROM pg_class,"
        " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege"
        " WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND relnamespace = 'public'::regnamespace"
    )
    tables = {str(table) for table, _privilege, _has in found}
    return {name: frozenset(str(p) for table, p, has in found if table == name and has) for name in tables}


def test_every_table_has_the_rights_of_its_kind_and_no_other() -> None:
    """A table that nobody has put into a kind fails here: decide what may be done with its rows."""
    told = {table: KINDS[kind] for kind, tables in TABLES.items() for table in tables}
    assert rights() == told


def test_some_rows_are_completed_in_these_columns_only() -> None:
    found = run(
        "SELECT attrelid::regclass::text, attname FROM pg_attribute WHERE attacl IS NOT NULL"
        " AND has_column_privilege(attrelid, attnum, 'UPDATE') AND NOT has_table_privilege(attrelid, 'UPDATE')"
        " AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace) ORDER BY 1, 2"
    )
    assert {str(table): [c for t, c in found if t == table] for table, _column in found} == COMPLETED_LATER


@pytest.mark.parametrize("table", sorted(TABLES["read only"] - VIEWS))
@pytest.mark.parametrize("statement", ["INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}"])
def test_history_is_neither_written_nor_emptied(table: str, statement: str) -> None:
    assert "permission denied" in refused(statement.format(table))


@pytest.mark.parametrize("table", history_tables())
def test_history_is_never_changed(table: str) -> None:
    assert "permission denied" in refused(f"UPDATE {table} SET pgh_context = '{{}}'")
    assert "permission denied" in refused(f"SELECT * FROM {table} FOR UPDATE")


@pytest.mark.parametrize("table", sorted(TABLES["append only"] - set(COMPLETED_LATER)))
def test_official_rows_are_never_changed_or_removed(table: str) -> None:
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        assert "permission denied" in refused(statement)


@pytest.mark.parametrize("table", sorted(TABLES["no delete"]))
def test_rows_that_may_be_completed_are_never_removed(table: str) -> None:
    assert "permission denied" in refused(f"DELETE FROM {table}")


# What is not granted cannot be read


@pytest.mark.parametrize(
    "statement",
    [
        *(f"SELECT * FROM {table}" for table in UNUSED_TABLES),
        "SELECT rolpassword FROM pg_authid",
        "SELECT passwd FROM pg_shadow",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('/')",
        "COPY core_user TO '/tmp/accounts'",
        "COPY core_job FROM '/etc/passwd'",
        "COPY core_user TO PROGRAM 'cat'",
        "SELECT lo_import('/etc/passwd')",
    ],
)
def test_what_was_not_granted_cannot_be_read(statement: str) -> None:
    assert "permission denied" in refused(statement)


# No change without user and reason


@pytest.fixture
def somebody() -> User:
    return account("dao", full_name="Nông Thị Bích Đào")


MANY_TRAITS = (
    "INSERT INTO areas_areatraits (code, kind, value, validity, legal_basis, source, confidence, origin)"
    " SELECT DISTINCT '9' || code, 'region', 'thử', '[2090-01-01,)'::daterange, '', '', 'unsure', 'entered' FROM areas_area"
)
BULK = [
    "UPDATE core_user SET phone = '1'",
    "UPDATE areas_area SET name = name || '!' WHERE code = '04'",
    "DELETE FROM core_user WHERE username = 'dao'",
    MANY_TRAITS,
    "WITH changed AS (UPDATE core_user SET phone = '2' RETURNING id) SELECT count(*) FROM changed",
]


@pytest.mark.parametrize("statement", BULK)
def test_bulk_sql_without_user_and_reason_changes_nothing(somebody: User, statement: str) -> None:
    with pytest.raises(IntegrityError, match="pgh_context"):
        run(statement)


@pytest.mark.parametrize("context", [{}, {"user": 1}, {"reason": "x"}, {"user": 1, "reason": "  "}, {"user": 0, "reason": "x"},
                                     {"user": None, "reason": "x"}, {"user": "x", "reason": "x"}, [], "x",
                                     ["user", "reason"], {"user": 1, "reason": None}, {"user": True, "reason": "x"},
                                     {"user": {}, "reason": "x"}, {"user": [1], "reason": "x"},
                                     {"user": 1e60, "reason": "x"}])  # fmt: skip
def test_a_claim_without_user_or_reason_is_refused(somebody: User, context: object) -> None:
    with claiming(context), pytest.raises(IntegrityError, match="core_user_told"):
        run("UPDATE core_user SET phone = '1'")


COPIED = "904\tregion\tthử\t[2090-01-01,)\t\t\tunsure\tentered\n"


def copy_traits() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.cursor.copy_expert(
            "COPY areas_areatraits (code, kind, value, validity, legal_basis, source, confidence, origin) FROM STDIN",
            io.StringIO(COPIED),
        )


def test_copy_without_user_and_reason_stores_nothing(db: None) -> None:
    with pytest.raises(psycopg2.errors.NotNullViolation, match="pgh_context"):
        copy_traits()


def test_a_reason_does_not_outlive_its_block(somebody: User) -> None:
    with acting(by=somebody, reason="thử"):
        User.objects.filter(pk=somebody.pk).update(phone="1")
    with pytest.raises(IntegrityError, match="pgh_context"):
        User.objects.filter(pk=somebody.pk).update(phone="2")


# Nobody tells the triggers to look away


def written(statement: str) -> int:
    """How many rows of history of accounts the statement leaves."""
    before = run("SELECT count(*) FROM core_user_history")[0][0]
    with claiming(TOLD):
        run(statement)
    return int(str(run("SELECT count(*) FROM core_user_history")[0][0])) - int(str(before))


TRIGGERS = (
    "SELECT string_agg(tgname::text, ',') FROM pg_trigger WHERE tgrelid = 'core_user'::regclass AND NOT tgisinternal"
)


@pytest.mark.parametrize("names", ["'{' || names || '}'", "'{core.User:update_update}'", "'{*}'"])
def test_a_session_cannot_name_triggers_to_ignore(somebody: User, names: str) -> None:
    run(f"SELECT set_config('pgtrigger.ignore', {names}, true) FROM ({TRIGGERS}) AS all_of (names)")
    assert written("UPDATE core_user SET phone = '7' WHERE username = 'dao'") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "ALTER TABLE core_user DISABLE TRIGGER ALL",
        "ALTER TABLE core_user DISABLE TRIGGER USER",
        "DROP TRIGGER history_key ON core_user",
        "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN LANGUAGE sql AS 'SELECT true'",
        "DROP FUNCTION _pgtrigger_should_ignore CASCADE",
        "ALTER FUNCTION history_keeps_key() RENAME TO gone",
        "CREATE RULE quiet AS ON INSERT TO core_user_history DO INSTEAD NOTHING",
        "CREATE TRIGGER mine BEFORE UPDATE ON core_user EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "ALTER TABLE core_user_history DROP CONSTRAINT core_user_told",
    ],
)
def test_triggers_cannot_be_switched_off_replaced_or_preceded(statement: str) -> None:
    told = refused(statement)
    assert "permission denied" in told or "must be owner" in told


def test_a_table_of_the_same_name_does_not_catch_the_history(somebody: User) -> None:
    run("CREATE TEMPORARY TABLE core_user_history (LIKE public.core_user_history) ON COMMIT DROP")
    before = run("SELECT count(*) FROM public.core_user_history")
    with claiming(TOLD):
        run("UPDATE core_user SET phone = '7' WHERE username = 'dao'")
    assert run("SELECT count(*) FROM core_user_history") == [(0,)]
    assert run("SELECT count(*) FROM public.core_user_history") > before


def test_history_cannot_be_forged_through_a_table_of_ones_own() -> None:
    """The functions write as the owner: they must not be attached to another table."""
    run("CREATE TEMPORARY TABLE mine (LIKE core_user) ON COMMIT DROP")
    (function,) = run(
        "SELECT p.proname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE t.tgrelid = 'core_user'::regclass AND t.tgname LIKE 'pgtrigger_insert%%'"
    )[0]
    statement = (
        f"CREATE TRIGGER forge AFTER INSERT ON mine REFERENCING NEW TABLE AS new_values EXECUTE FUNCTION {function}()"
    )
    assert "permission denied" in refused(statement)


def test_no_function_that_works_as_the_owner_may_be_called() -> None:
    found = run(
        "SELECT proname, has_function_privilege(oid, 'EXECUTE') FROM pg_proc"
        " WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    )
    assert found
    assert [name for name, may in found if may] == []


@pytest.mark.parametrize("table", ["core_user", "areas_area", "areas_areatraits"])
def test_a_row_keeps_its_key_so_that_no_change_slips_through(table: str) -> None:
    """The triggers match old and new rows by key: a change of the key with other columns would leave no history."""
    with claiming(TOLD):
        assert "history_key" in refused(f"UPDATE {table} SET id = id + 1000000")


def test_every_tracked_table_guards_its_key_and_writes_its_history() -> None:
    found = run("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'")
    triggers = {table: sorted(str(name) for t, name in found if t == table) for table, _key in tracked_tables()}
    for table, names in triggers.items():
        assert "history_key" in names, table
        for kind in ("insert", "update", "delete"):
            assert any(name.startswith(f"pgtrigger_{kind}_{kind}") for name in names), (table, kind)


def test_each_row_of_a_bulk_change_has_its_history(somebody: User) -> None:
    account("thu")
    assert written("UPDATE core_user SET phone = '55' WHERE username IN ('dao', 'thu')") == 2
    assert written("UPDATE core_user SET phone = phone WHERE username IN ('dao', 'thu')") == 0
    upsert = "INSERT INTO core_user SELECT * FROM core_user WHERE username = 'dao' ON CONFLICT (id) DO UPDATE SET phone = '9'"
    assert written(upsert) == 1


def test_the_time_of_a_change_is_the_databases_own(somebody: User) -> None:
    with claiming({**TOLD, "pgh_created_at": "1999-01-01"}):
        run("UPDATE core_user SET phone = '8' WHERE username = 'dao'")
    assert run("SELECT max(pgh_created_at) = now() FROM core_user_history WHERE username = 'dao'") == [(True,)]


def test_no_shared_context_is_kept_that_one_writer_could_rewrite() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        run("INSERT INTO pghistory_context (id, metadata) VALUES (gen_random_uuid(), '{}')")
    assert run("SELECT _pgh_attach_context()") == [(None,)]
