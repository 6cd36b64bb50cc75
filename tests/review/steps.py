"""The steps of a whole dossier, one after the other, each as the system's own account unless somebody is named."""

from datetime import date
from typing import Any

from households.review.actions.answering import agree
from households.review.actions.asking import ask_opinion
from households.review.actions.certifying import issue_certificates
from households.review.actions.compiling import compile_list
from households.review.actions.deciding import Order, decide
from households.review.actions.planning import planned
from households.review.models import Dossier
from households.review.superior_models import Decision
from povertyportal.core.accounts import system_user
from tests.review.ready import ANSWERED, ASKED, AT, CERTIFIED, COMPILED, DECIDED

BASES = ("Quyết định 24/2021/QĐ-TTg",)


def told(on: date, **more: Any) -> dict[str, Any]:
    return {"on": on, "by": system_user(), "at": AT, **more}


def compiled(dossier: Dossier) -> Dossier:
    compile_list(dossier=dossier.pk, **told(COMPILED))
    return fresh(dossier)


def asked(dossier: Dossier) -> Dossier:
    compiled(dossier)
    ask_opinion(dossier=dossier.pk, letter_number="215/UBND-KT", **told(ASKED))
    return fresh(dossier)


def answered(dossier: Dossier) -> Dossier:
    asked(dossier)
    agree(dossier=dossier.pk, number="88/UBND", **told(ANSWERED))
    return fresh(dossier)


def decided(dossier: Dossier, on: date = DECIDED, **more: Any) -> list[Decision]:
    answered(dossier)
    return decide(dossier=dossier.pk, order=order(dossier, on, **more), **told(on))


def certified(dossier: Dossier) -> Dossier:
    decided(dossier)
    issue_certificates(dossier=dossier.pk, **told(CERTIFIED))
    return fresh(dossier)


def order(dossier: Dossier, on: date = DECIDED, **more: Any) -> Order:
    """Numbers 1/QĐ-UBND and on."""
    keys = [one.key for one in planned(fresh(dossier), on=on).drafts]
    numbers = {key: f"{turn}/QĐ-UBND" for turn, key in enumerate(keys, start=1)}
    said = {"numbers": numbers, "signer": "Nông Văn Chủ", "position": "Chủ tịch", "bases": BASES} | more
    return Order(**said)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_related("round__closing", "round__opening").get(pk=dossier.pk)
