"""What a person types about a figure, turned into a Statement; what is refused goes back to the field it came from."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.sheets import MAX_BYTES
from povertyportal.vietnamese import format_number, parse_number
from programs.catalogue import programmes
from reports.reported.areas import is_name_of
from reports.reported.checks import Problem, Statement
from reports.reported.models import ReportedFigure
from reports.reported.vocabulary import is_percent, measures, source_title, standards, stored_unit
from reports.tables import Qualifier
from reports.web.places import LIMIT, meant_by, told
from reports.web.wording import QUALIFIERS

OTHER = "?"
_PARTS = {Qualifier.RANGE: re.compile(r"(?<=\d)\s*[-–]\s*"), Qualifier.OF: re.compile(r"\s*/\s*")}
_FIELD_OF = {"published": "value", "upper": "value"}


def read_value(text: str, qualifier: Qualifier) -> tuple[Decimal, Decimal | None]:
    """ "1,15 - 1,2" for a range, "10/12" for a part, else one number. Raises ValidationError in the typist's words."""
    splitter = _PARTS.get(qualifier)
    parts = splitter.split(text.strip(), maxsplit=1) if splitter else [text]
    if splitter and len(parts) < 2:
        example = "1,15 - 1,2" if qualifier is Qualifier.RANGE else "10/12"
        raise ValidationError(_("Loại giá trị này cần hai số, ví dụ %(example)s.") % {"example": example})
    try:
        numbers = [parse_number(part) for part in parts]
    except ValueError as error:
        raise ValidationError(str(error)) from error
    return numbers[0], numbers[1] if len(numbers) > 1 else None


class ValueForm(forms.Form):
    """The part of a figure that a correction may change."""

    qualifier = forms.ChoiceField(
        label=gettext_lazy("Loại giá trị"), choices=[(kind.value, text) for kind, text in QUALIFIERS.items()]
    )
    value = forms.CharField(
        label=gettext_lazy("Giá trị như đã công bố"),
        max_length=60,
        help_text=gettext_lazy("Viết theo kiểu Việt Nam: 1.046 hoặc 84.184,73. Khoảng: 1,15 - 1,2. Phần/tổng: 10/12."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    unit = forms.CharField(
        label=gettext_lazy("Đơn vị tính"),
        max_length=40,
        help_text=gettext_lazy("Như đã công bố: hộ, xã, triệu đồng, tỷ đồng, %…"),
        widget=forms.TextInput(attrs={"list": "units"}),
    )
    report = forms.CharField(
        label=gettext_lazy("Văn bản nguồn"),
        max_length=60,
        help_text=gettext_lazy("Số, ký hiệu của văn bản đã công bố con số này."),
        widget=forms.TextInput(attrs={"list": "sources"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("value") and data.get("qualifier"):
            try:
                data["numbers"] = read_value(data["value"], Qualifier(data["qualifier"]))
            except ValidationError as error:
                self.add_error("value", error)
        return data

    def _stated(self) -> dict[str, Any]:
        value, upper = self.cleaned_data["numbers"]
        return {
            "report": self.cleaned_data["report"].strip(),
            "unit": stored_unit(self.cleaned_data["unit"].strip()),
            "published": self.cleaned_data["value"].strip(),
            "value": value,
            "upper": upper,
            "qualifier": Qualifier(self.cleaned_data["qualifier"]),
            "note": " ".join(self.cleaned_data["note"].split()),
        }

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Put what an action refused beside its field, or above the form where there is none."""
        for problem in problems:
            name = _FIELD_OF.get(problem.field, problem.field)
            message = problem.message[:1].upper() + problem.message[1:]
            self.add_error(name if name in self.fields else None, message)


def _choices(known: Iterable[tuple[str, str]], blank: Any) -> list[tuple[str, Any]]:
    return [("", blank), *known, (OTHER, gettext_lazy("Khác (ghi mã ở ô bên dưới)"))]


class FigureForm(ValueForm):
    """A figure from the start: the seven parts of its key and its value."""

    area_code = forms.CharField(
        label=gettext_lazy("Địa bàn (mã hoặc tên)"),
        max_length=100,
        help_text=gettext_lazy("Ví dụ 045 hoặc Huyện Hà Quảng. Mã có 2 chữ số (tỉnh), 3 (huyện) hoặc 5 (xã)."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    boundary_on = VietnameseDateField(
        label=gettext_lazy("Theo địa giới ngày"),
        help_text=gettext_lazy("Ngày của bản đồ hành chính mà con số tính trên đó, thường là ngày của văn bản nguồn."),
    )
    measure = forms.ChoiceField(label=gettext_lazy("Chỉ tiêu"))
    other_measure = forms.CharField(label=gettext_lazy("Mã chỉ tiêu khác"), max_length=100, required=False)
    programme = forms.ChoiceField(label=gettext_lazy("Chương trình, chính sách"), required=False)
    other_programme = forms.CharField(label=gettext_lazy("Mã chương trình khác"), max_length=60, required=False)
    standard = forms.ChoiceField(label=gettext_lazy("Chuẩn nghèo"), required=False)
    period_from = VietnameseDateField(label=gettext_lazy("Từ ngày"))
    period_to = VietnameseDateField(
        label=gettext_lazy("Đến hết ngày"), help_text=gettext_lazy("Số tại một thời điểm: ghi cùng một ngày.")
    )
    field_order = (
        "area_code",
        "boundary_on",
        "measure",
        "other_measure",
        "programme",
        "other_programme",
        "period_from",
        "period_to",
        "standard",
        "qualifier",
        "value",
        "unit",
        "report",
        "note",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("measure", ((one.code, one.name) for one in measures().values()), gettext_lazy("Chọn chỉ tiêu"))
        names = ((one.code, one.name) for one in programmes().values())
        self._offer("programme", names, gettext_lazy("Không thuộc chương trình nào"))
        known = [(one.code, one.name) for one in standards().values()]
        self._field("standard").choices = [("", gettext_lazy("Không gắn với chuẩn nào")), *known]

    def _offer(self, name: str, known: Iterable[tuple[str, str]], blank: Any) -> None:
        self._field(name).choices = _choices(sorted(known, key=lambda pair: pair[1]), blank)

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        return field

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._settle_area(data)
        for name in ("measure", "programme"):
            typed = (data.get(f"other_{name}") or "").strip()
            if data.get(name) == OTHER and not typed:
                self.add_error(f"other_{name}", _("Cần ghi mã khi chọn “Khác”."))
            elif typed and data.get(name) != OTHER:
                self.add_error(f"other_{name}", _("Chỉ ghi ô này khi chọn “Khác” ở ô trên."))
            elif data.get(name) == OTHER:
                data[name] = typed
        return data

    def _settle_area(self, data: dict[str, Any]) -> None:
        """A name becomes the code of the one unit that bore it on the boundary date; else the units it may mean."""
        typed = (data.get("area_code") or "").strip()
        if not typed or typed.isdigit():
            return
        on = data.get("boundary_on")
        meant = meant_by(typed, on=on)
        if on and len(meant) == 1 and is_name_of(meant[0], typed):
            data["area_code"] = meant[0].code
        else:
            self.add_error("area_code", _which_of([told(area) for area in meant], typed))

    def statement(self) -> Statement:
        data = self.cleaned_data
        return Statement(
            area_code=data["area_code"].strip(),
            boundary_on=data["boundary_on"],
            standard=data["standard"],
            programme=data["programme"],
            measure=data["measure"],
            period_from=data["period_from"],
            period_to=data["period_to"],
            **self._stated(),
        )


def _which_of(units: list[str], typed: str) -> str:
    if not units:
        return _("Không tìm thấy đơn vị nào tên “%(name)s” vào ngày này; hãy xem lại tên và ngày địa giới.") % {
            "name": typed
        }
    more = _("; và đơn vị khác") if len(units) > LIMIT else ""
    return _("Tên này chưa rõ là đơn vị nào; hãy ghi mã. Có thể là: %(units)s%(more)s.") % {
        "units": "; ".join(units[:LIMIT]),
        "more": more,
    }


class AreaSearchForm(forms.Form):
    """Looks a unit up before a figure about it is typed."""

    q = forms.CharField(label=gettext_lazy("Tên hoặc mã đơn vị"), max_length=100, required=False)
    on = VietnameseDateField(
        label=gettext_lazy("Vào ngày (không bắt buộc)"),
        required=False,
        help_text=gettext_lazy("ngày/tháng/năm; để trống thì tìm ở mọi ngày"),
    )


class CorrectionForm(ValueForm):
    reason = forms.CharField(
        label=gettext_lazy("Lý do sửa"),
        max_length=1000,
        help_text=gettext_lazy("Ví dụ: văn bản đính chính số …; đánh máy nhầm hai chữ số."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, figure: ReportedFigure) -> None:
        self.figure = figure
        super().__init__(data, initial=_as_typed(figure))
        title = source_title(figure.report)
        if title != figure.report:
            self.fields["report"].help_text = _("%(code)s là: %(title)s.") % {"code": figure.report, "title": title}

    def statement(self) -> Statement:
        key = self.figure.key
        return Statement(
            area_code=key.area,
            boundary_on=key.boundary_on,
            standard=key.standard,
            programme=key.programme,
            measure=key.measure,
            period_from=key.period_from,
            period_to=key.period_to,
            **self._stated(),
        )


def _value_as_typed(figure: ReportedFigure) -> str:
    stated = figure.as_figure()
    upper = "" if stated.upper is None else format_number(stated.upper)
    between = {Qualifier.RANGE: " - ", Qualifier.OF: "/"}.get(stated.qualifier, "")
    return format_number(stated.value) + between + upper


def _as_typed(figure: ReportedFigure) -> dict[str, str]:
    return {
        "qualifier": figure.qualifier,
        "value": _value_as_typed(figure),
        "unit": "%" if is_percent(figure.unit) else figure.unit,
        "report": figure.report,
        "note": figure.note,
    }


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp CSV"),
        help_text=gettext_lazy("Một dòng tên cột, mỗi dòng sau một số liệu; số viết 84184.73, ngày viết 2020-12-31."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MAX_BYTES:
            raise ValidationError(_("Tệp lớn quá %(limit)s MB.") % {"limit": MAX_BYTES // 1_000_000})
        return uploaded
