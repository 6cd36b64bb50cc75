"""``print_form a|b|viii --standard CODE [--variant V] --out FILE``: a blank form to write on by hand."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.criteria.law.shelf import UnknownStandardError
from households.criteria.queries import b1_table_in_force, standard_in_force
from households.papers.blanks import FORMS, FormRefusedError, blank_form
from povertyportal.core.clock import today
from povertyportal.core.output import write_out


class Command(BaseCommand):
    help = _("In phiếu trắng để điền tay: Phiếu A, Phiếu B, Phụ lục VIII.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("form", help=", ".join(FORMS))
        parser.add_argument("--standard", required=True, help=_("mã chuẩn nghèo, ví dụ nd07-2021"))
        parser.add_argument("--variant", default="", help=_("khu vực của bảng điểm B1, ví dụ nmm; không ghi: chung"))
        parser.add_argument("--out", required=True, help=_("tệp PDF ghi ra; dấu - là màn hình"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["form"] not in FORMS:
            known = {"given": options["form"], "known": ", ".join(FORMS)}
            raise CommandError(_("Không có phiếu “%(given)s”; cần một trong: %(known)s.") % known)
        try:
            standard, table = standard_in_force(options["standard"]), b1_table_in_force(options["standard"], today())
            content = blank_form(options["form"], standard, variant=options["variant"], table=table)
        except (UnknownStandardError, FormRefusedError) as refused:
            raise CommandError(str(refused)) from refused
        write_out(options["out"], content)
