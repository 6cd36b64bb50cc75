"""``manage.py load_villages FILE [--commit] [--by USERNAME] [--json]``: villages of communes, all or nothing."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from households.access.villages import refuses_for
from households.areas.village_files import VillageFile, check_villages, load_villages
from povertyportal.core.accounts import acting_user
from povertyportal.core.clock import today
from povertyportal.core.commands import add_writing_arguments, content_of, refuse_file


class Command(BaseCommand):
    help = _("Nạp thôn, tổ dân phố từ tệp CSV. Không có --commit thì chỉ kiểm tra.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        add_writing_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        by = acting_user(options["by"])
        day = today()
        refuses = refuses_for(by, day=day)
        content = content_of(path)
        if options["commit"]:
            done = load_villages(content=content, name=path.name, by=by, day=day, refuses=refuses)
        else:
            done = check_villages(content=content, name=path.name, day=day, refuses=refuses)
        report = _as_json(done, options["commit"]) if options["json"] else _told(done, options["commit"])
        self.stdout.write(report)
        if done.problems:
            raise refuse_file(path.name, len(done.problems))


def _as_json(done: VillageFile, commit: bool) -> str:
    report = {
        "file": done.name,
        "stored": commit and not done.problems,
        "new": len(done.new),
        "unchanged": done.unchanged,
        "communes": dict(done.communes),
        "problems": [
            {"line": one.line, "column": one.column, "value": one.value, "message": one.message}
            for one in done.problems
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _told(done: VillageFile, commit: bool) -> str:
    if done.problems:
        return "\n".join(str(problem) for problem in done.problems)
    what = _("Đã lưu %(new)s thôn mới") if commit else _("Chưa lưu gì (thiếu --commit). Sẽ lưu %(new)s thôn mới")
    kept = _("; %(unchanged)s thôn đã có từ trước, giữ nguyên.") % {"unchanged": done.unchanged}
    return what % {"new": len(done.new)} + kept
