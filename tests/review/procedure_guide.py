"""docs/review-procedure.md, from the tables of the procedures."""

from collections.abc import Iterator

from households.access.roles import catalogue
from households.review.calendar.shipped import shipped
from households.review.deadlines import critical_path
from households.review.procedures.diagram import diagram
from households.review.procedures.parts import Deadline, Holder, Move, Procedure, Source, Sure
from households.review.procedures.shelf import PROCEDURES
from households.surveys.form_models import Why
from tests.review.test_deadlines import END

HEAD = """# The review procedures

Made from `households/review/procedures/`; do not edit by hand (`UPDATE_GUIDE=1 bin/test tests/review/test_procedures.py`).
Officials read the same tables on `/review/procedures/`. Which procedure a household goes through follows from its round, its
reason on the list and the year (`shelf.procedure_for`).

A *dossier* is a procedure in a commune and a round. Its *parts* are voted and posted together: the villages, of a procedure
without a meeting the commune. A village goes its own way until it is closed; the dossier is compiled when all are. Every step
goes through `households/review/moving.py`, which locks the dossier, asks for the right, and keeps the step.

**recalled** and **unsure** mark what nobody has compared with the gazette; the page says so too.
"""
SIDES = {Holder.INTAKE: "A paper that was handed in", Holder.PART: "A village", Holder.DOSSIER: "The dossier"}
FROM = {
    "posted": "the posting",
    "received": "receipt",
    "asked": "receipt of the request",
    "started": "the start of the review",
}


def guide() -> str:
    return "\n".join([HEAD, *(line for one in PROCEDURES for line in _procedure(one)), *_path(), ""])


def _procedure(known: Procedure) -> Iterator[str]:
    years = f"{known.first} to {known.last}" if known.last else f"since {known.first}"
    yield f"\n## {known.title} (`{known.code}`{f', {known.number}' if known.number else ''})\n"
    yield f"Rounds: {', '.join(known.kinds)}; reviews {years}. Reasons: {', '.join(Why(one).value for one in known.whys)}."
    yield f"Source: {'; '.join(_source(one) for one in known.sources)}."
    for authority in known.authorities:
        until = f" until {authority.until}" if authority.until else ""
        yield f"Opinion: {authority.title}, from {authority.since}{until} ({_source(authority.source)})."
    for holder, title in SIDES.items():
        if any(one.holder is holder for one in known.stages):
            yield f"\n### {title}\n\n```mermaid\n{diagram(known, holder)}\n```"
    yield "\n| step | of | right | roles | deadline | papers |\n| --- | --- | --- | --- | --- | --- |"
    yield from (_move(known, one) for one in known.moves)
    yield ""
    if known.ends:
        yield f"- To be decided by {known.ends[1]}/{known.ends[0]}."
    yield from (f"- {_deadline(one)}" for one in known.deadlines.values())
    yield from (f"- {note}" for note in known.notes)


def _move(known: Procedure, move: Move) -> str:
    roles = ", ".join(sorted(catalogue().with_action(move.action)))
    due = known.deadlines.get(move.deadline)
    brought = f", brings `{move.brings}`" if move.brings else ""
    cells = [
        f"{move.title} (`{move.code}`){brought}", move.holder.value, f"`{move.action}`", roles,
        f"{due.days} {'working days' if due.working else 'days'}" if due else "", ", ".join(f"`{one}`" for one in move.papers),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _deadline(one: Deadline) -> str:
    unit = "working days" if one.working else "days"
    return f"{one.title} (`{one.code}`): {one.days} {unit} after {FROM[one.counted_from]} ({_source(one.source)})."


def _source(source: Source) -> str:
    return source.article if source.sure is Sure.VERIFIED else f"{source.article}, **{source.sure.value}**"


def _path() -> Iterator[str]:
    yield "\n## The critical path of 2026\n"
    yield "Latest days for a decision on 14/12/2026; with a complaint it comes on the last day of the posting."
    yield "\n| step | without complaint | with a complaint |\n| --- | --- | --- |"
    known = next(one for one in PROCEDURES if one.code == "periodic")
    plain = dict(critical_path(known, end=END, calendar=shipped(), complaint=False))
    for step in critical_path(known, end=END, calendar=shipped(), complaint=True):
        yield f"| {known.move(step.move).title} | {plain.get(step.move, '')} | {step.day} |"
