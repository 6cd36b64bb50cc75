"""What the commands that write have in common: a dry run without ``--commit``, the account that answers for it, JSON."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def add_writing_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--commit", action="store_true", help=_("ghi vào cơ sở dữ liệu"))
    parser.add_argument(
        "--by", metavar="USERNAME", help=_("tài khoản chịu trách nhiệm; mặc định là tài khoản hệ thống")
    )
    parser.add_argument("--json", action="store_true", help=_("in kết quả thành một tài liệu JSON"))


def content_of(path: Path) -> bytes:
    """Raises CommandError."""
    try:
        return path.read_bytes()
    except OSError as error:
        told = {"path": path, "reason": error.strerror}
        raise CommandError(_("Không đọc được tệp %(path)s: %(reason)s.") % told) from error


def refuse_file(name: str, problems: int) -> CommandError:
    return CommandError(_("Không nạp dòng nào: tệp %(name)s có %(count)s lỗi.") % {"name": name, "count": problems})
