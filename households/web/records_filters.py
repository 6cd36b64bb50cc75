"""What an auditor asks of the records, read from the address; what cannot be read comes back to its field."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.histories import coded_within, people_within
from households.access.scope import Scope, reach_of
from povertyportal.core.described import described
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.models import User
from povertyportal.records.models import SignInKind
from povertyportal.records.search import Asked
from povertyportal.vietnamese import pattern

ANY = gettext_lazy("Tất cả")
YEARS, EVERY_YEAR = range(2000, 2200), range(1, 10_000)
MOST = 2**62  # beyond that no row has a number


class RecordFilters(forms.Form):
    """Common to all lists: a person, and days of which the last is included."""

    person = forms.CharField(label=gettext_lazy("Họ tên hoặc tài khoản"), required=False, max_length=150)
    since = VietnameseDateField(label=gettext_lazy("Từ ngày"), required=False, years=EVERY_YEAR)
    until = VietnameseDateField(label=gettext_lazy("Đến hết ngày"), required=False, years=EVERY_YEAR)

    def __init__(self, data: Any, scope: Scope) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.scope = scope

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        for name, day in (("since", since), ("until", until)):
            if day and day.year not in YEARS:
                self.add_error(name, _("Nhật ký chỉ có từ năm 2026; hãy xem lại năm đã ghi."))
        if since and until and until < since:
            self.add_error("until", _("Ngày cuối phải sau hoặc trùng ngày đầu."))
        return cleaned

    def moments(self) -> tuple[datetime | None, datetime | None]:
        """The half-open period in Vietnamese time."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return _begin(since), _begin(until + timedelta(days=1) if until else None)

    def people(self) -> frozenset[int] | None:
        """Accounts whose user name is the text or whose name holds it; None when nobody was named."""
        text = self.cleaned_data["person"].strip()
        if not text:
            return None
        found = User.objects.filter(Q(username__iexact=text) | Q(full_name__regex=pattern(text)))
        return frozenset(found.values_list("pk", flat=True))

    @property
    def reach(self) -> frozenset[int] | None:
        """Ids of area versions; None is the whole nation."""
        return None if self.scope.nation else self.scope.ids


def _begin(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


class ChangeFilters(RecordFilters):
    area = forms.CharField(label=gettext_lazy("Mã địa bàn"), required=False, max_length=20)
    table = forms.ChoiceField(label=gettext_lazy("Bảng dữ liệu"), required=False)
    q = forms.CharField(label=gettext_lazy("Có chữ (lý do, nội dung)"), required=False, max_length=100)
    object = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST,
        widget=forms.HiddenInput(),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Số của dòng dữ liệu trong địa chỉ không đúng.")
        ),
    )

    field_order = ("person", "area", "table", "since", "until", "q")

    def __init__(self, data: Any, scope: Scope) -> None:
        super().__init__(data, scope)
        tables = sorted(((told.key, told.title) for told in described()), key=lambda pair: str(pair[1]))
        choices: list[tuple[str, str | Promise]] = [("", ANY), *tables]
        table: Any = self.fields["table"]
        table.choices = choices
        table.error_messages["invalid_choice"] = _("Không có bảng dữ liệu này; hãy chọn trong danh sách.")

    def clean_area(self) -> str:
        code: str = self.cleaned_data["area"].strip()
        if code and not self.scope.areas().filter(code=code).exists():
            raise forms.ValidationError(
                _("Không có đơn vị nào mang mã “%(code)s” trong phạm vi bạn được xem nhật ký.") % {"code": code}
            )
        return code

    def asked(self) -> Asked:
        since, until = self.moments()
        chosen = self.cleaned_data
        return Asked(
            areas=self._areas(), people=self.people(), table=chosen["table"], object_id=chosen["object"], since=since,
            until=until, text=chosen["q"].strip(),
        )  # fmt: skip

    def _areas(self) -> frozenset[int] | None:
        """All units that have ever had the code, with everything below them, as far as the reader's own reach goes."""
        code = self.cleaned_data["area"]
        if not code:
            return self.reach
        below = reach_of(self.scope.areas().filter(code=code).values_list("pk", flat=True)).ids
        return below if self.scope.nation else below & self.scope.ids


class SignInFilters(RecordFilters):
    kind = forms.ChoiceField(
        label=gettext_lazy("Sự kiện"),
        required=False,
        choices=[("", ANY), *SignInKind.choices],
        error_messages={"invalid_choice": gettext_lazy("Không có loại sự kiện này; hãy chọn trong danh sách.")},
    )
    address = forms.CharField(label=gettext_lazy("Địa chỉ máy"), required=False, max_length=64)

    field_order = ("person", "kind", "address", "since", "until")

    def condition(self) -> Q:
        """Names without an account belong to no area: who reads the nation sees them."""
        chosen = self.cleaned_data
        wanted = Q() if self.reach is None else people_within(self.reach, "user")
        wanted &= _between(self)
        if text := chosen["person"].strip():
            wanted &= Q(username__iexact=text) | Q(user__full_name__regex=pattern(text))
        if chosen["kind"]:
            wanted &= Q(kind=chosen["kind"])
        return wanted & Q(address=chosen["address"].strip()) if chosen["address"].strip() else wanted


class DisplayFilters(RecordFilters):
    q = forms.CharField(label=gettext_lazy("Có chữ (mục đích)"), required=False, max_length=100)

    field_order = ("person", "since", "until", "q")

    def condition(self) -> Q:
        """What people of the reader's units saw, and what anybody saw of their rows."""
        reach = self.reach
        wanted = Q() if reach is None else people_within(reach, "user") | coded_within(reach)
        people = self.people()
        if people is not None:
            wanted &= Q(user__in=people)
        text = self.cleaned_data["q"].strip()
        return wanted & _between(self) & (Q(purpose__regex=pattern(text)) if text else Q())


def _between(filters: RecordFilters) -> Q:
    since, until = filters.moments()
    after = Q(at__gte=since) if since else Q()
    return after & (Q(at__lt=until) if until else Q())
