"""``manage.py load_reported FILE [--commit] [--by USERNAME] [--json]``: published figures, all or nothing."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from povertyportal.core.accounts import acting_user
from povertyportal.core.clock import now
from povertyportal.core.commands import add_writing_arguments, content_of, refuse_file
from reports.reported.actions import FigureRefusedError
from reports.reported.load import FileCheck, check_file, load_file


class Command(BaseCommand):
    help = _("Nạp số liệu đã công bố từ tệp CSV. Không có --commit thì chỉ kiểm tra.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        add_writing_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        content = content_of(path)
        if options["commit"]:
            by = acting_user(options["by"])
            try:
                result = load_file(content=content, name=path.name, by=by, at=now())
            except FigureRefusedError as error:
                raise CommandError(_("Không nạp gì: %(reason)s.") % {"reason": error}) from error
        else:
            result = check_file(content=content, name=path.name)
        text = (
            json.dumps(_as_json(result, options["commit"]), ensure_ascii=False, indent=2)
            if options["json"]
            else _report(result, options["commit"])
        )
        if options["json"] or options["verbosity"] or result.problems:
            self.stdout.write(text)
        if result.problems:
            raise refuse_file(path.name, len(result.problems))


def _as_json(result: FileCheck, commit: bool) -> dict[str, Any]:
    return {
        "file": result.name,
        "stored": commit and not result.problems,
        "rows": result.rows,
        "new": len(result.new),
        "unchanged": result.unchanged,
        "problems": [
            {"line": entry.line, "column": entry.column, "value": entry.value, "message": entry.message}
            for entry in result.problems
        ],
        "notices": list(result.notices),
        "unknown_measures": list(result.unknown_measures),
        "unknown_programmes": list(result.unknown_programmes),
    }


def _report(result: FileCheck, commit: bool) -> str:
    if result.problems:
        return "\n".join(str(problem) for problem in result.problems)
    done = _("Đã lưu %(new)s số liệu mới") if commit else _("Chưa lưu gì (thiếu --commit). Sẽ lưu %(new)s số liệu mới")
    lines = [
        (done + _("; %(unchanged)s số liệu đã có từ trước, giữ nguyên."))
        % {"new": len(result.new), "unchanged": result.unchanged}
    ]
    if result.unknown_measures:
        lines.append(_("Chỉ tiêu chưa có trong danh mục: %(codes)s.") % {"codes": ", ".join(result.unknown_measures)})
    if result.unknown_programmes:
        lines.append(
            _("Chương trình chưa có trong danh mục: %(codes)s.") % {"codes": ", ".join(result.unknown_programmes)}
        )
    return "\n".join([*lines, *result.notices])
