"""Values that were refused because somebody else had written another meanwhile, until a person decides."""

from dataclasses import dataclass
from datetime import datetime

from households.surveys.form_models import SurveySave, SurveySheet
from households.surveys.forms.merging import Values, plain
from povertyportal.core.models import User


@dataclass(frozen=True, slots=True)
class Conflict:
    """``yours``: the value that was not written, of ``yours_by``; ``theirs``: what stands, written by ``by`` at ``at`` ("" and
    None where it stood there from the start)."""

    name: str
    yours: Values
    yours_by: str
    yours_at: datetime
    sender: int
    theirs: Values
    by: str
    at: datetime | None


def conflicts_of(sheet: SurveySheet) -> list[Conflict]:
    """No query where there is none."""
    if not sheet.conflicts:
        return []
    kept = [(name, one) for name, listed in sorted(sheet.conflicts.items()) for one in listed]
    names = {row.pk: str(row) for row in User.objects.filter(pk__in={one["by"] for _name, one in kept})}
    wrote = {name: _last_written(sheet.pk, name) for name in sheet.conflicts}
    found = []
    for name, one in kept:
        last = wrote[name]
        found.append(
            Conflict(
                name, one["value"], names.get(one["by"], ""), datetime.fromisoformat(one["at"]), one["by"],
                plain(sheet.answers.get(name, ())), str(last.by) if last else "", last.at if last else None,
            )
        )  # fmt: skip
    return found


def _last_written(form: int, name: str) -> SurveySave | None:
    rows = SurveySave.objects.filter(form=form, changes__contains=[{"name": name}])
    return rows.select_related("by").order_by("-version", "-pk").first()
