"""Forms of accounts and rights. What is refused below goes back to the field it came from."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.grants import level_titles
from households.access.roles import Role, catalogue
from households.access.scope import Scope
from households.areas.models import Area
from households.areas.queries import UnknownAreaError, called, find_area
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.periods import on as valid_on
from povertyportal.vietnamese import fold

MOST_NAMED = 6


def unit_typed(text: str, *, scope: Scope, on: date) -> Area:
    """The unit of the scope that was in force on the day, by code or name. Raises ValidationError naming those it may mean."""
    if (text.isascii() and text[:5].isdigit()) or text.isdigit():
        try:
            find_area(code=text, on=on)
        except UnknownAreaError as error:
            raise ValidationError(str(error)) from error
        return valid_on(Area.objects.filter(code=text), on).get()
    found = list(valid_on(scope.areas(), on).filter(called(text)).order_by("level", "sort_key")[:40])
    exact = [area for area in found if fold(text) in (fold(area.full_name), fold(area.name))]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise ValidationError(_("Trong địa bàn của bạn không có đơn vị nào tên “%s”. Hãy ghi mã.") % text)
    named = "; ".join(f"{area.full_name} ({area.code})" for area in (exact or found)[:MOST_NAMED])
    raise ValidationError(_("Tên này chưa rõ là đơn vị nào; hãy ghi mã. Có thể là: %s.") % named)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do, văn bản phân công"),
        max_length=400,
        help_text=gettext_lazy("Được ghi vào nhật ký. Ví dụ: Quyết định 12/QĐ-UBND ngày 05/01/2026."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Hãy ghi lý do hoặc văn bản phân công.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)

    def refuse(self, field: str, message: str) -> None:
        self.add_error(field if field in self.fields else None, message)


class PlaceForm(ReasonForm):
    """A unit of one's own scope, or the nation where one's scope is the nation."""

    area_code = forms.CharField(
        label=gettext_lazy("Đơn vị (mã hoặc tên)"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Ví dụ 01392 hoặc Xã Trường Hà."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    nation = forms.BooleanField(label=gettext_lazy("Toàn quốc, không thuộc một đơn vị"), required=False)

    def __init__(self, *args: Any, scope: Scope, day: date, **options: Any) -> None:
        self.scope, self.day = scope, day
        super().__init__(*args, **options)
        if not scope.nation:
            del self.fields["nation"]

    def place_day(self) -> date:
        return self.day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = (data.get("area_code") or "").strip()
        data["place"] = None
        if data.get("nation") and typed:
            self.add_error("nation", _("Chọn toàn quốc thì để trống ô đơn vị."))
        elif typed:
            try:
                data["place"] = unit_typed(typed, scope=self.scope, on=self.place_day()).code
            except ValidationError as error:
                self.add_error("area_code", error)
        elif not data.get("nation"):
            self.add_error("area_code", _("Hãy ghi mã hoặc tên đơn vị."))
        return data


class AccountForm(PlaceForm):
    full_name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=150,
        error_messages={"required": gettext_lazy("Hãy ghi họ và tên.")},
    )
    username = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        max_length=40,
        help_text=gettext_lazy("3–40 chữ thường không dấu, chữ số, dấu chấm hoặc gạch ngang. Ví dụ: nong.bich.dao"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Hãy ghi tên đăng nhập.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        error_messages={"invalid": gettext_lazy("Địa chỉ thư điện tử chưa đúng, ví dụ dao@caobang.gov.vn.")},
    )
    phone = forms.CharField(label=gettext_lazy("Điện thoại"), max_length=20, required=False)
    field_order = ("full_name", "username", "area_code", "nation", "email", "phone", "reason")


class GrantForm(PlaceForm):
    role = forms.ChoiceField(
        label=gettext_lazy("Vai trò"), error_messages={"required": gettext_lazy("Hãy chọn vai trò.")}
    )
    on = VietnameseDateField(
        label=gettext_lazy("Từ ngày"), error_messages={"required": gettext_lazy("Hãy ghi ngày bắt đầu.")}
    )
    until = VietnameseDateField(
        label=gettext_lazy("Đến hết ngày"), required=False, help_text=gettext_lazy("Để trống nếu chưa định ngày cuối.")
    )
    field_order = ("role", "area_code", "nation", "on", "until", "reason")

    def __init__(self, *args: Any, roles: list[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            told = [(role.code, f"{role.title} ({', '.join(level_titles(role))})") for role in roles]
            field.choices = [("", gettext_lazy("Chọn vai trò")), *told]

    def place_day(self) -> date:
        """The day the role begins: a unit may not yet be in force today."""
        return self.cleaned_data.get("on") or self.day


class EndGrantForm(ReasonForm):
    on = VietnameseDateField(
        label=gettext_lazy("Thu từ ngày"),
        help_text=gettext_lazy("Từ ngày này quyền không còn tác dụng; ghi hôm nay thì có tác dụng ngay."),
    )
    field_order = ("on", "reason")


class SignForm(forms.Form):
    digest = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Nhận xét"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Ví dụ: đã đối chiếu với danh sách cán bộ; đề nghị thu quyền của …"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)


def givable(codes: set[str]) -> list[Role]:
    return [role for role in catalogue().roles.values() if role.code in codes]
