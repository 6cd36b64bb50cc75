"""What is stated about a person: a row of the roster, a birth, somebody who joins, a correction."""

from datetime import date, datetime
from typing import Any, ClassVar, Literal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.registry.actions.members import add_member
from households.registry.actions.persons import NUMBERS
from households.registry.codes import NumberKind, Relation
from households.registry.entries import MemberData
from households.registry.identity import check
from households.registry.models import Membership, Person
from households.registry.numbers.sealed import find
from households.web.form_parts import text_field
from households.web.household_form_fields import (
    Birth,
    BirthField,
    EthnicityField,
    choice_field,
    number_field,
    numbered,
    relations,
    sexes,
)
from households.web.household_forms import HouseholdForm
from povertyportal.core.models import User
from povertyportal.core.periods import on as valid_on

SAME, OTHER = "same", "other"
TWINS = (
    ("", gettext_lazy("Hãy chọn")),
    (SAME, gettext_lazy("chính người ấy: ghi người đã có vào hộ này, thông tin giữ như hồ sơ của người ấy")),
    (OTHER, gettext_lazy("người khác: ghi cả hai, sẽ kết luận ghi trùng sau")),
)
ROSTER = (
    "full_name",
    "relation",
    "sex",
    "birth",
    "ethnicity",
    "identity",
    "old_identity",
    "insurance",
    "no_identity_reason",
)

AS_TYPED = {"birth_date": "birth", "birth_year": "birth", "person": "twin"}  # MemberData's fields → the form's


class PersonFields(forms.Form):
    """``twin`` shows only after a number turned out to stand with somebody already."""

    full_name = text_field(gettext_lazy("Họ và tên"), most=150)
    sex = choice_field(gettext_lazy("Giới tính"), sexes(), required=False)
    birth = BirthField(
        label=gettext_lazy("Ngày sinh hoặc năm sinh"), help_text=gettext_lazy("02/09/1975, hoặc 1975."), required=False
    )
    ethnicity = EthnicityField(label=gettext_lazy("Dân tộc"), required=False)
    identity = number_field(gettext_lazy("Số định danh (CCCD)"), gettext_lazy("12 số."))
    old_identity = number_field(gettext_lazy("Số CMND cũ"), gettext_lazy("9 số, nếu còn ghi."))
    insurance = number_field(gettext_lazy("Số BHXH, thẻ BHYT"), gettext_lazy("10 số, hoặc 15 ký tự của thẻ."))
    no_identity_reason = text_field(
        gettext_lazy("Vì sao chưa có số định danh"),
        gettext_lazy("Ví dụ: mới sinh, chưa khai sinh."),
        required=False,
        most=200,
    )
    twin = choice_field(gettext_lazy("Số này đã có ở một người khác. Đây là"), list(TWINS), required=False)


class MemberForm(PersonFields):
    """One row of the roster."""

    relation = choice_field(gettext_lazy("Quan hệ với chủ hộ"), numbered(list(Relation.choices)))
    field_order = (*ROSTER, "twin")

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix, self.on = "", on
        place = str(self.prefix).rpartition("-")[2]
        for field in self.fields.values():
            told = {"what": field.label, "number": int(place) + 1 if place.isdigit() else ""}
            field.widget.attrs["aria-label"] = _("%(what)s, người thứ %(number)s") % told
        self.twin_asked = bool(self.data.get(self.add_prefix("twin"))) if self.is_bound else False

    def clean(self) -> None:
        find_known(self, on=self.on)

    def has_changed(self) -> bool:
        """A row with nothing but what the row above left in it is empty."""
        return any(name in self.changed_data for name in ROSTER if name not in ("ethnicity", "relation"))

    def grid(self) -> list[forms.BoundField]:
        return [self[name] for name in ROSTER]

    def refuse(self, name: str, message: str) -> None:
        """``name``: of ``MemberData``."""
        self.twin_asked = self.twin_asked or (name == "identity" and stands_elsewhere(self.cleaned_data["identity"]))
        name = AS_TYPED.get(name, name)
        self.add_error(name if name in self.fields else "full_name", message)


def find_known(form: PersonFields, *, on: date) -> None:
    """Part of ``clean``: whom the official means by "the same person"."""
    data = form.cleaned_data
    if data.get("twin") != SAME:
        return
    data["person"] = known_person(data.get("identity", ""), on=on)
    if data["person"] is None:
        problem = _("Người mang số này đang là thành viên của một hộ khác, hoặc có nhiều người mang số này.")
        form.add_error("twin", problem)


def member_of(data: dict[str, Any]) -> MemberData:
    """``data``: what a form of ``PersonFields`` with a relation has read."""
    relation = str(data["relation"])
    if data.get("person"):
        return MemberData(person=data["person"], relation=relation)
    birth: Birth = data["birth"]
    return MemberData(
        full_name=data["full_name"], relation=relation, sex=data["sex"], birth_date=birth.day, birth_year=birth.year,
        ethnicity=data["ethnicity"], identity=data["identity"], old_identity=data["old_identity"],
        insurance=data["insurance"], no_identity_reason=data["no_identity_reason"], despite_twin=data["twin"] == OTHER,
    )  # fmt: skip


def known_person(number: str, *, on: date) -> int | None:
    """The one person with the number who belongs to no household on the day."""
    sealed = find(NumberKind.PERSONAL, number)
    if sealed is None:
        return None
    found = list(
        Person.objects.filter(identity=sealed, merged_into=None, died_on=None).values_list("pk", flat=True)[:2]
    )
    belongs = valid_on(Membership.objects.filter(person__in=found), on).exists()
    return found[0] if len(found) == 1 and not belongs else None


def doubts_of(data: dict[str, Any], *, on: date) -> list[str]:
    """What of the numbers does not fit the person: it was saved, and somebody should look again."""
    birth: Birth = data["birth"]
    said = {"sex": data["sex"], "birth_year": birth.year, "on": on}
    found = [one for name, kind in NUMBERS.items() if data.get(name) for one in check(kind.value, data[name], **said)]
    return [f"{data['full_name']}: {one.message}" for one in found if one.strength == "warning"]


def stands_elsewhere(number: str) -> bool:
    sealed = find(NumberKind.PERSONAL, number)
    return sealed is not None and Person.objects.filter(identity=sealed, merged_into=None).exists()


class JoiningForm(HouseholdForm, PersonFields):
    """Somebody who was not a member: born into the household, or come from elsewhere."""

    body = "households/household_task_person.html"
    relation = choice_field(gettext_lazy("Quan hệ với chủ hộ"), relations(without_head=True))
    kind: ClassVar[Literal["born", "joined"]] = "joined"
    known: Person | None = None  # somebody whose record stands; then only his relation is asked for

    def prepare(self) -> None:
        self.fields["on"].label = gettext_lazy("Ngày vào hộ")
        self.fields["reason"].help_text = gettext_lazy("Từ đâu đến, vì sao, ví dụ: về làm dâu từ xã Thông Nông.")
        self.order_fields(["full_name", "relation", "sex", "birth", "ethnicity"])
        self.twin_asked = bool(self.data.get("twin")) if self.is_bound else False

    def take(self, person: Person) -> None:
        self.known = person
        for name in PersonFields.base_fields:
            self.fields.pop(name, None)

    def clean(self) -> None:
        find_known(self, on=self.effective)
        if self.known:
            self.cleaned_data["person"] = self.known.pk

    def act(self, *, by: User, at: datetime) -> int:
        member = member_of(self.cleaned_data)
        add_member(household=self.household, member=member, kind=self.kind, by=by, at=at, **self.told)
        return self.household

    @property
    def doubts(self) -> list[str]:
        return [] if self.known else doubts_of(self.cleaned_data, on=self.effective)

    def field_of(self, path: str) -> str:
        name = super().field_of(path)
        self.twin_asked = self.twin_asked or (name == "identity" and stands_elsewhere(self.cleaned_data["identity"]))
        return AS_TYPED.get(name, name)


class BirthForm(JoiningForm):
    kind = "born"

    def prepare(self) -> None:
        super().prepare()
        del self.fields["birth"], self.fields["old_identity"]
        self.fields["on"].label = gettext_lazy("Ngày sinh")
        self.fields["reason"].help_text = gettext_lazy("Ví dụ: giấy khai sinh số 45/2026 của UBND xã.")

    def clean(self) -> None:
        super().clean()
        day = self.cleaned_data.get("on")
        self.cleaned_data |= {"birth": Birth(day, day.year if day else None), "old_identity": ""}
