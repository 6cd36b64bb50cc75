"""Personal numbers typed on a form of the survey desk: where they belong, and everywhere else. Part of ``planting``."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client

from households.registry.models import Household
from households.surveys.form_models import SurveyForm
from households.surveys.forms.saving import Change, save_answers
from povertyportal.core.clock import now
from tests.surveys.filled import a_round, answers, form, member

Fresh = Callable[..., str]
BY_SCRIPT = {"Accept": "application/json", "Sec-Fetch-Dest": "empty"}


class Desk:
    """Answers of the page's own questions stand under ``said`` as pages do."""

    def __init__(self, client: Client, home: Household, fresh: Fresh, said: dict[str, Any]) -> None:
        area = home.residences.get().area_code
        self.client, self.fresh, self.said = client, fresh, said
        self.form: SurveyForm = form(answers(member(0), member(1, "Nông Thị Bé")), of=home, round=a_round(), area=area)
        self.sent = 0

    def ask(self, what: str, path: str, body: str | None = None) -> Any:
        ask = self.client.get if body is None else self.client.post
        options: dict[str, Any] = {} if body is None else {"data": body, "content_type": "application/json"}
        answer = ask(f"/surveys/{self.form.pk}/{path}", headers=BY_SCRIPT, **options)
        self.sent += 1
        self.said["pages"][f"desk {what} {self.sent}"] = answer.content.decode()
        self.said["headers"] += [f"{name}: {value}" for name, value in answer.headers.items()]
        return answer

    def save(self, what: str, *changes: tuple[str, str, str], decides: bool = False) -> Any:
        told = [
            {"name": name, "before": [before] if before else [], "after": [after] if after else [], "decides": decides}
            for name, before, after in changes
        ]
        body = json.dumps({"key": str(uuid4()), "base": 0, "changes": told})
        answer = self.ask(what, "save/", body)
        self.said["outcomes"][f"desk {what}"] = answer.status_code
        return answer


def fill(desk: Desk, other: Any) -> None:
    """Typed, corrected, in conflict, decided; then where no number belongs."""
    fresh = desk.fresh
    first = fresh()
    desk.save("kept", ("m0-identity", "", first))
    desk.save("corrected", ("m0-identity", first, fresh()))
    desk.save("before unknown", ("m1-identity", fresh(), fresh()))
    change = Change("m1-identity", (), (fresh(),))
    save_answers(form=desk.form.pk, key=uuid4(), base=0, changes=[change], by=other, at=now())
    conflict = desk.save("conflict", ("m1-identity", "", fresh())).json()["conflicts"][0]
    desk.save("decided", ("m1-identity", conflict["theirs"][0], fresh()), decides=True)
    for what, name, text in (
        ("in a name", "m0-name", f"An {fresh()}"),
        ("in a note", "s-note", f"Căn cước {fresh()}"),
        ("in an amount", "income_month", fresh()),
        ("old card in an amount", "y-crops-revenue", fresh("old")),
        ("health card", "s-respondent", fresh("insurance")),
        ("as a field", f"m0-{fresh()}", "An"),
        ("as a code", f"{fresh()}:b1", "12"),
        ("as a person", "m0-person", fresh()),
        ("as a choice", "h-toilet", fresh()),
        ("two in one", "m0-identity", f"{fresh()} {fresh()} {fresh()} {fresh()}"),
    ):
        desk.save(what, (name, "", text))
    desk.ask("not understood", "save/", f'{{"key": "{fresh()}", "base": 0, "changes": "{fresh()}"}}')
    for what, path in (("page", ""), ("new", "now/?base=0"), ("story", "history/"), ("finish", "finish/")):
        desk.ask(what, path)
    desk.ask("field in the address", f"history/?field={fresh()}")
    desk.client.post("/session/lock/", {})
    desk.save("locked", ("m0-identity", "", fresh()))
