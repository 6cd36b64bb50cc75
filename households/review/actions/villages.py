"""What the steps of a village begin with: it is looked at anew, while nobody else can change its forms or the dossier."""

from django.utils import timezone
from django.utils.translation import gettext as _

from households.registry.problems import Problem
from households.review.calendar.stored import calendar
from households.review.listed import listed
from households.review.models import DossierPart
from households.review.moving import Moving
from households.review.policies import blocks
from households.review.procedures.parts import Holder
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.standing import VillageStanding, village_standing
from households.surveys.form_models import SurveySheet


def seen_in(work: Moving) -> VillageStanding:
    """Whoever finishes or returns a form of the village meanwhile waits until the step is made. Raises ReviewRefusedError."""
    check_with_villages(work)
    today = timezone.localdate(work.at)
    code = own_part(work).area_code
    village = "" if code == work.dossier.area_code and not work.procedure.meeting else code
    forms = [one.form for one in listed(work.dossier, day=today, village=village)]
    list(SurveySheet.objects.select_for_update().filter(form__in=forms).order_by("pk").values_list("pk"))
    found = village_standing(work.dossier, code, today=today, calendar=calendar())
    if found is None:
        raise refuse_step("part", _("Xã không có thôn mang mã %s trong đợt này.") % code)
    return found


def check_with_villages(work: Moving) -> None:
    """The villages work as long as the commune's list is not made. Raises ReviewRefusedError."""
    first = work.procedure.first_of(Holder.DOSSIER)
    if work.dossier.state != first.code:
        told = {"step": work.move.title, "now": work.procedure.stage(work.dossier.state).title}
        message = _("Chưa làm được “%(step)s”: hồ sơ của xã đang ở bước “%(now)s”; muốn sửa thì mở lại cho các thôn.")
        raise refuse_step("", message % told)


def own_part(work: Moving) -> DossierPart:
    if work.part is None:
        raise TypeError(f"{work.move.code} is no step of a village")
    return work.part


def check_ready(village: VillageStanding, move: str) -> None:
    """Raises ReviewRefusedError."""
    if problems := [Problem("", f"{village.name}: {one}") for one in blocks(move, village.seen)]:
        raise ReviewRefusedError(problems)
