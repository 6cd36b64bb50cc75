"""The web role reads and writes rows, and nothing else."""

import pytest
from django.db import ProgrammingError, connection, transaction

pytestmark = pytest.mark.django_db


def refused(statement: str) -> str:
    with pytest.raises(ProgrammingError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(refusal.value)


def test_the_portal_works_as_the_web_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("portal_web", False, False, False)


def test_the_web_role_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (x int)",
        "ALTER TABLE core_user ADD COLUMN x int",
        "DROP TABLE core_job",
        "TRUNCATE core_job",
        "ALTER TABLE reports_reportedfigure DISABLE TRIGGER ALL",
        "SET ROLE portal_owner",
    ],
)
def test_the_web_role_changes_no_structure(statement: str) -> None:
    assert "permission denied" in refused(statement) or "must be owner" in refused(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_reportedfigure SET value = 0",
        "DELETE FROM reports_reportedfigure",
        "DELETE FROM areas_area",
        "DELETE FROM areas_areasuccession",
        "DELETE FROM django_migrations",
        "UPDATE django_migrations SET name = name",
    ],
)
def test_official_rows_cannot_be_changed_or_removed_by_the_web_role(statement: str) -> None:
    assert "permission denied" in refused(statement)
