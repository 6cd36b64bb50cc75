"""What the web role may do. The owner role migrates; the web role reads and writes rows and nothing else.

Every table made by a migration is open to the web role for SELECT, INSERT, UPDATE and DELETE (``open_to_web``, run by
``manage.py migrate`` before anything is created). A table whose rows are official closes further with one of the
operations below, in the migration that makes it. TRUNCATE and DDL are never given.
"""

from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.special import RunSQL
from django.db.migrations.state import ProjectState
from django.db.models import Model

from povertyportal.core.history_row import HistoryRow

OWNER_ALIAS = "owner"


migrating: ContextVar[bool] = ContextVar("migrating", default=False)


class OwnerMigrates:
    """Database router: tables are made through the owner's connection only.

    While a migration runs its queries go there too: some third-party migrations name no connection, and would wait for
    ever, as the web role, for a table that the owner is just altering.
    """

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return OWNER_ALIAS if migrating.get() else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == OWNER_ALIAS


def web_role() -> str:
    return str(settings.DATABASES["default"]["USER"])


def open_to_web(connection: BaseDatabaseWrapper) -> None:
    """Let the web role use every table and sequence that the owner will make in this database."""
    role = connection.ops.quote_name(web_role())
    defaults = "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"{defaults} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}")
        cursor.execute(f"{defaults} GRANT USAGE, SELECT ON SEQUENCES TO {role}")


def close_migration_record(connection: BaseDatabaseWrapper) -> None:
    """The record of what was migrated is the owner's: the web role only reads it."""
    with connection.cursor() as cursor:
        role = connection.ops.quote_name(web_role())
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")


def close_history(connection: BaseDatabaseWrapper) -> None:
    """History is written by triggers alone: they run as the owner, cannot be told to look away, and the web role reads.

    django-pgtrigger lets a session name triggers to ignore; its function is replaced by one that ignores none.
    django-pghistory keeps contexts in a table that any writer may rewrite; ours stand in the history rows, and its function
    is replaced by one that stores nothing. A row keeps its key: the triggers match old and new rows by it, and one that
    changed it would slip through. Run after each migration, because the libraries write these functions anew.
    """
    role = connection.ops.quote_name(web_role())
    with connection.cursor() as cursor:
        cursor.execute(_NONE_IS_IGNORED)
        cursor.execute(_NO_SHARED_CONTEXT)
        cursor.execute(_TRIGGER_FUNCTIONS)
        for (signature,) in cursor.fetchall():
            cursor.execute(f"ALTER FUNCTION {signature} SECURITY DEFINER SET search_path = public, pg_temp")
            cursor.execute(f"REVOKE EXECUTE ON FUNCTION {signature} FROM PUBLIC")
        made = set(connection.introspection.table_names(cursor))  # a migration may have stopped half-way up
        cursor.execute(_KEEPS_ITS_KEY)
        for table, key in tracked_tables():
            if table in made:
                cursor.execute(_keep_key(connection.ops.quote_name(table), connection.ops.quote_name(key)))
        for table in made.intersection(history_tables()):
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {connection.ops.quote_name(table)} FROM {role}")
        for table in made.intersection(UNUSED_TABLES):
            cursor.execute(f"REVOKE ALL ON {connection.ops.quote_name(table)} FROM {role}")


def close_views(connection: BaseDatabaseWrapper) -> None:
    """A view works with its owner's rights: a row written through it would pass by what is closed. They are read only."""
    role = connection.ops.quote_name(web_role())
    with connection.cursor() as cursor:
        views = [table for table in connection.introspection.get_table_list(cursor) if table.type == "v"]
        for view in views:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {connection.ops.quote_name(view.name)} FROM {role}")


def history_tables() -> list[str]:
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, HistoryRow))


def tracked_tables() -> list[tuple[str, str]]:
    """Table and key column of every model with a history."""
    rows = [model for model in apps.get_models() if issubclass(model, HistoryRow)]
    found = [getattr(row, "pgh_tracked_model")._meta for row in rows]  # noqa: B009  # set by django-pghistory
    return sorted((meta.db_table, meta.pk.column) for meta in found)


def _keep_key(table: str, key: str) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER history_key BEFORE UPDATE OF {key} ON {table} FOR EACH ROW "
        f"WHEN (OLD.{key} IS DISTINCT FROM NEW.{key}) EXECUTE FUNCTION history_keeps_key()"
    )


# tables of libraries that the portal does without: closed to the web role, also for reading
UNUSED_TABLES = ("pghistory_context", "auth_group", "auth_group_permissions", "auth_permission")

_NONE_IS_IGNORED = """
CREATE OR REPLACE FUNCTION "public"._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""
_NO_SHARED_CONTEXT = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid LANGUAGE sql IMMUTABLE AS 'SELECT NULL::uuid'
"""
_KEEPS_ITS_KEY = """
CREATE OR REPLACE FUNCTION history_keeps_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history_key: a row of % keeps its key for ever', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'history_key';
END
$$
"""
_TRIGGER_FUNCTIONS = r"""
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname = 'public' AND p.prorettype = 'trigger'::regtype AND p.proname LIKE 'pgtrigger\_%'
"""


class _Revoke(RunSQL):
    """Base of the operations; ``rights`` are taken from the web role when the migration runs."""

    rights = ""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(sql=RunSQL.noop, reverse_sql=RunSQL.noop)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, [self.table], {})

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        quote = schema_editor.quote_name
        schema_editor.execute(f"REVOKE {self.rights} ON {quote(self.table)} FROM {quote(web_role())}")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        quote = schema_editor.quote_name
        schema_editor.execute(f"GRANT {self.rights} ON {quote(self.table)} TO {quote(web_role())}")

    def describe(self) -> str:
        return f"Take {self.rights} on {self.table} from the web role"


class AppendOnly(_Revoke):
    """Rows of this table are never changed or removed by the portal: a correction is a new row."""

    rights = "UPDATE, DELETE"


class NoDelete(_Revoke):
    """Rows may be completed (an end date), never removed."""

    rights = "DELETE"


class Completed(_Revoke):
    """Rows are never removed, and only these columns may be filled in later."""

    rights = "UPDATE, DELETE"

    def __init__(self, table: str, columns: list[str]) -> None:
        self.columns = columns
        super().__init__(table)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, [self.table, self.columns], {})

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        quote = schema_editor.quote_name
        columns = ", ".join(quote(column) for column in self.columns)
        schema_editor.execute(f"GRANT UPDATE ({columns}) ON {quote(self.table)} TO {quote(web_role())}")
