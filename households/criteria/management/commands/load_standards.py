"""``manage.py load_standards [--commit] [--by USERNAME] [--json]``: the shipped standards, all or nothing."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.criteria.law.faults import DocumentFaults
from households.criteria.loading import Loaded, load_shipped
from households.criteria.publishing import PublishingRefusedError
from povertyportal.core.accounts import acting_user
from povertyportal.core.clock import now
from povertyportal.core.commands import add_writing_arguments


class Command(BaseCommand):
    help = _("Nạp các chuẩn nghèo có sẵn. Không có --commit thì chỉ cho biết sẽ nạp gì.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_writing_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        commit: bool = options["commit"]
        try:
            done = load_shipped(by=acting_user(options["by"]), at=now(), commit=commit)
        except (PublishingRefusedError, DocumentFaults) as refused:
            raise CommandError(_("Không nạp chuẩn nào.\n%s") % refused) from refused
        if options["json"]:
            report = {"committed": commit, "changes": done.writes, **asdict(done)}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_told(done, commit=commit)))


def _told(done: Loaded, *, commit: bool) -> list[str]:
    lines = [
        _("%(title)s: %(codes)s") % {"title": title, "codes": ", ".join(codes)}
        for title, codes in (
            (_("Áp dụng như có sẵn, chưa đối chiếu văn bản gốc"), done.in_force),
            (_("Nạp là bản thảo"), done.drafts),
            (_("Giữ nguyên"), done.unchanged),
        )
        if codes
    ]
    lines += [f"  {notice}" for notice in done.notices]
    if not commit:
        lines.append(_("Chạy thử, chưa ghi gì. Thêm --commit để ghi."))
    elif not done.writes:
        lines.append(_("0 thay đổi."))
    return lines
