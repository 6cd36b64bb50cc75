"""What the form's page asks by itself: to save, what is new, and the key under which it keeps what could not be sent."""

import base64
import logging
from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from households.access.scope import Scope, check_may, scopes_of
from households.registry.problems import RegistryRefusedError
from households.surveys.form_models import SurveyForm
from households.surveys.forms.naming import names_keys, with_known_keys
from households.surveys.forms.presence import meet
from households.surveys.forms.reach import READ
from households.surveys.forms.saving import FILL, Change, Saved, save_answers, since
from households.web.desk.beside import Beside, beside
from households.web.desk.payload import Sent, read_sent, refusal, told_of
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.core.session_guard import account_of

logger = logging.getLogger(__name__)
PAGE_OF = "X-Desk-Account"  # whose page it is that sends


@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """200 with what stands now; 409 where it is refused, 403 where the right is missing, 401 where the page is another
    account's, which signed in here before: the page keeps what it has."""
    user = account_of(request)
    if request.headers.get(PAGE_OF, opaque(user)) != opaque(user):
        return JsonResponse({"state": "other"}, status=401)
    try:
        sent = _sent(request, pk, user)
        saved = _saved(pk, sent, user)
    except PermissionDenied as refused:
        return JsonResponse({"refused": str(refused)}, status=403)
    except RegistryRefusedError as refused:
        return JsonResponse(refusal(refused), status=409)
    form, found = _form_of(saved), _looked_at(_form_of(saved), saved)
    return JsonResponse(_told(form, saved, user, found) | ({} if found else _trouble()))


def _sent(request: HttpRequest, pk: int, user: User) -> Sent:
    """Who has no right there is told so, whatever he sent. Raises BadRequest, PermissionDenied, Http404."""
    try:
        return read_sent(request)
    except BadRequest:
        form_for(user, pk, FILL)
        raise


def _form_of(saved: Saved) -> SurveyForm:
    if saved.form is None:
        raise ValueError("a save tells the form it read")
    return saved.form


def _looked_at(form: SurveyForm, saved: Saved) -> Beside | None:
    """What is stored is told as stored, whatever a check makes of it: else the page would send it for ever."""
    try:
        return beside(form, saved.answers)
    except Exception:
        logger.exception("form %s is saved, but could not be looked at", form.pk)
        return None


def _trouble() -> dict[str, str]:
    return {"trouble": _("Đã lưu, nhưng chưa tính lại được kết quả của phiếu. Hãy báo người vận hành cổng.")}


@require_GET
def now_there(request: HttpRequest, pk: int) -> JsonResponse:
    """What the page that last heard of version ``base`` does not know yet, and who else is in the form."""
    user = account_of(request)
    form, scopes = form_and_scopes(user, pk, [READ, FILL])
    base = request.GET.get("base", "0")
    known = int(base) if base.isascii() and base.isdigit() and len(base) < 10 else 0
    saved = since(form=pk, base=known)
    return JsonResponse(_told(form, saved, user, _news(form, saved, known, scopes[FILL])))


def _news(form: SurveyForm, saved: Saved, base: int, filling: Scope) -> Beside | None:
    """Nothing where the page has seen it all."""
    if saved.version == base:
        return None
    return beside(form, saved.answers, may_fill=filling.covers(form.area_code, on=form.round.area_on))


@require_GET
def device_key(request: HttpRequest) -> JsonResponse:
    """Never stored by anybody: whoever takes the device without the account cannot read what it keeps."""
    user = account_of(request)
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"kept on the device {user.pk}".encode())
    key = base64.b64encode(derived.derive(settings.SECRET_KEY.encode())).decode()
    answer = JsonResponse({"account": opaque(user), "key": key, "csrf": get_token(request)})
    answer["Cache-Control"] = "no-store"
    return answer


def opaque(user: User) -> str:
    """Tells two accounts of one device apart, and nothing else."""
    derived = HKDF(algorithm=SHA256(), length=12, salt=None, info=f"account on the device {user.pk}".encode())
    return derived.derive(settings.SECRET_KEY.encode()).hex()


def form_for(user: User, pk: int, action: str, *also: str) -> SurveyForm:
    """``also``: what to read with it. Raises Http404, PermissionDenied."""
    return form_and_scopes(user, pk, [action], also)[0]


def form_and_scopes(
    user: User, pk: int, actions: Sequence[str], also: Sequence[str] = ()
) -> tuple[SurveyForm, dict[str, Scope]]:
    """The form, the first of these needed; and where the account may do each. Raises Http404, PermissionDenied."""
    form = get_object_or_404(SurveyForm.objects.select_related("round", "household", *also), pk=pk)
    day = today()
    scopes = scopes_of(user, actions, day=day)
    if not scopes[actions[0]].covers(form.area_code, on=form.round.area_on):
        check_may(user, actions[0], code=form.area_code, on=form.round.area_on, day=day)
    return form, scopes


def _saved(pk: int, sent: Sent, user: User) -> Saved:
    """Raises SurveyRefusedError, PermissionDenied, Http404."""
    changes: Sequence[Change] = sent.changes
    if names_keys(changes):
        changes = with_known_keys(changes, form_for(user, pk, FILL))
    try:
        return save_answers(form=pk, key=sent.key, base=sent.base, changes=changes, by=user, at=now())
    except SurveyForm.DoesNotExist as missing:
        raise Http404 from missing


def _told(form: SurveyForm, saved: Saved, user: User, found: Beside | None) -> dict[str, Any]:
    return told_of(saved, form, meet(form=form.pk, by=user, at=now()), by=user, found=found)
