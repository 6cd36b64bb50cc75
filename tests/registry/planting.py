"""Somebody works a day with households and types personal numbers wherever a page or an action takes them, and where none
belongs. Run as a process of its own: what it logs is read afterwards, and so is everything it leaves behind.

Reads the numbers as JSON, one list a kind; says as JSON what left the process: addresses, cookies, sessions, pages.
"""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import django

django.setup()

from django.contrib.sessions.models import Session  # noqa: E402  # after the set-up
from django.core.exceptions import BadRequest  # noqa: E402
from django.db import DatabaseError, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from households.registry.actions.correcting import correct_person  # noqa: E402
from households.registry.actions.founding import register_household  # noqa: E402
from households.registry.entries import MemberData, PersonData, Place  # noqa: E402
from households.registry.finding import search  # noqa: E402
from households.registry.merging.deciding import decide_pair  # noqa: E402
from households.registry.models import Household, Person  # noqa: E402
from households.registry.numbers.disclosing import disclose_numbers  # noqa: E402
from households.registry.problems import RegistryRefusedError  # noqa: E402
from households.surveys.form_models import SurveyForm  # noqa: E402
from povertyportal.core import kept_forms  # noqa: E402
from povertyportal.core.account_models import KeptForm  # noqa: E402
from povertyportal.core.job_kinds import register_job  # noqa: E402
from povertyportal.core.jobs import run_job, start_job  # noqa: E402
from tests.access.people import AREAS, person, signed_in  # noqa: E402
from tests.people import on_the_record  # noqa: E402
from tests.registry.people import person_of, village  # noqa: E402
from tests.registry.planting_forms import Desk, fill  # noqa: E402
from tests.registry.planting_review import plant  # noqa: E402

NUMBERS: dict[str, list[str]] = {}
SAID: dict[str, Any] = {"addresses": [], "headers": [], "statuses": [], "pages": {}, "outcomes": {}}
ON = date(2026, 1, 5)
logger = logging.getLogger("povertyportal.planting")


def fresh(kind: str = "personal") -> str:
    return NUMBERS[kind].pop()


def grouped(number: str) -> str:
    return " ".join(number[at : at + 3] for at in range(0, len(number), 3))


class Browser:
    """Keeps everything that a proxy, a history of addresses or a neighbour's screen would see of its answers."""

    def __init__(self, client: Client) -> None:
        self.client = client
        client.raise_request_exception = False

    def get(self, path: str, **query: str) -> Any:
        return self._kept(self.client.get(path, query), "" if query else path)

    def post(self, path: str, data: dict[str, str]) -> Any:
        return self._kept(self.client.post(path, data), path)

    def _kept(self, answer: Any, path: str) -> Any:
        SAID["statuses"].append([path, answer.status_code])
        SAID["addresses"] += [path, answer.headers.get("Location", "")]
        SAID["headers"] += [f"{name}: {value}" for name, value in answer.headers.items()]
        SAID["headers"] += [f"{name}={morsel.value}" for name, morsel in self.client.cookies.items()]
        return answer


@contextmanager
def refused(what: str) -> Iterator[None]:
    """The sentence is shown to whoever typed and goes nowhere else; whether there was one is told."""
    try:
        yield
    except RegistryRefusedError as error:
        SAID["outcomes"][what] = "refused"
        logger.warning("refused: %s %r", error, error)
    else:
        SAID["outcomes"][what] = "taken"


def told(by: Any, **more: Any) -> dict[str, Any]:
    return {"reason": "Đơn của hộ (phép thử)", "by": by, "at": timezone.now(), **more}


def act(by: Any, area: str) -> Household:
    """Through the actions: kept, corrected, merged, refused."""
    member = MemberData(
        full_name="Nông Văn An", relation="head", sex="male", birth_year=1990, identity=grouped(fresh()),
        old_identity=fresh("old"), insurance=fresh("insurance"),
    )  # fmt: skip
    made = register_household(place=Place(area), members=[member], on=ON, **told(by))
    other = register_household(
        place=Place(area),
        members=[MemberData(full_name="Nông Văn Ân", relation="head", identity=member.identity, despite_twin=True)],
        on=ON,
        **told(by),
    )
    decide_pair(
        first=person_of(made).pk, second=person_of(other).pk, verdict="same", keep=person_of(made).pk,
        keep_household=made.pk, **told(by),
    )  # fmt: skip
    correct_person(
        person=person_of(made).pk, data=PersonData("Nông Văn An", "male", None, 1990, identity=fresh()), **told(by)
    )
    return made


def act_where_no_number_belongs(by: Any, area: str, home: Household) -> None:
    head = MemberData(full_name="Lục Văn Ba", relation="head", no_identity_reason="Chưa làm căn cước")
    for what, place, member, reason in (
        ("reason", Place(area), head, f"Theo căn cước {fresh()}"),
        ("address", Place(area, address=f"Nhà ông An, {grouped(fresh())}"), head, "Đơn"),
        ("local code", Place(area, local_code=fresh()), head, "Đơn"),
        ("name", Place(area), MemberData(full_name=f"An {fresh()}", relation="head"), "Đơn"),
        ("why none", Place(area), MemberData("Ba", "head", no_identity_reason=f"mất thẻ {fresh('old')}"), "Đơn"),
        ("wrong number", Place(area), MemberData("Ba", "head", identity=f"{fresh()}9"), "Đơn"),
        ("kind", Place(area), MemberData("Ba", "head", old_identity=fresh()), "Đơn"),
    ):
        with refused(what):
            register_household(place=place, members=[member], on=ON, **told(by, reason=reason))
    with refused("purpose"):
        day = timezone.localdate()
        disclose_numbers(person=person_of(home).pk, purpose=f"xem {fresh()}", by=by, at=timezone.now(), day=day)
    with refused("verdict"):
        twins = [person_of(home).pk, person_of(home).pk + 10_000]
        decide_pair(first=twins[0], second=twins[1], verdict="different", **told(by, reason=fresh()))


def sheet(area: str, **more: str) -> dict[str, str]:
    typed = {
        "area_code": area, "address": "", "local_code": "", "on": "05/01/2026", "reason": "Sổ hộ khẩu cũ",
        "m-TOTAL_FORMS": "1", "m-INITIAL_FORMS": "0", "do": "save", "m-0-full_name": "Hoàng Thị Bình",
        "m-0-relation": "head", "m-0-sex": "female", "m-0-birth": "1978", "m-0-ethnicity": "", "m-0-identity": "",
        "m-0-old_identity": "", "m-0-insurance": "", "m-0-no_identity_reason": "",
    }  # fmt: skip
    return typed | more


def browse(browser: Browser, area: str) -> None:
    """Through the pages: registered, searched, disclosed, corrected, refused, sent too late."""
    number = fresh()
    browser.post("/households/new/", sheet(area, **{"m-0-identity": number, "m-0-old_identity": fresh("old")}))
    home = Household.objects.latest("pk")
    woman = person_of(home)
    SAID["outcomes"]["registered"] = woman.full_name
    for name in ("address", "local_code", "reason", "m-0-full_name", "m-0-no_identity_reason"):
        browser.post("/households/new/", sheet(area, **{name: f"ghi {fresh()}"}))
    browser.post("/households/new/", sheet(area, **{"m-0-identity": f"{fresh()}1"}))
    found = browser.post("/households/", {"q": grouped(number)})
    SAID["outcomes"]["found"] = found.headers.get("Location") == f"/households/{home.pk}/"
    for text in (fresh(), f"Nông Văn An {fresh()}", f"{grouped(fresh())} nà tềnh", fresh("old"), fresh("insurance")):
        browser.post("/households/", {"q": text})
    SAID["outcomes"]["asked in the address"] = browser.get("/households/", q=fresh()).status_code
    browser.post("/households/filters/", {"name": f"tìm {fresh()}", "q": fresh()})
    shown = browser.post(
        f"/households/{home.pk}/numbers/", {"person": str(woman.pk), "purpose": "Đối chiếu căn cước khi rà soát"}
    )
    SAID["outcomes"]["disclosed"] = number in shown.content.decode().replace(" ", "").replace(".", "")
    browser.post(f"/households/{home.pk}/numbers/", {"person": str(woman.pk), "purpose": f"Xem {fresh()}"})
    correct = f"/households/{home.pk}/persons/{woman.pk}/correct/"
    browser.post(correct, {"full_name": "Hoàng Thị Bình", "birth": "1978", "identity": fresh(), "reason": "Gõ nhầm"})
    for task in ("birth", "join", "death", "leave", "move", "recognition"):
        typed = {"full_name": "Nông Thị Mai", "birth": "02/09/2026", "identity": fresh(), "reason": f"giấy {fresh()}"}
        browser.post(f"/households/{home.pk}/do/{task}/", typed | {"on": "02/09/2026"})
    for page in ("", "events/", "history/", "papers/", "numbers/"):
        SAID["pages"][page or "household"] = browser.get(f"/households/{home.pk}/{page}").content.decode()
    for page in ("/households/", "/households/duplicates/"):
        SAID["pages"][page] = browser.get(page).content.decode()
    browser.post("/session/lock/", {})
    browser.post("/households/new/", sheet(area, **{"m-0-identity": fresh()}))
    SAID["outcomes"]["kept"] = KeptForm.objects.count()


def review(home: Household) -> None:
    """The household's form goes through a review."""
    form = SurveyForm.objects.filter(household=home).select_related("round").order_by("pk")[0]
    browsers = [Browser(signed_in(person(role, AREAS.COMMUNE))) for role in ("commune_official", "commune_leader")]
    plant(*browsers, form, fresh, SAID)


def fail(browser: Browser, by: Any) -> None:
    """Errors that nobody foresaw carry what was typed in their messages."""
    real = search.find

    def broken(text: str, *args: Any, **more: Any) -> Any:
        raise RuntimeError(f"no idea what to do with {text!r}")

    search.find = broken
    SAID["outcomes"]["crashed"] = browser.post("/households/", {"q": fresh()}).status_code
    search.find = real
    try:
        with transaction.atomic(), on_the_record():
            Person.objects.create(full_name=" ", search_key=fresh(), sort_key="x")
    except DatabaseError:
        logger.exception("a row was not taken")
    try:
        raise BadRequest(f"không hiểu {grouped(fresh())}")
    except BadRequest:
        logger.exception("an address was not understood")
    register_job("tests.planting", "tests.registry.planting.job")
    job = start_job(kind="tests.planting", key="planted", arguments={"area": "01392"}, by=by, at=timezone.now())
    run_job.func(str(job.pk))
    with refused("job"):
        try:
            start_job(kind="tests.planting", key="told", arguments={"number": fresh()}, by=by, at=timezone.now())
        except ValueError as error:
            raise RegistryRefusedError([]) from error


def job(progress: Any, arguments: dict[str, Any]) -> dict[str, Any]:
    raise KeyError(f"{JOB_NUMBER} of {arguments}")


JOB_NUMBER = ""


def main() -> None:
    global JOB_NUMBER  # noqa: PLW0603  # the job is called by its name
    setup_test_environment()
    NUMBERS.update(json.load(sys.stdin))
    JOB_NUMBER = fresh()
    area = village("Nà Tềnh")
    by = person("commune_official", AREAS.COMMUNE)
    home = act(by, area)
    act_where_no_number_belongs(by, area, home)
    browse(Browser(signed_in(by)), area)
    official = person("commune_official", AREAS.COMMUNE)
    fill(Desk(signed_in(official), home, fresh, SAID), other=by)
    review(home)
    fail(Browser(signed_in(person("commune_official", AREAS.COMMUNE))), by)
    SAID["sessions"] = [session.get_decoded() for session in Session.objects.all()]
    SAID["outcomes"]["sealed"] = kept_forms.kept_for(by, at=timezone.now()) is not None
    json.dump(SAID, sys.stdout)


if __name__ == "__main__":
    main()
