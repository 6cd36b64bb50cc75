import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.criteria.law.faults import Fault
from households.criteria.law.parts import Standard
from households.criteria.law.proving import Proved, prove


class Command(BaseCommand):
    help = "Kiểm tra các văn bản chuẩn nghèo; có lỗi thì in từng dòng “tệp:dòng: câu” và thoát với mã 1."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="TỆP", help="không ghi: mọi văn bản đi kèm cổng")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        proved = prove([Path(name) for name in options["files"]])
        if options["json"]:
            self.stdout.write(json.dumps(_report(proved), ensure_ascii=False, indent=2))
            sys.exit(1 if proved.faults else 0)
        for name, fault in proved.faults:
            self.stderr.write(f"{name}:{fault.line}: {fault.sentence}")
        if proved.faults:
            told = {"faults": len(proved.faults), "files": len({name for name, fault in proved.faults})}
            raise CommandError(_("%(faults)d lỗi trong %(files)d tệp.") % told)
        for one in proved.standards:
            self.stdout.write(_("%(code)s, phiên bản %(version)d: %(title)s") % _named(one))
        self.stdout.write(_("%d văn bản đúng.") % len(proved.standards))


def _named(standard: Standard) -> dict[str, Any]:
    return {"code": standard.code, "version": standard.version, "title": standard.title}


def _report(proved: Proved) -> dict[str, Any]:
    return {
        "standards": [_named(one) | {"digest": one.digest} for one in proved.standards],
        "faults": [_fault(name, fault) for name, fault in proved.faults],
    }


def _fault(name: str, fault: Fault) -> dict[str, Any]:
    return {"file": name, "line": fault.line, "where": fault.where, "text": fault.text}
