"""``render_report tong-ket --area CODE --from YEAR --to YEAR [--on DATE] [--map DATE] --format F --out F``."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.areas.days import EARLIEST, DayRefusedError, read_day
from povertyportal.core.output import write_out
from reports.rendering.html import render_html
from reports.rendering.json import render_json
from reports.rendering.pdf import render_pdf
from reports.reported.vocabulary import source_title
from reports.validator.evidence import name_of
from reports.validator.prepared import Prepared, ReportRefusedError, prepare_report

FORMATS = ("html", "pdf", "json")
_FIRST_YEAR, _LAST_YEAR = EARLIEST.year, 2100


class Command(BaseCommand):
    help = _("Lập một báo cáo và ghi ra tệp.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help=_("loại báo cáo, ví dụ tong-ket"))
        parser.add_argument("--area", required=True, help=_("mã đơn vị hành chính"))
        parser.add_argument("--from", dest="first", required=True, help=_("năm đầu của kỳ báo cáo"))
        parser.add_argument("--to", dest="last", required=True, help=_("năm cuối của kỳ báo cáo"))
        parser.add_argument("--on", help=_("ngày lập báo cáo, NĂM-THÁNG-NGÀY"))
        parser.add_argument("--map", help=_("theo địa giới ngày nào, NĂM-THÁNG-NGÀY; mặc định là ngày lập báo cáo"))
        parser.add_argument("--format", required=True, help=", ".join(FORMATS))
        parser.add_argument("--out", required=True, help=_("tệp ghi ra; dấu - là màn hình"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] not in FORMATS:
            known = {"given": options["format"], "known": ", ".join(FORMATS)}
            raise CommandError(_("--format “%(given)s” không có; cần một trong: %(known)s.") % known)
        try:
            prepared = prepare_report(
                name=options["name"],
                area_code=options["area"],
                first=date(_year("--from", options["first"]), 1, 1),
                last=date(_year("--to", options["last"]), 12, 31),
                on=_day("--on", options["on"]),
                map_on=_day("--map", options["map"]),
            )
        except ReportRefusedError as error:
            raise CommandError(str(error)) from error
        stream = None if options["format"] == "pdf" else self.stdout
        write_out(options["out"], _rendered(prepared, options["format"]), stream)


def _rendered(prepared: Prepared, form: str) -> bytes:
    if form == "pdf":
        return render_pdf(prepared.report)
    if form == "json":
        return render_json(prepared.report, prepared.findings).encode()
    return render_html(prepared.report, prepared.findings, name_of=name_of, source_of=source_title).encode()


def _year(option: str, text: str) -> int:
    if text.isascii() and text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        return int(text)
    raise CommandError(
        _("%(option)s “%(text)s” không phải một năm; cần bốn chữ số, ví dụ 2016.") % {"option": option, "text": text}
    )


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return read_day(text)
    except DayRefusedError as refused:
        raise CommandError(f"{option}: {refused}") from refused
