"""Figures in the words of a page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programs.catalogue import find_programme
from reports.reported.vocabulary import find_measure
from reports.tables import FigureKey, Qualifier

QUALIFIERS: Mapping[Qualifier, Promise] = {
    Qualifier.EXACT: _("Số chính xác"),
    Qualifier.NEARLY: _("Gần (“gần 234 tỷ đồng”)"),
    Qualifier.OVER: _("Trên, hơn (“trên 5%”)"),
    Qualifier.RANGE: _("Khoảng (“1,15 - 1,2 lần”)"),
    Qualifier.OF: _("Phần trên tổng số (“10/12 xã”)"),
    Qualifier.TARGET: _("Mục tiêu phấn đấu"),
}


# Column of a figures file → its name in Vietnamese, and what to write into it.
COLUMN_HELP: Mapping[str, tuple[Promise, Promise]] = {
    "report": (_("Văn bản nguồn"), _("số, ký hiệu hoặc mã của văn bản đã công bố con số")),
    "area_code": (_("Mã địa bàn"), _("2 chữ số (tỉnh), 3 (huyện) hoặc 5 (xã), giữ số 0 ở đầu: 045")),
    "area_name": (_("Tên địa bàn"), _("tên của đơn vị mang mã ấy vào ngày địa giới: Huyện Hà Quảng")),
    "boundary_on": (_("Theo địa giới ngày"), _("ngày của bản đồ hành chính mà con số tính trên đó: 2020-09-16")),
    "standard": (_("Chuẩn nghèo"), _("mã ở bảng dưới; để trống nếu con số không gắn với chuẩn nào")),
    "program": (_("Chương trình, chính sách"), _("mã ở bảng dưới, hoặc mã mới; để trống nếu không thuộc chương trình")),
    "measure": (_("Chỉ tiêu"), _("mã ở bảng dưới, hoặc mã mới")),
    "unit": (_("Đơn vị tính"), _("như đã công bố: hộ, người, triệu đồng; tỷ lệ phần trăm ghi percent hoặc %")),
    "period_from": (_("Từ ngày"), _("ngày đầu của thời kỳ: 2016-01-01")),
    "period_to": (_("Đến hết ngày"), _("ngày cuối của thời kỳ: 2020-12-31; số tại một thời điểm ghi cùng một ngày")),
    "value": (_("Giá trị"), _("dấu chấm thập phân, không ngăn hàng nghìn: 84184.73; khoảng 1.15-1.2; phần 10/12")),
    "qualifier": (
        _("Loại giá trị"),
        _("exact: chính xác; nearly: gần; over: trên; range: khoảng; of: phần trên tổng số; target: mục tiêu"),
    ),
    "note": (_("Ghi chú"), _("có thể để trống; đặt trong ngoặc kép nếu có dấu phẩy")),
}


def column_name(code: str) -> str:
    return str(COLUMN_HELP[code][0]) if code in COLUMN_HELP else ""


def measure_name(code: str) -> str:
    return find_measure(code).name


def programme_name(code: str) -> str:
    return find_programme(code).name if code else ""


def figure_name(key: FigureKey) -> str:
    """ "Số hộ vay vốn – Tín dụng chính sách"."""
    parts = [measure_name(key.measure), programme_name(key.programme)]
    return " – ".join(part for part in parts if part)
