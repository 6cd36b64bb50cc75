"""How the history of published figures is told, and to whom."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from povertyportal.core.described import describe_history
from reports.reported.models import ReportedFigure
from reports.reported.vocabulary import find_measure


def register() -> None:
    """Called once, when the app is ready."""
    describe_history(
        ReportedFigure,
        title=_("Số liệu đã công bố"),
        name="{measure}, {area}: {published} {unit}",
        within=lambda areas: Q(area__in=areas),
        words={"measure": lambda code: find_measure(code).name},
    )
