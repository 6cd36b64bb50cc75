"""The page on which a village meeting is written down: everybody present agreed, unless a line says otherwise."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from households.registry.problems import RegistryRefusedError
from households.review.actions.meeting import (
    LONGEST_NAME,
    LONGEST_OPINIONS,
    LONGEST_PLACE,
    LONGEST_VOTE_REMARK,
    MOST_PRESENT,
    MeetingTold,
    Vote,
    hold_meeting,
)
from households.review.listed import Listed
from households.review.models import Meeting
from households.review.rights import VILLAGE
from households.web.form_parts import ActionForm, text_field
from households.web.review.common import Visit, version_asked, visit
from households.web.review.village import class_words
from povertyportal.core.clock import now, today
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.session_guard import account_of

TYPED = ("agree", "disagree", "remark")
NO_COUNT = gettext_lazy("Số người dự phải từ 1 đến 5000; biên bản ghi đúng số người có mặt.")
TITLES = {
    "agree": gettext_lazy("Đồng ý"),
    "disagree": gettext_lazy("Không đồng ý"),
    "remark": gettext_lazy("Ý kiến"),
}
MOST_ROWS, LONGEST_PASTED = 120, 20_000  # of more households only the exceptions are written, line by line
_SEPARATOR = re.compile(r"[;\t]")


def _clock(label: Any, *, required: bool) -> forms.TimeField:
    wrong = gettext_lazy("Cần ghi giờ:phút, ví dụ 19:30.")
    return forms.TimeField(
        label=label, required=required, input_formats=["%H:%M", "%Hh%M", "%Hh"],
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off", "inputmode": "text", "maxlength": 5}),
        error_messages={"invalid": wrong, "required": wrong},
    )  # fmt: skip


class MeetingForm(ActionForm):
    held_on = VietnameseDateField(label=gettext_lazy("Ngày họp"))
    starts = _clock(gettext_lazy("Bắt đầu lúc"), required=True)
    ends = _clock(gettext_lazy("Kết thúc lúc"), required=False)
    place = text_field(gettext_lazy("Nơi họp"), gettext_lazy("Ví dụ: Nhà văn hóa xóm Nà Tềnh."), most=LONGEST_PLACE)
    chair = text_field(gettext_lazy("Chủ trì"), gettext_lazy("Trưởng thôn, tổ trưởng tổ dân phố."), most=LONGEST_NAME)
    secretary = text_field(gettext_lazy("Thư ký"), most=LONGEST_NAME)
    present_count = forms.IntegerField(
        label=gettext_lazy("Số người dự"), min_value=1, max_value=MOST_PRESENT,
        help_text=gettext_lazy("Mọi người có mặt được biểu quyết."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 4}),
        error_messages={
            "required": gettext_lazy("Hãy ghi số người dự."), "invalid": gettext_lazy("Cần ghi một số."),
            "min_value": NO_COUNT, "max_value": NO_COUNT,
        },
    )  # fmt: skip
    present = forms.CharField(
        label=gettext_lazy("Thành phần ghi tên trong biên bản"), required=False, max_length=5_000,
        help_text=gettext_lazy("Mỗi dòng một người: họ tên, chức vụ. Ví dụ: Nông Văn Páo, Bí thư chi bộ."),
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 4}),
    )  # fmt: skip
    opinions = forms.CharField(
        label=gettext_lazy("Ý kiến tại cuộc họp"), required=False, max_length=LONGEST_OPINIONS,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 4}),
    )  # fmt: skip

    def told(self) -> MeetingTold:
        """Of a valid form."""
        data = self.cleaned_data
        people = [line.partition(",") for line in data["present"].splitlines() if line.strip()]
        present = [{"name": name.strip(), "as": role.strip()} for name, _comma, role in people]
        plain = ("held_on", "starts", "ends", "place", "chair", "secretary", "present_count", "opinions")
        return MeetingTold(present=present, **{name: data[name] for name in plain})


@dataclass
class VoteLine:
    """A household that waits for a vote, and what was typed in its row: nothing means that all present agreed."""

    row: Listed
    klass: str
    agree: str = ""
    disagree: str = ""
    remark: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def key(self) -> int:
        return self.row.form

    @property
    def inputs(self) -> list[tuple[Any, SafeString]]:
        """With their titles, which narrow screens show. Written here and short, as a village may have a hundred and twenty
        lines: each is named by its row and its column."""
        shape = '<input class="form-control" name="{}-{}" value="{}" maxlength="{}"{} aria-labelledby="v{} v-{}">'
        number = mark_safe(' inputmode="numeric"')
        kinds = ((5, number), (5, number), (LONGEST_VOTE_REMARK, ""))
        return [
            (TITLES[name], format_html(shape, name, self.key, getattr(self, name), most, mode, self.key, name))
            for name, (most, mode) in zip(TYPED, kinds, strict=True)
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    seen = visit(request, pk, VILLAGE)
    here = seen.village(code)
    lines = [VoteLine(one, class_words(one)) for one in here.rows if one.needs_vote]
    posted = request.POST if request.method == "POST" else None
    form = MeetingForm(posted, initial=_last_time(seen, code))
    if posted is not None:
        _read(lines, posted)
        left = _pasted(lines, posted.get("pasted", ""))
        if left:
            form.add_error(
                None, _("Chưa lưu gì: không rõ hộ nào ở dòng “%s”; hãy ghi số hộ, ví dụ H1204.") % left[0][:60]
            )
        if form.is_valid() and (made := _hold(request, seen, code, form, lines)):
            return _told(request, made, pk, code)
    blocks = here.why_not("meet") if here.next else ()
    may_meet = here.may("meet")
    context = seen.context(village=here, form=form, lines=lines, blocks=blocks, may_meet=may_meet)
    context |= {"in_grid": len(lines) <= MOST_ROWS}
    context |= {"pasted": posted.get("pasted", "") if posted else "", "longest_pasted": LONGEST_PASTED}
    return render(request, "review/meeting.html", context)


def _last_time(seen: Visit, code: str) -> dict[str, Any]:
    """A supplementary meeting is held where the first one was."""
    rows = Meeting.objects.filter(part__dossier=seen.dossier, part__area_code=code).order_by("number")
    start: dict[str, Any] = {"held_on": today()}
    if last := rows.last():
        start |= {"place": last.place, "chair": last.chair, "secretary": last.secretary}
    return start


def _read(lines: Sequence[VoteLine], posted: Mapping[str, str]) -> None:
    for one in lines:
        for name in TYPED:
            setattr(one, name, posted.get(f"{name}-{one.key}", "").strip())
        _check_numbers(one)


def _check_numbers(one: VoteLine) -> None:
    for name in ("agree", "disagree"):
        text = getattr(one, name)
        if text and not (text.isascii() and text.isdigit() and len(text) < 6):
            one.problems.append(
                _("%(name)s: “%(text)s” không phải là số người.") % {"name": one.row.name, "text": text[:10]}
            )


def _pasted(lines: Sequence[VoteLine], text: str) -> list[str]:
    """A household a line: its number, who agrees, who does not, what was said. What names no household that waits comes back."""
    by_number = {one.row.number: one for one in lines}
    left = []
    for row in text[:LONGEST_PASTED].splitlines():
        number, *said = [cell.strip() for cell in _SEPARATOR.split(row)]
        if one := by_number.get(number.upper()):
            for name, value in zip(TYPED, said, strict=False):
                setattr(one, name, value)
            _check_numbers(one)
        elif row.strip():
            left.append(row.strip())
    return left


def _votes(lines: Sequence[VoteLine], present: int) -> dict[int, Vote]:
    """Who says nothing of the others says that all of them agreed."""
    votes = {}
    for one in lines:
        disagree = int(one.disagree or 0)
        agree = int(one.agree) if one.agree else max(0, present - disagree)
        votes[one.key] = Vote(agree, disagree, one.remark)
    return votes


def _hold(request: HttpRequest, seen: Visit, code: str, form: MeetingForm, lines: Sequence[VoteLine]) -> Meeting | None:
    if any(one.problems for one in lines):
        form.add_error(None, _("Chưa lưu gì: có dòng ghi sai trong bảng biểu quyết."))
        return None
    told = form.told()
    try:
        return hold_meeting(
            dossier=seen.dossier.pk, part=code, votes=_votes(lines, told.present_count), told=told,
            by=account_of(request), at=now(), expected=version_asked(request),
        )  # fmt: skip
    except RegistryRefusedError as refused:
        _refuse(form, lines, refused)
        return None


def _refuse(form: MeetingForm, lines: Sequence[VoteLine], refused: RegistryRefusedError) -> None:
    by_key = {f"votes.{one.key}": one for one in lines}
    for problem in refused.problems:
        line = by_key.get(problem.field.rpartition(".")[0])
        if line:
            line.problems.append(problem.message)
        else:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    if any(one.problems for one in lines):
        form.add_error(None, _("Chưa lưu gì: xem chữ đỏ trong bảng biểu quyết."))


def _told(request: HttpRequest, made: Meeting, pk: int, code: str) -> HttpResponse:
    votes = list(made.votes.all())
    refused = len([one for one in votes if not one.passed])
    if refused:
        told = ngettext(
            "Đã ghi cuộc họp. %(count)s hộ dưới 50%%: phiếu đã trả lại để rà soát lại.",
            "Đã ghi cuộc họp. %(count)s hộ dưới 50%%: phiếu đã trả lại để rà soát lại.",
            refused,
        )
        messages.warning(request, told % {"count": refused})
    else:
        messages.success(
            request, _("Đã ghi cuộc họp: %s hộ đều được thống nhất. Việc tiếp theo là niêm yết.") % len(votes)
        )
    return redirect("review:village", pk, code)
