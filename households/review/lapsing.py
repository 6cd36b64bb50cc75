"""Whether what a certificate says still holds on a day."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from households.registry.models import Recognition
from households.review.superior_models import Certificate
from povertyportal.vietnamese import format_date


def lapsed(given: Sequence[Certificate], *, on: date) -> dict[int, str]:
    """Certificate → why it holds no more, in words; those that hold are left out. 1 query; ``given`` with their lines,
    recognitions and households."""
    known: dict[int, list[Recognition]] = {}
    for one in Recognition.objects.filter(household__in=[one.line.household_id for one in given]).order_by("pk"):
        known.setdefault(one.household_id, []).append(one)
    told = ((one.pk, next(_why(one, known[one.line.household_id], on), "")) for one in given)
    return {key: why for key, why in told if why}


def _why(given: Certificate, known: Sequence[Recognition], on: date) -> Iterator[str]:
    own = given.line.recognition
    if own is None:
        return
    right = {one.corrects_id: one for one in known if one.corrects_id}
    if own.pk in right:
        told = {"number": right[own.pk].decision_number, "day": format_date(right[own.pk].decision_date)}
        yield _("đã được đính chính bằng Quyết định %(number)s ngày %(day)s") % told
    start, end, gone = own.validity.lower, own.validity.upper, given.line.household.validity.upper
    for one in known:
        if one.pk not in right and start < one.validity.lower <= on:
            told = {"number": one.decision_number, "day": format_date(one.validity.lower)}
            yield _("từ ngày %(day)s hộ được công nhận theo Quyết định %(number)s") % told
    if end is not None and end <= on:
        yield _("đã hết hạn, giá trị đến trước ngày %s") % format_date(end)
    if gone is not None and gone <= on:
        yield _("hộ không còn trong sổ từ ngày %s") % format_date(gone)
