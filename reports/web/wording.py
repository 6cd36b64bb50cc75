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


def measure_name(code: str) -> str:
    return find_measure(code).name


def programme_name(code: str) -> str:
    return find_programme(code).name if code else ""


def figure_name(key: FigureKey) -> str:
    """ "Số hộ vay vốn – Tín dụng chính sách"."""
    parts = [measure_name(key.measure), programme_name(key.programme)]
    return " – ".join(part for part in parts if part)
