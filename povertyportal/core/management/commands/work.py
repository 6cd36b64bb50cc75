from argparse import SUPPRESS, ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from povertyportal.core.supervisor import Supervisor, run_worker


class Command(BaseCommand):
    help = "Chạy các việc nền: giữ cho tiến trình xử lý luôn sống và giao lại việc dở dang của tiến trình đã chết."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workers", type=int, default=1, help="số tiến trình xử lý (mặc định 1)")
        parser.add_argument("--interval", type=float, default=0.5, help="số giây giữa hai lần xem hàng đợi")
        parser.add_argument("--as-worker", default="", help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["as_worker"]:
            run_worker(options["as_worker"], interval=options["interval"])
        else:
            if options["verbosity"]:
                self.stderr.write("Đang chờ việc nền; Ctrl-C để dừng.")
            Supervisor(max(1, options["workers"])).run()
