"""What is asked of each difference between a form and the registry: what happened, and when."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.surveys.forms.differences import Difference, Way, What
from households.surveys.forms.finishing import How
from households.surveys.forms.steps import LONGEST_REMARK
from households.web.form_parts import text_field
from povertyportal.core.fields import VietnameseDateField

WORDS = {
    Way.DIED: gettext_lazy("đã mất"),
    Way.LEFT: gettext_lazy("rời hộ (đi nơi khác, tách hộ, lấy chồng, lấy vợ)"),
    Way.BORN: gettext_lazy("mới sinh trong hộ"),
    Way.JOINED: gettext_lazy("từ nơi khác về, nhập vào hộ"),
    Way.CORRECTED: gettext_lazy("đính chính"),
    Way.CHANGED: gettext_lazy("đổi chủ hộ, quan hệ"),
}


class Happened(forms.Form):
    """Of one difference. The likeliest is never chosen beforehand where there is a choice: somebody has to say so."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Việc đã xảy ra"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Hãy chọn việc đã xảy ra.")},
    )
    on = VietnameseDateField(label=gettext_lazy("Từ ngày"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, difference: Difference) -> None:
        self.difference, self.key = difference, difference.key
        super().__init__(data, prefix=difference.key.replace(":", "-"), label_suffix="")
        self.fields["kind"].choices = [(str(way), WORDS[way]) for way in difference.ways]  # type: ignore[attr-defined]
        if self.chosen:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = str(difference.ways[0])
        if not difference.needs_day:
            del self.fields["on"]
        elif Way.BORN in difference.ways:
            self.fields["on"].help_text = _("Mới sinh thì để trống: lấy ngày sinh.")

    @property
    def chosen(self) -> bool:
        """Nothing else can have happened."""
        return len(self.difference.ways) == 1

    @property
    def title(self) -> str:
        words = {
            What.GONE: _("%s có trong sổ hộ, không có trong phiếu"),
            What.NEW: _("%s chưa có trong sổ hộ"),
            What.CORRECTED: "%s",
        }
        found = words.get(self.difference.what)
        return found % self.difference.name if found else _("Chủ hộ, quan hệ khác sổ hộ")

    def said(self) -> How:
        return How(self.cleaned_data["kind"], self.cleaned_data.get("on"))


def happened(found: Sequence[Difference], data: Mapping[str, Any] | None) -> list[Happened]:
    return [Happened(data, difference=one) for one in found]


class RemarkForm(forms.Form):
    remark = text_field(
        gettext_lazy("Ghi cho công chức xã (không bắt buộc)"),
        gettext_lazy("Ví dụ: bà Sầm Thị Nhình mất ngày 02/10, chưa có giấy chứng tử."),
        required=False,
        most=LONGEST_REMARK,
    )

    def __init__(self) -> None:
        super().__init__(label_suffix="")
