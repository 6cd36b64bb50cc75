"""What of the figures a reader may see: the one place where pages of this part meet the scope."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households.access.scope import Scope, scope_of
from povertyportal.core.clock import today
from reports.reported.actions import ENTER
from reports.reported.models import ReportedFigure
from reports.reported.queries import figures_in_force

__all__ = ["ENTER", "FIGURES", "REPORTS", "check_code", "scope_for", "within"]

FIGURES, REPORTS = "figures.read", "reports.read"


def scope_for(user: object, action: str) -> Scope:
    return scope_of(user, action, day=today())


def within(scope: Scope, figures: QuerySet[ReportedFigure] | None = None) -> QuerySet[ReportedFigure]:
    """Figures (those in force) of units in the scope, each on the map it was stated on."""
    return scope.limit(figures_in_force() if figures is None else figures, "area", on="boundary_on")


def check_code(scope: Scope, code: str, *, on: date | None = None) -> None:
    """A unit of that code, on the day or on any, lies in the scope. Raises PermissionDenied."""
    known = scope.covers(code, on=on) if on else scope.names(code)
    if not known:
        raise PermissionDenied(_("Địa bàn mã %(code)s không thuộc phạm vi được giao cho bạn.") % {"code": code[:40]})
