"""The villages are done: the commune's list (Phụ lục VI) stands, or goes back to them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from households.registry.problems import Problem
from households.review.actions.order import check_in_order, named, problems_of_texts
from households.review.listed import Listed, listed
from households.review.models import Complaint, Dossier, DossierPart
from households.review.moving import moving
from households.review.procedures.parts import Holder, Stage
from households.review.procedures.shelf import procedure
from households.review.refusals import ReviewRefusedError
from households.surveys.codes import OPENING
from povertyportal.core.models import User

LONGEST_NOTE = 1000


def compile_list(*, dossier: int, on: date, by: User, at: datetime, expected: int | None = None) -> Dossier:
    """Raises ReviewRefusedError, PermissionDenied."""
    with moving(dossier=dossier, move="compile", on=on, by=by, at=at, expected=expected) as work:
        check_in_order(work)
        rows = listed(work.dossier, day=on)
        check_ready(work.dossier, rows, on)
        work.details = {"households": len(rows)}
    return work.dossier


def reopen_villages(
    *, dossier: int, note: str, on: date, by: User, at: datetime, expected: int | None = None
) -> Dossier:
    """The list was compiled, or agreed on, and something has to be put right after all."""
    with moving(dossier=dossier, move="reopen", on=on, by=by, at=at, expected=expected) as work:
        check_in_order(work)
        asked = _("Cần nói vì sao mở lại, ví dụ “Thôn Nà Tềnh còn một hộ mới đề nghị”.")
        if problems := list(problems_of_texts({"note": (note, LONGEST_NOTE)}, needed={"note": asked})):
            raise ReviewRefusedError(problems)
        work.note = note.strip()
    return work.dossier


def check_ready(dossier: Dossier, rows: Sequence[Listed], day: date) -> None:
    """Raises ReviewRefusedError."""
    if found := blocks(dossier, rows, day):
        raise ReviewRefusedError(Problem("", one) for one in found)


def blocks(
    dossier: Dossier, rows: Sequence[Listed], day: date, *, opening: Sequence[Listed] | None = None
) -> list[str]:
    """Why the list cannot stand yet, a sentence each, village by village; 2 queries, in a change-over year 3 unless its
    ``opening`` rows are at hand."""
    states = dict(DossierPart.objects.filter(dossier=dossier).values_list("area_code", "state"))
    return blocks_of(dossier, rows, day, states=states, waiting=_complaints(dossier), opening=opening)


def blocks_of(
    dossier: Dossier,
    rows: Sequence[Listed],
    day: date,
    *,
    states: Mapping[str, str],
    waiting: Mapping[str, Sequence[str]],
    opening: Sequence[Listed] | None = None,
) -> list[str]:
    """The same where the villages' stages and those whose complaint waits are at hand; no query, in a change-over year 1."""
    if not rows:
        return [_("Hồ sơ chưa có hộ nào: chưa lập danh sách rà soát, hoặc các phiếu đã ghi là không rà soát.")]
    known = procedure(dossier.procedure)
    by_part: dict[str, list[Listed]] = {}
    for row in rows:
        by_part.setdefault(row.area_code if known.meeting else dossier.area_code, []).append(row)
    found: list[str] = []
    for code, own in by_part.items():
        stage = known.stage(states[code]) if code in states else known.first_of(Holder.PART)
        about = list(_of_forms(own)) or [*_of_stage(own, stage), *_of_complaints(waiting.get(code, ()))]
        found += [f"{own[0].village}: {one}" if known.meeting else one[:1].upper() + one[1:] for one in about]
    return [*found, *_of_opening(dossier, day, opening)]


def _complaints(dossier: Dossier) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    rows = Complaint.objects.filter(part__dossier=dossier, outcome="").values_list("part__area_code", "complainant")
    for code, name in rows:
        found.setdefault(code, []).append(name)
    return found


def _of_stage(rows: Sequence[Listed], stage: Stage) -> Iterator[str]:
    """Where all were stopped at Phiếu A nothing is to be posted."""
    if not stage.done and any(one.assessed for one in rows):
        yield _("niêm yết chưa xong, đang ở bước “%s”.") % stage.title
        return
    unposted = [one for one in rows if one.unposted]
    yield from _some(unposted, _("%(count)s hộ có phân loại chưa niêm yết, hoặc khác bản đã niêm yết (%(names)s)."))


def _of_forms(rows: Sequence[Listed]) -> Iterator[str]:
    yield from _some([one for one in rows if not one.done], _("%(count)s phiếu chưa xong (%(names)s)."))
    vague = [one for one in rows if one.assessed and not one.klass and not one.about]
    yield from _some(vague, _("%(count)s phiếu đã xong mà chưa có phân loại (%(names)s); trả lại để nhập đủ."))
    unvoted = [one for one in rows if one.needs_vote]
    message = _("%(count)s hộ chưa được họp dân thống nhất theo kết quả hiện tại (%(names)s).")
    yield from _some(unvoted, message)


def _some(rows: Sequence[Listed], message: str) -> Iterator[str]:
    if rows:
        yield message % {"count": len(rows), "names": named(one.name for one in rows)}


def _of_complaints(names: Sequence[str]) -> Iterator[str]:
    if names:
        yield _("%(count)s khiếu nại chưa trả lời (%(names)s).") % {"count": len(names), "names": ", ".join(names[:3])}


def _of_opening(dossier: Dossier, day: date, opening: Sequence[Listed] | None) -> Iterator[str]:
    """In a change-over year each form has a result by the standard of the period to come too."""
    if dossier.round.opening_id is None:
        return
    rows = listed(dossier, day=day, purpose=OPENING) if opening is None else opening
    if some := [one.name for one in rows if one.done and not one.stopped and not one.klass]:
        message = _(
            "Phiếu của %s chưa có kết quả theo chuẩn mở đầu giai đoạn sau; trả lại rồi hoàn thành lại thì cổng tính thêm."
        )
        yield message % named(some)
