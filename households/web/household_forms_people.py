"""A death, somebody who leaves, another head: what changes among the members."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.registry.actions.heads import change_head
from households.registry.actions.members import record_death, remove_member
from households.registry.codes import Relation
from households.registry.state import MemberState
from households.web.household_forms import HouseholdForm, Words, one_member
from povertyportal.core.models import User


class GoneForm(HouseholdForm):
    """One member is no longer there. When it was the head, the others say what they are to the new one."""

    people: ClassVar[tuple[str, ...]] = ("person",)
    label: ClassVar[Words]
    relation_titles = (gettext_lazy("Quan hệ với chủ hộ mới"),)
    relations_title = gettext_lazy("Chủ hộ mới")
    relations_help = gettext_lazy(
        "Chỉ cần khi người được chọn ở trên là chủ hộ: chọn “chủ hộ” cho một người, và quan hệ của những người còn lại."
    )
    needs_head_of = "person"

    def prepare(self) -> None:
        members = self.desk.state.members
        self.fields["person"] = one_member(members, self.label)
        if len(members) > 1:
            self.relate(0)

    @property
    def head_goes(self) -> bool:
        chosen = self.member(self.cleaned_data.get("person"))
        return chosen is not None and chosen.relation == Relation.HEAD

    def clean(self) -> None:
        if self.head_goes and len(self.desk.state.members) > 1:
            check_new_head(self, self._staying())

    def _staying(self) -> list[MemberState]:
        return [one for one in self.desk.state.members if str(one.person) != self.cleaned_data.get("person")]

    def succession(self) -> dict[str, Any]:
        """``new_head`` and ``relations`` as the actions take them."""
        if not self.head_goes:
            return {}
        return succession(self, self._staying())


def check_new_head(form: HouseholdForm, staying: Iterable[MemberState], column: int = 0) -> None:
    """Everybody who stays has a relation to exactly one head."""
    given = {one.person: form.cleaned_data.get(f"relation{column}_{one.person}", "") for one in staying}
    heads = [person for person, relation in given.items() if relation == Relation.HEAD]
    if not heads:
        problem = _("Chủ hộ không còn ở hộ: hãy chọn “chủ hộ” cho một người ở lại.")
    elif len(heads) > 1:
        problem = _("Đang chọn %(total)d chủ hộ; một hộ chỉ có một.") % {"total": len(heads)}
    else:
        problem = ""
    if problem:
        form.relations_problem = problem
        form.add_error(None, problem)
        return
    for person, relation in given.items():
        if not relation:
            form.add_error(f"relation{column}_{person}", _("Hãy chọn quan hệ với chủ hộ mới."))


def succession(form: HouseholdForm, staying: Iterable[MemberState], column: int = 0) -> dict[str, Any]:
    given = {one.person: str(form.cleaned_data[f"relation{column}_{one.person}"]) for one in staying}
    head = next((person for person, relation in given.items() if relation == Relation.HEAD), None)
    others = {person: relation for person, relation in given.items() if relation and person != head}
    return {"new_head": head, "relations": others}


class DeathForm(GoneForm):
    label = gettext_lazy("Ai mất")

    def prepare(self) -> None:
        super().prepare()
        self.fields["on"].label = gettext_lazy("Ngày mất")
        self.fields["reason"].help_text = gettext_lazy("Ví dụ: trích lục khai tử số 12/2026.")

    def act(self, *, by: User, at: datetime) -> int:
        record_death(person=int(self.cleaned_data["person"]), by=by, at=at, **self.told, **self.succession())
        return self.household


class LeaveForm(GoneForm):
    label = gettext_lazy("Ai rời hộ")

    def prepare(self) -> None:
        super().prepare()
        self.fields["on"].label = gettext_lazy("Ngày rời hộ")
        self.fields["reason"].help_text = gettext_lazy("Đi đâu, vì sao, ví dụ: lấy chồng về xã Trường Hà.")

    def act(self, *, by: User, at: datetime) -> int:
        remove_member(person=int(self.cleaned_data["person"]), by=by, at=at, **self.told, **self.succession())
        return self.household


class HeadForm(HouseholdForm):
    """Another head, or only other relations."""

    relation_titles = (gettext_lazy("Quan hệ với chủ hộ"),)
    relations_title = gettext_lazy("Ai là chủ hộ, ai là gì với chủ hộ")
    relations_help = gettext_lazy("Một người là “chủ hộ”. Đổi chủ hộ thì xem lại quan hệ của mọi người với chủ hộ mới.")

    def prepare(self) -> None:
        self.fields["on"].label = gettext_lazy("Thay đổi từ ngày")
        self.relate(0)
        self.initial.update({f"relation0_{one.person}": one.relation for one in self.desk.state.members})

    def clean(self) -> None:
        if not self.errors:
            check_new_head(self, self.desk.state.members)

    def act(self, *, by: User, at: datetime) -> int:
        now = {one.person: one.relation for one in self.desk.state.members}
        given = succession(self, self.desk.state.members)
        if now.get(given["new_head"]) == Relation.HEAD:
            given = {"relations": {who: said for who, said in given["relations"].items() if now.get(who) != said}}
        change_head(household=self.household, by=by, at=at, **given, **self.told)
        return self.household
