"""The text of a paper on a day, and the one door through which an administrator puts it right."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import scope_of
from households.papers.review.wording.checking import LONGEST, faults
from households.papers.review.wording.known import TEXTS
from households.papers.review.wording.parsing import Text, parse
from households.papers.review.wording.shipped import VERSION, shipped_text
from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.review.refusals import ReviewRefusedError
from households.review.rights import TEXTS as MAY_SAVE
from households.review.superior_models import DocumentText
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class InUse:
    """``version``: which one it is, for the foot of the paper; ``row``: None of a shipped one."""

    code: str
    body: str
    version: str
    row: DocumentText | None

    @property
    def parsed(self) -> Text:
        return parse(self.body, TEXTS[self.code].block_names)


def text_of(code: str, on: date) -> InUse:
    """1 query. Raises KeyError."""
    kind = TEXTS[code]
    row = versions_of(kind.code).filter(valid_from__lte=on).first()
    if row is None:
        return InUse(code, shipped_text(code), _("lời văn có sẵn %s") % VERSION, None)
    return InUse(code, row.body, _("lời văn sửa, dùng từ %s") % format_date(row.valid_from), row)


def versions_of(code: str) -> QuerySet[DocumentText]:
    """The one that counts first."""
    return DocumentText.objects.filter(code=code).select_related("by").order_by("-valid_from", "-at", "-pk")


def save_text(*, code: str, body: str, valid_from: date, reason: str, by: User, at: datetime) -> DocumentText:
    """For the whole portal, so that only who holds the right nationwide may. Raises ReviewRefusedError, PermissionDenied."""
    check_may_save(by, timezone.localdate(at))
    body, reason = body.replace("\r\n", "\n").strip(), reason.strip()
    problems = [Problem("body", sentence) for sentence in faults(TEXTS[code], body)]
    if not reason:
        problems.append(Problem("reason", _("Hãy ghi vì sao sửa, theo văn bản nào.")))
    problems += [
        *problems_of_text("body", body[:LONGEST], LONGEST),
        *problems_of_text("reason", reason, LONGEST_REASON),
    ]
    if valid_from < timezone.localdate(at):
        problems.append(
            Problem(
                "valid_from", _("Lời văn mới dùng từ hôm nay trở đi: văn bản đã lập giữ nguyên lời văn của ngày lập.")
            )
        )
    if body == text_of(code, valid_from).body.strip():
        problems.append(Problem("body", _("Lời văn chưa khác bản đang dùng vào ngày này.")))
    if problems:
        raise ReviewRefusedError(problems)
    with transaction.atomic(), acting(by=by, reason=reason):
        return DocumentText.objects.create(code=code, body=body, valid_from=valid_from, reason=reason, by=by, at=at)


def check_may_save(by: object, day: date) -> None:
    """Raises PermissionDenied."""
    if not scope_of(by, MAY_SAVE, day=day).nation:
        raise PermissionDenied(
            _("Lời văn dùng chung cho mọi xã: chỉ người có quyền “Sửa lời văn” trên toàn quốc sửa được.")
        )
