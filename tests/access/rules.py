"""For every named address: who may open it. A new address needs a rule here, else test_scope_matrix fails.

A rule stands on its own: it does not read the door of the view, so that a wrong door is seen.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from households.registry.models import HouseholdEvent
from tests.access.reviewed import Reviewed


@dataclass(frozen=True)
class Place:
    """One unit of the matrix with things of its own; ``mark`` stands in the texts of all of them."""

    kind: str
    code: str
    on: date
    mark: str
    figure: int
    username: str
    grant: int
    review: int
    proposal: int
    household: int = 0  # none where nobody can live: on a district, a province
    person: int = 0
    round: int = 0
    form: int = 0  # of the household, in the round
    reviewed: Reviewed = field(default_factory=Reviewed)


Path = Callable[[Place], str]


@dataclass(frozen=True)
class Rule:
    """``actions``: one of them is needed (none: every account; ``strangers``: not even an account).

    ``path``: the address of something in a unit, which must then lie in the scope of the actions; without it the address is
    the same for all and what it shows is checked by its marks. ``kinds``: the units for which the address can be asked.
    """

    actions: tuple[str, ...] = ()
    path: Path | None = None
    kinds: tuple[str, ...] = ("own", "foreign", "parent", "ended", "foreign_ended")
    strangers: bool = False
    missing: bool = False  # in scope the answer is 404: nothing is stored for it, which still tells it from a refusal
    whole_map: bool = False  # reference data: of every unit for whoever has the action
    args: tuple[object, ...] = ()
    sends: tuple[str, ...] = ()  # one of these is needed to send the page's form, where seeing it needs less


STRANGERS, ACCOUNTS = Rule(strangers=True), Rule()
TODAY = ("own", "foreign", "parent")
COMMUNES = ("own", "foreign")
LIVED_IN = ("own", "foreign", "ended")


def needs(*actions: str, args: tuple[object, ...] = ()) -> Rule:
    return Rule(actions, args=args)


def at(name: str, *args: Callable[[Place], object], query: bool = False) -> Path:
    def path(place: Place) -> str:
        address = reverse(name, args=[arg(place) for arg in args])
        return f"{address}?{urlencode({'on': place.on.isoformat()})}" if query else address

    return path


def code(place: Place) -> object:
    return place.code


def username(place: Place) -> object:
    return place.username


def figure(place: Place) -> object:
    return place.figure


def household(place: Place) -> object:
    return place.household


def first_event(place: Place) -> object:
    """Asked for only where somebody can live."""
    return HouseholdEvent.objects.filter(household=place.household).values_list("pk", flat=True).first() or 0


def of_household(name: str, *actions: str) -> Rule:
    """A page about one household, on a day when it lived in the unit."""
    return Rule(actions or ("households.read",), at(f"households:{name}", household, query=True), LIVED_IN)


def report(suffix: str = "") -> Path:
    """Of years without figures: within the scope it is not there, outside it is refused."""
    return lambda place: f"/reports/tong-ket/{place.code}/1990-1991/{suffix}?map={place.on.isoformat()}"


def local(name: str, *args: object) -> Rule:
    """Steps with the standard of the foreign province: none of the matrix may take them."""
    return Rule(
        ("standards.propose",), lambda place: reverse(f"standards:{name}", args=["quangninh-2023", *args]), ("foreign",)
    )


def no_table(name: str, *args: object) -> Rule:
    """Whoever reads standards reads all of them; no table of points is shipped."""

    def path(place: Place) -> str:
        return reverse(f"standards:{name}", args=["nd07-2021", *args])

    return Rule(("standards.read",), path, ("own",), missing=True, whole_map=True)


def of_round(name: str, action: str) -> Rule:
    """A round that a commune is part of is open to it, so that one of the whole province proves nothing here."""
    return Rule(
        (action,), at(f"rounds:{name}", lambda place: place.round), ("own", "foreign", "ended", "foreign_ended")
    )


def of_form(name: str, *actions: str) -> Rule:
    """A page about the form of a household that was listed in the unit."""
    return Rule(actions or ("surveys.read",), at(f"surveys:{name}", lambda place: place.form), LIVED_IN)


def of_review(name: str, action: str, *args: str, **more: Any) -> Rule:
    """A page about something of the unit's review; ``args``: fields of ``Reviewed``, or "village" for the code of its part."""

    def taken(name: str) -> Callable[[Place], object]:
        return lambda place: place.code if name == "village" else getattr(place.reviewed, name)

    return Rule((action,), at(f"review:{name}", *(taken(one) for one in args)), LIVED_IN, **more)


NOBODY = uuid.UUID(int=0)


def no_sheets(name: str) -> Rule:
    """Work and files are their maker's alone."""
    return Rule(
        ("surveys.read",), lambda place: reverse(f"surveys:{name}", args=[NOBODY]), ("own",), missing=True,
        whole_map=True,
    )  # fmt: skip


def no_package(name: str) -> Rule:
    """Work and files are their maker's alone."""
    return replace(
        no_sheets("sheets_job"), actions=("review.read",), path=lambda place: reverse(f"review:{name}", args=[NOBODY])
    )


RULES: dict[str, Rule] = {
    "healthz": STRANGERS,
    "login": STRANGERS,
    "logout": STRANGERS,  # also of a session that is over
    "sign_in_code": STRANGERS,
    "set_language": STRANGERS,
    "set_theme": STRANGERS,
    **dict.fromkeys(
        (
            "home", "my_account", "second_factor", "my_sessions", "password_change", "unlock", "kept_form",
            "session_state", "session_ping", "session_lock", "access:mine", "access:rights", "approvals:list",
        ),
        ACCOUNTS,
    ),
    "areas:tree": needs("areas.read"),
    "areas:detail": Rule(("areas.read",), at("areas:detail", code, query=True), whole_map=True),
    "areas:villages": Rule(("areas.read",), at("areas:villages", code, query=True), COMMUNES, whole_map=True),
    "areas:village_new": Rule(("villages.manage",), at("areas:village_new", code), COMMUNES),
    "areas:village_merge": Rule(("villages.manage",), at("areas:village_merge", code), COMMUNES),
    "areas:village_rename": Rule(
        ("villages.manage",), lambda place: reverse("areas:village_rename", args=[f"{place.code}-901"]), COMMUNES
    ),
    "areas:village_correct": Rule(
        ("villages.manage",), lambda place: reverse("areas:village_correct", args=[f"{place.code}-901"]), COMMUNES
    ),
    "areas:village_close": Rule(
        ("villages.manage",), lambda place: reverse("areas:village_close", args=[f"{place.code}-901"]), COMMUNES
    ),
    "areas:village_upload": needs("villages.manage"),
    "areas:village_template": needs("villages.manage"),
    "areas:changes": needs("areas.propose"),
    "areas:change": needs("areas.propose", args=("rename",)),
    "access:accounts": needs("accounts.manage"),
    "access:account_new": needs("accounts.manage"),
    "access:account": Rule(("accounts.manage",), at("access:account", username)),
    "access:account_sees": Rule(("accounts.manage",), at("access:account_sees", username)),
    "access:account_change": Rule(("accounts.manage",), at("access:account_change", username, lambda place: "unlock")),
    "access:give": Rule(("grants.give",), at("access:give", username)),
    "access:end": Rule(("grants.give",), at("access:end", lambda place: place.grant)),
    "access:rights_review": Rule(("rights.read",), at("access:rights_review", lambda place: place.review)),
    "access:rights_area": Rule(("rights.read",), at("access:rights_area", code), TODAY),
    "approvals:detail": Rule(("grants.give", "records.read"), at("approvals:detail", lambda place: place.proposal)),
    "households:list": needs("households.read"),
    "households:filter_save": needs("households.read"),
    "households:filter_delete": needs("households.read", args=(1,)),
    "households:detail": of_household("detail"),
    "households:numbers": of_household("numbers", "identity.see"),
    "households:events": of_household("events"),
    "households:documents": of_household("documents"),
    "households:history": of_household("history"),
    "households:new": needs("households.write"),
    "households:task": Rule(
        ("households.write",), at("households:task", household, lambda place: "residence"), LIVED_IN
    ),
    "households:correct_person": Rule(
        ("households.write",), at("households:correct_person", household, lambda place: place.person), LIVED_IN
    ),
    "households:withdraw": Rule(("households.write",), at("households:withdraw", household, first_event), LIVED_IN),
    "households:duplicates": needs("duplicates.decide"),
    # of a pair that nobody has; pairs of another area: tests/pages/test_duplicate_pages.py
    "households:duplicate": Rule(
        ("duplicates.decide",), lambda place: reverse("households:duplicate", args=[1, 2**40]), ("own",), missing=True,
        whole_map=True,
    ),
    "rounds:list": needs("rounds.read"),
    "rounds:open": needs("rounds.open"),
    "rounds:detail": of_round("detail", "rounds.read"),
    "rounds:totals": of_round("totals", "rounds.totals"),
    "rounds:bind": of_round("bind", "rounds.open"),
    "rounds:withdraw": of_round("withdraw", "rounds.open"),
    "surveys:list": needs("surveys.read"),
    "surveys:sheets": needs("surveys.read"),
    # of nobody: those of others are in tests/surveys/test_sheets.py
    "surveys:sheets_job": no_sheets("sheets_job"),
    "surveys:sheets_state": no_sheets("sheets_state"),
    "surveys:sheets_file": no_sheets("sheets_file"),
    "surveys:sheets_cancel": no_sheets("sheets_cancel"),
    "surveys:slip": replace(of_form("slip"), missing=True),
    "surveys:list_households": needs("surveys.list"),
    "surveys:add": needs("surveys.list"),
    "surveys:assign": needs("surveys.list"),
    "surveys:household": Rule(("surveys.read",), at("surveys:household", household, query=True), LIVED_IN),
    "surveys:take": of_form("take", "surveys.fill"),
    "surveys:return": of_form("return", "surveys.return"),
    "surveys:drop": of_form("drop", "surveys.list"),
    "surveys:device_key": needs("surveys.fill"),
    "surveys:form": of_form("form"),
    "surveys:save": of_form("save", "surveys.fill"),
    "surveys:now": of_form("now"),
    **{f"surveys:{name}": of_form(name, "surveys.fill") for name in ("confirm", "last_year", "finish", "hand_over")},
    "surveys:history": of_form("history"),
    "review:list": needs("review.read"),
    "review:open": Rule(
        ("review.read",), at("review:open", lambda place: place.round, code, lambda place: "periodic"), LIVED_IN
    ),
    "review:board": of_review("board", "review.read", "dossier"),
    **{f"review:{name}": of_review(name, "review.read", "dossier") for name in ("steps", "complaints")},
    "review:village": of_review("village", "review.read", "dossier", "village"),
    "review:complaint": of_review("complaint", "review.read", "dossier", "complaint", sends=("review.village",)),
    **{
        f"review:{name}": of_review(name, "review.village", "dossier", "village")
        for name in ("meeting", "complain", "end")
    },
    **{f"review:{name}": of_review(name, "review.village", "dossier") for name in ("post", "take_down")},
    "review:propose": Rule(
        ("review.village",),
        lambda place: reverse("review:propose", args=[place.reviewed.dossier, place.form]),
        LIVED_IN,
    ),
    "review:household": Rule(("review.read",), at("review:household", household, query=True), LIVED_IN),
    "review:inbox": needs("review.opine"),
    **{
        f"review:{name}": of_review(name, "review.read", "dossier")
        for name in ("compile", "ask", "answer", "decide", "decisions", "certificates")
    },
    "review:preview": Rule(  # of a dossier that is decided there is nothing to look at beforehand
        ("review.lead",), lambda place: reverse("review:preview", args=[place.reviewed.dossier, "recognised-closing"]),
        LIVED_IN, missing=True,
    ),
    "review:decision": of_review("decision", "review.read", "decision"),
    "review:correct": of_review("correct", "review.lead", "decision"),
    "review:reprint": of_review("reprint", "review.lead", "certificate"),
    "review:intakes": needs("review.read"),
    "review:intake_new": needs("review.intake"),
    "review:intake": of_review("intake", "review.read", "intake"),
    "review:intake_list": of_review("intake_list", "review.intake", "intake"),
    "review:intake_withdraw": of_review("intake_withdraw", "review.intake", "intake"),
    "review:intake_refuse": of_review("intake_refuse", "review.lead", "intake"),
    "review:refusals": needs("review.read"),
    "review:refuse": of_review("refuse", "review.read", "dossier", sends=("review.lead",)),
    "review:subjects": needs("review.read"),
    "review:subject_new": needs("review.intake"),
    "review:subject": of_review("subject", "review.read", "subject", sends=("review.intake",)),
    **{f"review:{name}_file": needs("review.read") for name in ("intakes", "refusals", "subjects")},
    "review:calendar": ACCOUNTS,
    "review:calendar_new": needs("review.calendar"),
    "review:procedures": ACCOUNTS,
    "review:procedure": Rule(args=("periodic",)),
    "review:papers": of_review("papers", "review.read", "dossier"),
    "review:package": of_review("package", "review.read", "dossier"),
    **{f"review:{name}": no_package(name) for name in ("package_job", "package_state", "package_cancel", "package_file")},
    # of what else a paper is made from: tests/papers/review/test_pages.py
    "review:paper": Rule(
        ("review.read",), lambda place: reverse("review:paper", args=["posting", place.reviewed.posting]), LIVED_IN
    ),
    "review:paper_sheet": Rule(
        ("review.read",), lambda place: reverse("review:paper_sheet", args=["posting", place.reviewed.posting]), LIVED_IN
    ),
    "review:blank": needs("review.read", args=("form_01",)),
    "review:texts": needs("review.texts"),
    "review:text": needs("review.texts", args=("posting",)),
    "review:text_version": needs("review.texts", args=("posting", 0)),
    "standards:list": needs("standards.read"),
    "standards:detail": needs("standards.read", args=("nd07-2021",)),
    "standards:try": needs("standards.read"),
    "standards:try_slip": needs("standards.read"),
    "standards:form_a": needs("standards.read", args=("nd07-2021",)),
    "standards:form_b": needs("standards.read", args=("nd07-2021",)),
    "standards:form_viii": needs("standards.read", args=("nd07-2021",)),
    "standards:new": needs("standards.propose"),
    "standards:new_document": needs("standards.propose"),
    "standards:compare": needs("standards.read"),
    "standards:document": needs("standards.read", args=("nd07-2021", 1, "toml")),
    "standards:step": local("step", 1, "check"),
    "standards:b1": needs("standards.read", args=("nd07-2021",)),
    "standards:b1_new": local("b1_new"),
    "standards:b1_demonstration": needs("standards.read", args=("qd59-2015",)),
    "standards:b1_template": needs("standards.read", args=("nd07-2021", "csv")),
    "standards:b1_table": no_table("b1_table", 1),
    "standards:b1_points": no_table("b1_points", 1, "csv"),
    "standards:b1_step": local("b1_step", 1, "publish"),
    "records:changes": needs("records.read"),
    "records:sign_ins": needs("records.read"),
    "records:displays": needs("records.read"),
    "records:changes_file": needs("records.read", args=("csv",)),
    "records:sign_ins_file": needs("records.read", args=("csv",)),
    "records:displays_file": needs("records.read", args=("csv",)),
    "reports:index": needs("reports.read"),
    "reports:wrap_up": Rule(("reports.read",), report(), missing=True),
    "reports:wrap_up_pdf": Rule(("reports.read",), report("pdf"), missing=True),
    "reports:wrap_up_json": Rule(("reports.read",), report("json"), missing=True),
    "reports:figures": needs("figures.read"),
    "reports:figure": Rule(("figures.read",), at("reports:figure", figure)),
    "reports:figure_new": needs("figures.enter"),
    "reports:figure_correct": Rule(("figures.enter",), at("reports:figure_correct", figure)),
    "reports:figure_upload": needs("figures.enter"),
    "reports:figure_template": needs("figures.enter"),
    "reports:figure_example": needs("figures.enter"),
}  # fmt: skip
