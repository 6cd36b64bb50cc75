"""Parts of a standard in the words of its pages and refusals."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.criteria.law.parts import Class, Purpose, Sureness

CLASSES = {
    Class.POOR: gettext_lazy("hộ nghèo"),
    Class.NEAR_POOR: gettext_lazy("hộ cận nghèo"),
    Class.AVERAGE: gettext_lazy("hộ có mức sống trung bình"),
    Class.NOT_POOR: gettext_lazy("hộ không nghèo"),
}
_PURPOSES = {
    Purpose.CLOSING: gettext_lazy("kết quả cuối năm"),
    Purpose.OPENING: gettext_lazy("đầu kỳ của chuẩn sau"),
}
# sureness → short mark, what it means
SURENESS = {
    Sureness.VERIFIED: (gettext_lazy("đã đọc văn bản"), gettext_lazy("Đọc trong văn bản hoặc bản sao chính thức.")),
    Sureness.PRESS: (gettext_lazy("theo báo chí"), gettext_lazy("Đọc trên báo, chưa đối chiếu văn bản.")),
    Sureness.CODE: (
        gettext_lazy("theo phần mềm khác"),
        gettext_lazy("Đọc trong phần mềm của bên khác, chưa đối chiếu."),
    ),
    Sureness.DERIVED: (gettext_lazy("suy ra"), gettext_lazy("Tính ra từ số đã biết hoặc theo chuẩn gốc.")),
    Sureness.RECALLED: (gettext_lazy("chưa đối chiếu"), gettext_lazy("Theo hiểu biết chung, chờ đối chiếu văn bản.")),
    Sureness.UNSURE: (gettext_lazy("chưa chắc"), gettext_lazy("Nguồn yếu hoặc mâu thuẫn: không dùng để quyết định.")),
}


def purpose_title(purpose: Purpose) -> str:
    return str(_PURPOSES[purpose])


def class_title(one: Class) -> str:
    return str(CLASSES[one])


def years_text(first: int, last: int) -> str:
    """ "các năm 2022 – 2026", "năm 2021"."""
    return _("năm %s") % first if first == last else _("các năm %(first)s – %(last)s") % {"first": first, "last": last}
