"""The standards that the portal ships, brought into the database: in force as shipped, drafts as drafts; nothing is changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from households.criteria.digests import content_digest
from households.criteria.law import shelf
from households.criteria.law.parts import Standard
from households.criteria.models import LegalStandard, Origin, State
from households.criteria.publishing import PublishingRefusedError, enter_standard, in_the_way, put_in_force
from povertyportal.core.history import acting
from povertyportal.core.models import User


@dataclass(slots=True)
class Loaded:
    """By what became of each document: its code. ``notices``: sentences on those left as drafts."""

    in_force: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def writes(self) -> int:
        return len(self.in_force) + len(self.drafts)


def load_shipped(*, by: User, at: datetime, commit: bool) -> Loaded:
    """All or nothing; without ``commit`` the database is as before. Raises PublishingRefusedError where a file differs from
    what is published under its version, and DocumentFaults."""
    done = Loaded()
    with acting(by=by, reason="Nạp chuẩn có sẵn trong cổng"), transaction.atomic():
        LegalStandard.objects.select_for_update().filter(state=State.IN_FORCE).count()
        if refused := [why for one in shelf.shipped() if (why := _differs(one))]:
            raise PublishingRefusedError("\n".join(refused))
        for one in shelf.shipped():
            _load(one, done, by=by, at=at)
        transaction.set_rollback(not commit)
    return done


def _published(standard: Standard) -> LegalStandard | None:
    """The row of this very version that is or was in force."""
    rows = LegalStandard.objects.filter(code=standard.code, version=standard.version, approved_at__isnull=False)
    return rows.first()


def _differs(standard: Standard) -> str:
    """A sentence, or "" when the file may be loaded."""
    row = _published(standard)
    if row is None or row.law_digest == standard.digest:
        return ""
    told = {"code": standard.code, "version": standard.version, "digest": row.digest[:12]}
    if row.digest != content_digest(shelf.content(standard.code)):
        return (
            _(
                "Tệp %(code)s.toml khác với phiên bản %(version)s đã áp dụng (mã kiểm %(digest)s…): chuẩn đã áp dụng không sửa "
                "được. Hãy tăng “version” trong tệp, hoặc trả tệp về nội dung cũ."
            )
            % told
        )
    return (
        _(
            "Chuẩn gốc của %(code)s.toml khác với chuẩn gốc lúc áp dụng phiên bản %(version)s: hãy tăng “version” của "
            "%(code)s.toml."
        )
        % told
    )


def _load(standard: Standard, done: Loaded, *, by: User, at: datetime) -> None:
    rows = LegalStandard.objects.filter(code=standard.code)
    draft = rows.filter(version=standard.version, state=State.DRAFT).first()
    newer = rows.filter(version__gt=standard.version, approved_at__isnull=False).exists()
    if _published(standard) or newer or (draft and draft.law_digest == standard.digest):
        done.unchanged.append(standard.code)
        return
    if draft:
        _give_up(draft, by=by, at=at)
    content = shelf.content(standard.code)
    row = enter_standard(standard=standard, content=content, origin=Origin.SHIPPED, by=by, at=at)
    waits = list(_why_it_waits(standard))
    if waits:
        done.drafts.append(standard.code)
        done.notices += waits
    else:
        put_in_force(row=row, standard=standard, by=by, at=at, approved_by=None)
        done.in_force.append(standard.code)


def _give_up(draft: LegalStandard, *, by: User, at: datetime) -> None:
    draft.state, draft.withdrawn_by, draft.withdrawn_at = State.WITHDRAWN, by, at
    draft.withdrawal = _("Tệp có sẵn đã đổi khi còn là bản thảo")
    draft.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawal"])


def _why_it_waits(standard: Standard) -> Iterator[str]:
    """A shipped document comes into force by itself only where nothing stands there yet."""
    told = {"code": standard.code}
    if standard.draft:
        yield _("%(code)s: văn bản chưa đủ căn cứ, giữ là bản thảo.") % told
    elif LegalStandard.objects.filter(code=standard.code, state=State.IN_FORCE).exists():
        yield _("%(code)s: phiên bản mới chờ hai người duyệt thay phiên bản đang áp dụng.") % told
    elif found := in_the_way(standard):
        yield f"{standard.code}: {' '.join(found)}"
