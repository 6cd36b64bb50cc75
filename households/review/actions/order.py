"""What every step of a whole dossier asks: that the days of its steps follow each other, and that its texts can be kept."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.review.models import ReviewStep
from households.review.moving import Moving
from households.review.refusals import ReviewRefusedError, refuse_step
from povertyportal.vietnamese import format_date

NAMED = 3


def check_in_order(work: Moving) -> None:
    """The day of the step is not before that of any made already. Raises ReviewRefusedError."""
    last = ReviewStep.objects.filter(dossier=work.dossier).order_by("-on", "-pk").first()
    if last is None or work.on >= last.on:
        return
    title = work.procedure.move(last.move).title
    told = {"day": format_date(work.on), "step": title, "before": format_date(last.on)}
    message = _("Ngày %(day)s trước ngày của bước “%(step)s” (%(before)s); hãy ghi từ ngày đó trở đi.")
    raise refuse_step("on", message % told)


def check_late(work: Moving, reason: str, sentence: str) -> None:
    """``sentence``: what deadline it is behind, "" where it is in time."""
    work.late = reason.strip()
    problems = list(problems_of_text("late", work.late, 400))
    if sentence and not work.late:
        problems.append(Problem("late", _("%s Hãy ghi vì sao quá hạn.") % sentence))
    if problems:
        raise ReviewRefusedError(problems)


def problems_of_texts(texts: Mapping[str, tuple[str, int]], *, needed: Mapping[str, str]) -> Iterator[Problem]:
    """``texts``: field → what was typed and how long it may be; ``needed``: field → what to say where nothing stands."""
    for field, (text, most) in texts.items():
        yield from problems_of_text(field, text, most)
        if field in needed and not text.strip():
            yield Problem(field, needed[field])


def named(names: Iterable[str], most: int = NAMED) -> str:
    """ "Sầm Thị Nhình, Lý A Páo và 4 hộ khác"."""
    known = list(names)
    told = ", ".join(known[:most])
    if len(known) <= most:
        return told
    return _("%(some)s và %(more)s hộ khác") % {"some": told, "more": len(known) - most}
