"""``manage.py check_registry [--json]``: whether the registry's rows hold together; exit code 1 when some do not."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from households.registry.models import Household, Person
from households.registry.soundness import LIMIT, Unsound, unsound


class Command(BaseCommand):
    help = _("Kiểm tra sổ hộ: thành viên, chủ hộ, nơi ở, dòng tra cứu, và biến động có dẫn tới các dòng đang có không.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("chỉ in một tài liệu JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(unsound())
        households, persons = Household.objects.count(), Person.objects.count()
        if options["json"]:
            told = {"households": households, "persons": persons, "unsound": [asdict(one) for one in found]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(
                _("%(households)s hộ, %(persons)s người.") % {"households": households, "persons": persons}
            )
            for one in found:
                self.stdout.write(_line(one))
            if not found:
                self.stdout.write(_("Không thấy điều gì sai."))
        if found:
            sys.exit(1)


def _line(one: Unsound) -> str:
    mark = "H" if one.kind == "household" else "N"
    keys = ", ".join(f"{mark}{key}" for key in one.keys)
    return f"{one.title} ({one.check}): {keys}" + (", …" if len(one.keys) == LIMIT else "")
