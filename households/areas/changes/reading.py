"""The part of the stored map that an operation can touch, and its plan."""

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from households.areas.changes.outcome import ChangePlan, ChangeRefusedError
from households.areas.changes.wording import problem, sentences
from households.areas.models import Area, AreaTraits
from households.areas.planning.checks import PlanRefused
from households.areas.planning.operations import Kind, Operation
from households.areas.planning.plan import make_plan
from households.areas.planning.state import Fact, State
from households.areas.queries import as_versions
from households.areas.units import Confidence, Level, Version


def plan_change(operation: Operation) -> ChangePlan:
    """At most 7 queries. Raises ChangeRefusedError with every reason why the change cannot be."""
    try:
        plan = make_plan(operation, read_state(operation))
    except PlanRefused as refused:
        raise ChangeRefusedError(map(problem, refused.refusals)) from refused
    return ChangePlan(plan, sentences(plan))


def read_state(operation: Operation) -> State:
    above = {target.parent_code for target in operation.targets} - {""}
    named = {*operation.units, *operation.parts}
    codes = named | above | {target.code for target in operation.targets}
    versions = _versions(operation, Q(code__in=codes) | Q(parent_code__in=named | above))
    if operation.kind is Kind.DISSOLVE_DISTRICTS:
        districts = {one.code for one in versions if one.level is Level.DISTRICT}
        versions += _versions(operation, Q(parent_code__in=districts))
    versions += _parents(operation, versions)
    return State(operation.on, versions, _facts(operation, {one.code for one in versions}))


def _parents(operation: Operation, versions: list[Version]) -> list[Version]:
    """The chains above, up to the provinces."""
    found: list[Version] = []
    known = {one.code for one in versions}
    missing = {one.parent_code for one in versions} - known - {""}
    while missing:
        more = _versions(operation, Q(code__in=missing))
        found += more
        known |= missing
        missing = {one.parent_code for one in more} - known - {""}
    return found


def _versions(operation: Operation, wanted: Q) -> list[Version]:
    return as_versions(Area.objects.filter(wanted, validity__overlap=DateRange(operation.on, None)))


def _facts(operation: Operation, codes: set[str]) -> list[Fact]:
    rows = AreaTraits.objects.filter(code__in=codes, validity__overlap=DateRange(operation.on, None))
    return [
        Fact(
            row.code, row.kind, row.value, row.validity.lower, row.validity.upper,
            row.legal_basis, row.source, Confidence(row.confidence),
        )
        for row in rows.order_by("code", "kind", "validity")
    ]  # fmt: skip
