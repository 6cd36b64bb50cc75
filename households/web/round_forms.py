"""Opening a round: what the form asks."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.registry.problems import RegistryRefusedError
from households.surveys.codes import RoundCode
from households.surveys.models import RoundKind
from households.surveys.rounds import LONGEST_BASIS
from households.web.form_parts import text_field
from povertyportal.core.fields import VietnameseDateField

MONTHS = [("", "–"), *((str(number), str(number)) for number in range(1, 13))]
FIRST_YEAR, LAST_YEAR = 1993, 2100
_FIELDS = {"code": "year", "area_code": "area", "days": "last"}


class RoundForm(forms.Form):
    """``code`` is put together from kind, year and month."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại đợt"), choices=RoundKind, widget=forms.Select(attrs={"class": "form-select"})
    )
    year = forms.IntegerField(
        label=gettext_lazy("Năm rà soát"), min_value=FIRST_YEAR, max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
    )  # fmt: skip
    month = forms.TypedChoiceField(
        label=gettext_lazy("Tháng"), choices=MONTHS, coerce=int, empty_value=None, required=False,
        help_text=gettext_lazy("Chỉ ghi với đợt rà soát thường xuyên trong năm."),
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip
    area = text_field(
        gettext_lazy("Mã địa bàn"), gettext_lazy("Mã xã (5 chữ số), huyện (3, đến 30/6/2025) hoặc tỉnh (2)."), most=5
    )
    on = VietnameseDateField(
        label=gettext_lazy("Theo địa giới ngày"), required=False,
        help_text=gettext_lazy("Để trống: ngày đầu của đợt. Ngày này quyết định đợt gồm những xã nào."),
    )  # fmt: skip
    first = VietnameseDateField(
        label=gettext_lazy("Ngày bắt đầu"), required=False,
        help_text=gettext_lazy("Để trống: 01/9, hoặc ngày 15 của tháng (Quyết định 24/2021/QĐ-TTg)."),
    )  # fmt: skip
    last = VietnameseDateField(
        label=gettext_lazy("Ngày kết thúc"), required=False,
        help_text=gettext_lazy("Để trống: 14/12, hoặc 15 ngày từ ngày bắt đầu."),
    )  # fmt: skip
    legal_basis = text_field(
        gettext_lazy("Kế hoạch, căn cứ"), gettext_lazy("Ví dụ: Kế hoạch 135/KH-UBND ngày 20/8/2026."),
        required=False, most=LONGEST_BASIS,
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.fields["area"].widget.attrs["list"] = "round-areas"

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("kind") == RoundKind.IN_YEAR and "month" in data and not data["month"]:
            self.add_error("month", _("Đợt trong năm cần tháng rà soát."))
        if data.get("kind") == RoundKind.PERIODIC and data.get("month"):
            self.add_error("month", _("Đợt định kỳ không ghi tháng; hãy chọn “–”."))
        if bool(data.get("first")) != bool(data.get("last")) and not {"first", "last"} & set(self.errors):
            self.add_error("last", _("Ghi cả hai ngày, hoặc để trống cả hai."))

    def asked(self) -> dict[str, Any]:
        """Of a valid form, as the action takes it."""
        data = self.cleaned_data
        code = RoundCode(data["year"], data["month"])
        first: date | None = data["first"]
        days = DateRange(first, data["last"] + timedelta(days=1)) if first else None
        on = data["on"] or first or code.usual_days()[0]
        return {
            "code": str(code), "area_code": data["area"].strip(), "on": on, "days": days, "legal_basis": data["legal_basis"],
        }  # fmt: skip

    def refuse(self, refused: RegistryRefusedError) -> None:
        for problem in refused.problems:
            name = _FIELDS.get(problem.field, problem.field)
            self.add_error(name if name in self.fields else None, problem.message)
