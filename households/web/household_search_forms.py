"""What is asked of the list of households: the one search box and its filters, as the address and the form hold them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.scope import Scope
from households.areas.models import Area
from households.areas.units import Level
from households.registry.codes import RecognisedClass, Sex
from households.registry.ethnicities import ethnicities
from households.registry.finding.filters import FIRST_YEAR, LAST_YEAR, NAMES, NO, YES, Filters, read_filters
from households.registry.finding.terms import LONGEST, looks_like_number
from households.registry.places import Named, PlaceName
from households.registry.visible import codes_in
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.periods import on as valid_on

ASKS = ("q", "on", *NAMES)
MOST_LISTED = 150  # villages and communes that a list to choose from may hold
ANY: Any = gettext_lazy("Tất cả")
WRONG = gettext_lazy("Hãy chọn một mục trong danh sách.")


def _choice(
    label: Any, choices: Sequence[tuple[str, Any]], help_text: Any = "", anything: Any = ANY
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=[("", anything), *choices],
        error_messages={"invalid_choice": WRONG},
    )


def _year(label: Any) -> forms.IntegerField:
    sentence = gettext_lazy("Hãy ghi năm sinh bằng 4 chữ số.")
    return forms.IntegerField(
        label=label, required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
    )  # fmt: skip


class SearchForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Họ tên, số định danh, mã hộ, hoặc tên và thôn"),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": gettext_lazy("Câu tìm dài quá; hãy ghi tên hoặc số thôi.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    area = forms.CharField(label=gettext_lazy("Địa bàn"), required=False, max_length=20)
    klass = _choice(gettext_lazy("Phân loại có hiệu lực"), RecognisedClass.choices)
    head = _choice(
        gettext_lazy("Hiện ai"),
        [(YES, gettext_lazy("chỉ chủ hộ")), (NO, gettext_lazy("mọi người"))],
        gettext_lazy("danh sách: chủ hộ; khi gõ tên: mọi người"),
        gettext_lazy("mặc định"),
    )
    ethnicity = _choice(gettext_lazy("Dân tộc"), ())
    sex = _choice(gettext_lazy("Giới tính"), Sex.choices)
    born_from = _year(gettext_lazy("Sinh từ năm"))
    born_to = _year(gettext_lazy("Sinh đến năm"))
    gone = _choice(
        gettext_lazy("Còn hay không"),
        [(NO, gettext_lazy("đang ở trong hộ")), (YES, gettext_lazy("đã mất, rời đi"))],
        gettext_lazy("danh sách: đang ở; khi gõ tên: cả hai"),
        gettext_lazy("mặc định"),
    )
    on = VietnameseDateField(label=gettext_lazy("Vào ngày"), required=False)
    unplaced = forms.BooleanField(label=gettext_lazy("Cần xếp lại địa bàn"), required=False)
    no_number = forms.BooleanField(label=gettext_lazy("Chưa có số định danh"), required=False)

    def __init__(self, data: Any, scope: Scope, *, day: date) -> None:
        super().__init__(data, auto_id="find-%s", label_suffix="")
        self.day = day
        ethnic: Any = self.fields["ethnicity"]
        ethnic.choices = [("", ANY), *((key, one.name) for key, one in ethnicities().items())]
        units = units_of(scope, day)
        self.choose_area = units is not None
        self.places = _named(units or ())
        if units is not None:
            self.fields["area"] = _choice(gettext_lazy("Địa bàn"), list(_grouped(units)))

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"] or self.day
        if on > self.day:
            raise forms.ValidationError(_("Ngày này chưa tới; hãy ghi hôm nay hoặc một ngày đã qua."))
        return on

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("born_from"), cleaned.get("born_to")
        if first and last and last < first:
            self.add_error("born_to", _("Năm sau phải không trước năm đầu."))
        return cleaned

    def hide_number(self) -> None:
        """Neither the box nor a link of the page repeats a number: pages are kept by printers and screenshots."""
        if looks_like_number(str(self.data.get("q", ""))):
            self.data = {**dict(self.data.items()), "q": ""}
            self.cleaned_data["q"] = ""

    @property
    def text(self) -> str:
        return str(self.cleaned_data["q"]).strip()

    def filters(self) -> Filters:
        """As chosen; where nothing was said a list shows heads who are here, a search everybody."""
        query = self.query()
        chosen = {name: query[name] for name in NAMES if name in query}
        standing = {} if self.text else {"head": YES, "gone": NO}
        return read_filters(standing | chosen)

    def query(self) -> dict[str, str]:
        """What was asked, as an address holds it: without what was left open."""
        told: dict[str, str] = {}
        for name in ASKS:
            value = self.cleaned_data.get(name)
            if isinstance(value, date):
                told |= {name: value.isoformat()} if value != self.day else {}
            elif value:
                told[name] = YES if value is True else str(value)
        return told

    @property
    def narrowed(self) -> bool:
        return bool(self.query().keys() - {"q"})

    def in_words(self) -> list[str]:
        """What narrows the list, beside the text and the area: "Giới tính: nữ"."""
        return list(self._words())

    def _words(self) -> Iterator[str]:
        for name, value in self.query().items():
            field = self.fields[name]
            if name in ("q", "area", "on"):
                continue
            if isinstance(field, forms.BooleanField):
                yield str(field.label)
            else:
                yield f"{field.label}: {dict(getattr(field, 'choices', ())).get(value, value)}"


def units_of(scope: Scope, day: date) -> list[Area] | None:
    """Communes and villages of the scope, 1 query; None where they are too many to choose from."""
    codes = codes_in(scope, day)
    if codes is None or len(codes) > MOST_LISTED:
        return None
    return list(valid_on(Area.objects.filter(code__in=codes), day).order_by("type", "sort_key", "code"))


def _named(units: Sequence[Area]) -> dict[str, PlaceName]:
    """Places that need not be asked again: those whose commune is among the units."""
    known = {one.code: Named(one.code, one.level, one.full_name) for one in units}
    found = {}
    for one in units:
        chain = [known[code] for code in (one.code, one.parent_code) if code in known]
        if chain[-1].level == Level.COMMUNE:
            found[one.code] = PlaceName(one.code, tuple(chain))
    return found


def _grouped(units: Sequence[Area]) -> Iterator[tuple[str, Any]]:
    communes = [one for one in units if one.level == Level.COMMUNE]
    below: dict[str, list[tuple[str, str]]] = {}
    for one in units:
        if one.level == Level.VILLAGE:
            below.setdefault(one.parent_code, []).append((one.code, one.full_name))
    for commune in communes:
        yield commune.code, _("%s (cả xã)") % commune.full_name
        yield from ((code, f"– {name}") for code, name in below.pop(commune.code, ()))
    for villages in below.values():  # of a reviewer whose grant stands on villages
        yield from villages


def as_query(saved: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(saved[name]) for name in ASKS if saved.get(name)}
