"""What is concluded about two persons who look alike."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.registry.finding_models import Verdict
from households.registry.problems import RegistryRefusedError
from households.web.duplicate_sides import Side
from households.web.form_parts import text_field
from households.web.household_form_fields import choice_field


def radio(label: Any, help_text: Any = "", *, required: bool = True) -> forms.ChoiceField:
    field = choice_field(label, [], help_text, required=required)
    field.widget = forms.RadioSelect(attrs={"class": "form-check-input"})
    return field


class DecideForm(forms.Form):
    """``others``: further members who look like one person (left, right, name), to be ticked when the households are one."""

    verdict = radio(gettext_lazy("Kết luận"))
    keep = radio(
        gettext_lazy("Nếu là một người: giữ hồ sơ nào"),
        gettext_lazy("Hồ sơ giữ lại là đúng; hồ sơ kia chỉ bổ sung những gì còn thiếu."),
        required=False,
    )
    keep_household = radio(
        gettext_lazy("Hai hộ có phải một hộ bị ghi hai lần"),
        gettext_lazy(
            "Chỉ khi cả hai hồ sơ hộ nói về một hộ. Hai hộ có thật về ở chung thì chọn “Nhập vào hộ khác” ở trang hộ."
        ),
        required=False,
    )
    reason = text_field(
        gettext_lazy("Lý do, căn cứ"), gettext_lazy("Ví dụ: đối chiếu căn cước tại hộ ngày 12/10/2026.")
    )

    def __init__(self, data: Any, *, sides: tuple[Side, Side], others: Sequence[tuple[int, int, str]]) -> None:
        self.sides, self.others = sides, others
        super().__init__(data)
        self.label_suffix = ""
        first, second = sides
        self._offer("verdict", list(Verdict.choices))
        self._offer("keep", [(str(one.person.pk), self._record(one)) for one in sides])
        if first.household and second.household and first.household != second.household:
            merge = [(str(one.household), _("một hộ, giữ hồ sơ H%s") % one.household) for one in sides]
            self._offer("keep_household", [("", _("không, là hai hộ")), *merge])
        else:
            del self.fields["keep_household"]
        for left, right, name in others:
            label = _("%(name)s cũng bị ghi hai lần: gộp luôn") % {"name": name}
            self.fields[f"other_{left}_{right}"] = forms.BooleanField(label=label, required=False)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _record(self, side: Side) -> str:
        told = {"record": side.person.pk, "name": side.person.full_name, "household": side.household or "–"}
        return _("hồ sơ số %(record)s: %(name)s, hộ H%(household)s") % told

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [self[f"other_{left}_{right}"] for left, right, _name in self.others]

    @property
    def same(self) -> bool:
        return bool(self.cleaned_data.get("verdict") == Verdict.SAME)

    def clean(self) -> None:
        if self.same and not self.cleaned_data.get("keep"):
            self.add_error("keep", _("Hãy chọn hồ sơ giữ lại."))

    @property
    def stated(self) -> dict[str, Any]:
        """As ``decide_pair`` takes it."""
        data = self.cleaned_data
        home = data.get("keep_household") or ""
        return {
            "keep": int(data["keep"]),
            "keep_household": int(home) if home else None,
            "others": self._others(home) if home else None,
        }

    def _others(self, home: str) -> dict[int, int]:
        """Who goes → who stays: on the side of the household that stays everybody stays."""
        left_stays = str(self.sides[0].household) == home
        ticked = [one for one in self.others if self.cleaned_data.get(f"other_{one[0]}_{one[1]}")]
        return {right: left for left, right, _ in ticked} if left_stays else {left: right for left, right, _ in ticked}

    def refuse(self, refused: RegistryRefusedError) -> None:
        for problem in refused.problems:
            name = problem.field.rpartition(".")[2]
            self.add_error(name if name in self.fields else None, problem.message)
