"""The job that makes the pre-filled sheets of villages: a file for each village, in parts where it is large."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import scope_of
from households.criteria.law.parts import Standard, Variant
from households.papers.prefilled import Home, Village, village_pdf
from households.papers.survey_form import RosterLine
from households.registry.codes import RecognisedClass, Relation
from households.registry.ethnicities import name_of
from households.registry.models import Person, SealedNumber
from households.registry.numbers.sealed import masked
from households.registry.places import named_places
from households.registry.state import HouseholdState, MemberState, states_on
from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.listing import day_of_listing
from households.surveys.forms.reach import READ
from households.surveys.sheets.bound import Bound, bound_standards
from households.surveys.sheets.ground import ground_at
from povertyportal.core import clock
from povertyportal.core.job_kinds import JobRefused, Progress
from povertyportal.core.kept_files import put
from povertyportal.core.models import User
from povertyportal.vietnamese import fold, format_date

JOB = PURPOSE = "survey_sheets"
KEPT = timedelta(days=7)
HOUSEHOLDS_A_FILE = 20  # some 60 pages: what one carries, and a step after which the work can be cancelled
MOST_AT_ONCE = 600
TO_FILL = (State.WAITING, State.TYPING, State.RETURNED)
SEX = {"male": "1", "female": "2"}


def make_sheets(progress: Progress, arguments: dict[str, Any]) -> dict[str, int]:
    """``forms`` of one round in these ``areas`` that are still to fill, by the ``purpose``'s standard; for the account ``by``."""
    by, at = User.objects.get(pk=arguments["by"]), clock.now()
    forms = wanted(arguments["round"], arguments["areas"], by=by, day=timezone.localdate(at))
    if not forms:
        raise JobRefused(_("Không còn phiếu nào phải nhập ở các thôn đã chọn."))
    if len(forms) > MOST_AT_ONCE:
        raise JobRefused(_("Nhiều quá %s hộ một lần; hãy chọn ít thôn hơn.") % MOST_AT_ONCE)
    done = files = 0
    for part, village in _parts(forms, arguments["purpose"], at):
        progress.step(done, len(forms), village.place.near)
        homes = list(_homes(part, village.on))
        content = village_pdf(village, homes, printed_on=timezone.localdate(at))
        files += 1
        put(
            content,
            purpose=PURPOSE,
            name=file_name(village.place.near, files),
            content_type="application/pdf",
            by=by,
            at=at,
            keep=KEPT,
        )
        done += len(part)
    progress.step(done, len(forms))
    return {"households": done, "files": files}


def wanted(round: int, areas: Iterable[str], *, by: User, day: date) -> list[SurveyForm]:
    """2 queries and those of the rights."""
    scope = scope_of(by, READ, day=day)
    rows = SurveyForm.objects.filter(round=round, area_code__in=list(areas), state__in=TO_FILL).select_related("round")
    return [one for one in rows.order_by("area_code", "pk") if scope.covers(one.area_code, on=one.round.area_on)]


def _parts(forms: Sequence[SurveyForm], purpose: str, at: datetime) -> Iterator[tuple[Sequence[SurveyForm], Village]]:
    by_area: dict[str, list[SurveyForm]] = defaultdict(list)
    for form in forms:
        by_area[form.area_code].append(form)
    round = forms[0].round
    on = day_of_listing(round, timezone.localdate(at))
    bound = _bound(bound_standards(round, on), purpose)
    places = named_places((code, round.area_on) for code in by_area)
    for code, ours in by_area.items():
        variant = _variant(bound.applied.standard, ground_at(code, round.area_on).variant)
        table = bound.applied.table if variant else None
        village = Village(places[code, round.area_on], bound.applied.standard, variant, table, on)
        for start in range(0, len(ours), HOUSEHOLDS_A_FILE):
            yield ours[start : start + HOUSEHOLDS_A_FILE], village


def _bound(bounds: Sequence[Bound], purpose: str) -> Bound:
    found = next((one for one in bounds if one.purpose == purpose), None)
    if found is None:
        raise JobRefused(_("Đợt này chưa gắn chuẩn đã chọn."))
    return found


def _variant(standard: Standard, code: str) -> Variant | None:
    return next((one for one in standard.variants if one.code == code), None)


def file_name(place: str, number: int) -> str:
    """Of letters and digits that every system keeps, whatever stands in the place's name."""
    return f"phieu-{re.sub('[^a-z0-9]+', '-', fold(place)).strip('-')}-{number}.pdf"


def _homes(forms: Sequence[SurveyForm], on: date) -> Iterator[Home]:
    states = states_on([one.household_id for one in forms], on)
    people = [member.person for state in states.values() for member in state.members]
    numbers = _masks(people)
    for form in forms:
        state = states[form.household_id]
        yield Home(
            number=f"H{form.household_id}",
            local_code=state.local_code,
            head=state.head.full_name if state.head else "",
            address=state.address,
            why=form.why,
            why_words=form.get_why_display(),
            before=_before(state),
            members=[_line(turn, one, numbers) for turn, one in enumerate(state.members, start=1)],
        )


def _masks(people: Iterable[int]) -> dict[int, str]:
    rows = Person.objects.filter(pk__in=list(people)).exclude(identity=None).select_related("identity")
    numbers: dict[int, SealedNumber | None] = {one.pk: one.identity for one in rows}
    return {key: masked(number) for key, number in numbers.items()}


def _line(turn: int, one: MemberState, numbers: dict[int, str]) -> RosterLine:
    return RosterLine(
        turn,
        one.full_name,
        str(Relation(one.relation).label),
        SEX.get(one.sex, ""),
        format_date(one.birth_date) if one.birth_date else str(one.birth_year or ""),
        name_of(one.ethnicity),
        numbers.get(one.person, ""),
    )


def _before(state: HouseholdState) -> str:
    given = state.recognition
    if given is None:
        return ""
    told = {
        "klass": RecognisedClass(given.klass).label,
        "number": given.decision_number,
        "day": format_date(given.decision_date),
    }
    return _("%(klass)s (Quyết định %(number)s ngày %(day)s)") % told
