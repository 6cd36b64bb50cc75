"""One household becomes two, two become one."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.scope import scope_of
from households.registry.actions.parting import join_households, split_household
from households.registry.codes import Relation
from households.registry.entries import Place
from households.registry.models import Residence
from households.registry.state import MemberState
from households.registry.visible import WRITE, codes_in, seen_by
from households.web.form_parts import text_field
from households.web.household_form_fields import choice_field, villages_in
from households.web.household_forms import HouseholdForm
from households.web.household_forms_people import check_new_head, succession
from households.web.household_forms_place import address_field, local_code_field
from povertyportal.core.models import User
from povertyportal.core.periods import on as valid_on


class SplitForm(HouseholdForm):
    """Some go, with their relations in the new household; when the head goes, those who stay get a new one."""

    area_code = choice_field(gettext_lazy("Hộ mới ở thôn, tổ dân phố"), [], required=False)
    address, local_code = address_field(), local_code_field()
    relation_titles = (gettext_lazy("Sang hộ mới, là"), gettext_lazy("Ở lại hộ này, là"))
    relations_title = gettext_lazy("Ai sang hộ mới")
    relations_help = gettext_lazy(
        "Với người sang hộ mới, chọn quan hệ với chủ hộ mới (một người là “chủ hộ”). Mục “Ở lại hộ này, là” chỉ cần khi "
        "chủ hộ hiện nay sang hộ mới, hoặc quan hệ của người ở lại thay đổi."
    )

    def prepare(self) -> None:
        state, field = self.desk.state, self.fields["area_code"]
        places = villages_in(self.desk.commune, on=state.day)
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Cùng nơi với hộ này")), *places]
        self.fields["on"].label = gettext_lazy("Ngày tách hộ")
        self.fields["address"].label = gettext_lazy("Địa chỉ của hộ mới")
        self.fields["local_code"].label = gettext_lazy("Mã hộ mới của địa phương")
        self.relate(0, _("không sang"))
        self.relate(1, _("như cũ"))

    def clean(self) -> None:
        leaving = self._leaving()
        heads = [person for person, relation in leaving.items() if relation == Relation.HEAD]
        if not leaving:
            self._say(_("Hãy chọn ít nhất một người sang hộ mới."))
        elif len(leaving) == len(self.desk.state.members):
            self._say(_("Mọi người đều sang hộ mới: đó là chuyển nơi ở, không phải tách hộ."))
        elif len(heads) != 1:
            self._say(_("Hộ mới cần đúng một chủ hộ; đang chọn %(total)d.") % {"total": len(heads)})
        elif self._head_goes(leaving):
            check_new_head(self, self._staying(leaving), column=1)

    def _say(self, problem: str) -> None:
        self.relations_problem = problem
        self.add_error(None, problem)

    def _leaving(self) -> dict[int, str]:
        given = {one.person: self.cleaned_data.get(f"relation0_{one.person}", "") for one in self.desk.state.members}
        return {person: relation for person, relation in given.items() if relation}

    def _staying(self, leaving: dict[int, str]) -> list[MemberState]:
        return [one for one in self.desk.state.members if one.person not in leaving]

    def _head_goes(self, leaving: dict[int, str]) -> bool:
        return any(one.relation == Relation.HEAD and one.person in leaving for one in self.desk.state.members)

    def act(self, *, by: User, at: datetime) -> int:
        data, leaving = self.cleaned_data, self._leaving()
        staying = succession(self, self._staying(leaving), column=1)
        made = split_household(
            household=self.household, members=leaving, place=self._place(data), by=by, at=at, **staying, **self.told
        )
        return made.pk

    def _place(self, data: dict[str, Any]) -> Place | None:
        """Nothing said: the same place."""
        if not (data["area_code"] or data["address"] or data["local_code"]):
            return None
        state = self.desk.state
        return Place(data["area_code"] or state.area_code, address=data["address"], local_code=data["local_code"])


class JoinForm(HouseholdForm):
    """This household ends; its members go to another one, which has its head."""

    into = text_field(
        gettext_lazy("Nhập vào hộ"),
        gettext_lazy("Số hộ trên cổng (ví dụ H123) hoặc mã hộ của địa phương, ghi trên trang của hộ ấy."),
        most=30,
    )
    relation_titles = (gettext_lazy("Ở hộ kia, là"),)
    relations_title = gettext_lazy("Quan hệ với chủ hộ của hộ kia")
    relations_help = gettext_lazy("Mọi thành viên của hộ này sang hộ kia; chủ hộ của hộ kia không đổi.")

    def prepare(self) -> None:
        self.fields["on"].label = gettext_lazy("Ngày nhập hộ")
        self.relate(0, required=True, without_head=True)

    def clean(self) -> None:
        text, on = str(self.cleaned_data.get("into") or ""), self.cleaned_data.get("on")
        if not text or not on:
            return
        found = household_called(text, desk_user=self.desk.user, on=on, day=self.desk.today)
        if isinstance(found, str):
            self.add_error("into", found)
        elif found == self.household:
            self.add_error("into", _("Đây chính là hộ này; hãy ghi hộ kia."))
        else:
            self.cleaned_data["into_household"] = found

    @property
    def touched(self) -> list[int]:
        into = self.cleaned_data.get("into_household")
        return [self.household, into] if into else [self.household]

    def act(self, *, by: User, at: datetime) -> int:
        data = self.cleaned_data
        relations = {one.person: data[f"relation0_{one.person}"] for one in self.desk.state.members}
        made = join_households(
            household=self.household, into=data["into_household"], relations=relations, by=by, at=at, **self.told
        )
        return made.pk


def household_called(text: str, *, desk_user: User, on: Any, day: Any) -> int | str:
    """By its number in the portal or its local code, among those the user may see; else a sentence why not."""
    plain = text.strip().upper()
    unknown = _("Không thấy hộ “%(text)s” trong địa bàn bạn được xem vào ngày đó.") % {"text": text}
    if plain.startswith("H") and plain[1:].isascii() and plain[1:].isdigit():
        key = int(plain[1:][:15])
        return key if seen_by(desk_user, key, day=day).on(on) else unknown
    codes = codes_in(scope_of(desk_user, WRITE, day=day), on)
    rows = valid_on(Residence.objects.filter(local_code=text.strip()), on)
    found = list((rows if codes is None else rows.filter(area_code__in=codes)).values_list("household", flat=True)[:2])
    if len(found) > 1:
        return _("Nhiều hộ mang mã “%(text)s”; hãy ghi số hộ trên cổng, ví dụ H123.") % {"text": text}
    return found[0] if found else unknown
