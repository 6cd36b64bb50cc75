"""Django's migrate, run by the owner role, which then leaves each table open or closed to the web role as declared."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections

from povertyportal.core.privileges import (
    OWNER_ALIAS,
    close_history,
    close_migration_record,
    close_views,
    migrating,
    open_to_web,
)


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database=OWNER_ALIAS)

    def handle(self, *args: Any, **options: Any) -> None:
        if OWNER_ALIAS not in settings.DATABASES:
            raise CommandError("Cần DATABASE_OWNER_URL (vai trò sở hữu bảng) để cập nhật cấu trúc cơ sở dữ liệu.")
        if options["database"] != OWNER_ALIAS:
            raise CommandError(f"Chỉ vai trò sở hữu được cập nhật cấu trúc: dùng --database {OWNER_ALIAS}.")
        writes = not (options["check_unapplied"] or options["plan"])
        if writes:
            open_to_web(connections[OWNER_ALIAS])
        token = migrating.set(True)
        try:
            super().handle(*args, **options)
        finally:
            migrating.reset(token)
        if writes:
            close_migration_record(connections[OWNER_ALIAS])
            close_history(connections[OWNER_ALIAS])
            close_views(connections[OWNER_ALIAS])
