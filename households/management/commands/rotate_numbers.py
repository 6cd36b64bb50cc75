"""``manage.py rotate_numbers [--commit] [--batch N] [--prune] [--json]``: everything sealed under the newest field key."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from households.registry.numbers.rotation import prune_unused
from povertyportal.core.account_models import RecoveryCode
from povertyportal.core.resealing import Batch, Sealed, left, reseal_batch, sealed_columns

ATTEMPTS = 3  # somebody may keep the very number that is just being sealed anew


class Command(BaseCommand):
    help = _("Mã hóa lại mọi số định danh và bí mật khác bằng khóa mới nhất của FIELD_KEYS, để bỏ được khóa cũ.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--commit", action="store_true", help=_("ghi vào cơ sở dữ liệu"))
        parser.add_argument("--batch", type=int, default=2000, metavar="N", help=_("số dòng mỗi lượt, mặc định 2000"))
        parser.add_argument("--prune", action="store_true", help=_("bỏ các số không còn dòng nào dùng"))
        parser.add_argument("--json", action="store_true", help=_("in kết quả thành một tài liệu JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError(_("--batch cần là một số từ 1 trở lên."))
        self.quiet = options["json"]
        report: dict[str, Any] = {"committed": options["commit"], "tables": {}}
        for column in sealed_columns():
            waiting = left(column)
            self._say(
                _("%(title)s: %(waiting)s dòng chưa theo khóa mới nhất") % {"title": column.title, "waiting": waiting}
            )
            done, lost = self._reseal(column, waiting, options["batch"]) if options["commit"] else (0, 0)
            report["tables"][column.model._meta.label] = {"waiting": waiting, "done": done, "lost": lost}
        if options["commit"] and options["prune"]:
            report["pruned"] = self._prune()
        self._end(report)

    def _reseal(self, column: Sealed, waiting: int, size: int) -> tuple[int, int]:
        done = lost = after = 0
        while (batch := self._batch(column, after, size)).last is not None:
            after, done, lost = batch.last, done + batch.done, lost + batch.lost
            self._say(f"  {column.title}: {done + lost}/{waiting}")
        return done, lost

    def _batch(self, column: Sealed, after: int, size: int) -> Batch:
        for attempt in range(ATTEMPTS):
            try:
                return reseal_batch(column, after=after, size=size)
            except IntegrityError:
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError

    def _prune(self) -> int:
        taken = 0
        while more := prune_unused():
            taken += more
        self._say(_("Đã bỏ %s số không còn dòng nào dùng.") % taken)
        return taken

    def _end(self, report: dict[str, Any]) -> None:
        still = sum(left(column) for column in sealed_columns())
        lost = sum(table["lost"] for table in report["tables"].values())
        report |= {"left": still, "recovery_codes": RecoveryCode.objects.filter(used_at=None).count()}
        if self.quiet:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        if report["recovery_codes"]:
            self._say(_(
                "%s mã dự phòng trên giấy chỉ kiểm được bằng khóa lúc lập mã: trước khi bỏ khóa cũ, người có mã lập từ trước "
                "cần lập mã mới."
            ) % report["recovery_codes"])  # fmt: skip
        if lost:
            raise CommandError(_("%s dòng không mở được bằng khóa nào trong FIELD_KEYS; các dòng khác đã xong.") % lost)
        if not report["committed"]:
            self._say(_("Chạy thử, chưa ghi gì. Thêm --commit để ghi."))
        elif still == 0:
            self._say(_("Mọi dòng đã theo khóa mới nhất: có thể bỏ các khóa cũ khỏi FIELD_KEYS."))

    def _say(self, text: str) -> None:
        if not self.quiet:
            self.stdout.write(text)
