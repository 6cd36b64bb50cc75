"""Searches that somebody keeps under a name: his own, seen by nobody else."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from households.registry.finding.filters import NAMES, FilterRefusedError, read_filters
from households.registry.finding.terms import LONGEST, looks_like_number
from households.registry.finding_models import SavedFilter
from povertyportal.core.models import User
from povertyportal.vietnamese import tidy

LONGEST_NAME = 80
MOST_KEPT = 30
BESIDE = ("q", "on")  # what a search holds besides its filters


def keep_filter(*, user: User, name: str, query: Mapping[str, str]) -> SavedFilter:
    """``query``: as the address of the list holds it. Raises FilterRefusedError."""
    name = tidy(name)
    if problems := _problems(user, name, query):
        raise FilterRefusedError(problems)
    read_filters({key: value for key, value in query.items() if key in NAMES})
    try:
        with transaction.atomic():
            return SavedFilter.objects.create(user=user, name=name, query=dict(query))
    except IntegrityError as error:
        raise FilterRefusedError({"name": _("Bạn đã có cách lọc tên “%s”; hãy đặt tên khác.") % name}) from error


def drop_filter(*, user: User, pk: int) -> None:
    """One of somebody else is left alone."""
    SavedFilter.objects.filter(user=user, pk=pk).delete()


def _problems(user: User, name: str, query: Mapping[str, str]) -> dict[str, str]:
    found = {key: _("Không có bộ lọc “%s”.") % key[:40] for key in query if key not in (*NAMES, *BESIDE)}
    if not name or len(name) > LONGEST_NAME:
        found["name"] = _("Hãy đặt tên cho cách lọc, không quá %(most)s ký tự.") % {"most": LONGEST_NAME}
    if looks_like_number(query.get("q", "")) or looks_like_number(name):
        found["q"] = _("Số định danh không được lưu trong cách lọc.")
    if len(query.get("q", "")) > LONGEST:
        found["q"] = _("Câu tìm dài quá; hãy ghi tên hoặc số thôi.")
    if not query:
        found["query"] = _("Chưa lọc gì để lưu.")
    if SavedFilter.objects.filter(user=user).count() >= MOST_KEPT:
        found["most"] = _("Bạn đã lưu %(most)s cách lọc; hãy bỏ bớt.") % {"most": MOST_KEPT}
    return found
