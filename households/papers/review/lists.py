"""Phụ lục I of a village, Phụ lục VI of the commune."""

from datetime import date

from households.papers.review.issuing import Issuer, issuer
from households.papers.review.layout.parts import Column, Document, Signer, Table
from households.papers.review.words import (
    about_round,
    class_words,
    count_words,
    counts,
    escape_words,
    numbered,
    put_together,
)
from households.registry.codes import RecognisedClass
from households.registry.ethnicities import name_of
from households.registry.places import named_place
from households.registry.state import members_on
from households.review.listed import Listed, escaped, listed, recognised
from households.review.models import Dossier
from households.review.procedures.shelf import procedure
from households.review.superior_models import DecisionKind
from households.surveys.form_models import Why

LEADER = Signer("Trưởng ban chỉ đạo rà soát")
URBAN = ("Tổ ", "Khu ", "Khối ", "Khóm ", "Tiểu khu ")  # each a tổ dân phố in law
_LIST_I = (
    Column("Họ và tên chủ hộ", 13),
    Column("Thôn, địa chỉ", 13),
    Column("Vì sao rà soát", 14),
    Column("Ghi chú", 7),
)
_LIST_VI = (
    Column("Họ và tên chủ hộ", 12),
    Column("Thôn", 11),
    Column("Dân tộc", 6),
    Column("Số khẩu", 5, middle=True),
    Column("Điểm B1", 5, middle=True),
    Column("Điểm B2", 5, middle=True),
    Column("Trước rà soát", 9),
    Column("Sau rà soát", 9),
)


def village_name(dossier: Dossier, code: str) -> str:
    """As it is called in full; "" where the procedure goes by the commune."""
    if not code or code == dossier.area_code:
        return ""
    village = named_place(code, on=dossier.round.area_on).village
    return village.name if village else code


def head_of(village: str) -> str:
    """As what the head of the village signs."""
    return "Tổ trưởng tổ dân phố" if village.startswith(URBAN) else "Trưởng thôn"


def commune_of(dossier: Dossier) -> Issuer:
    return issuer(dossier.area_code, on=dossier.round.area_on)


def list_i(dossier: Dossier, village: str, *, on: date) -> Document:
    whole = village == dossier.area_code and not procedure(dossier.procedure).meeting
    rows = listed(dossier, day=on, village="" if whole else village)
    from_ = commune_of(dossier)
    table = numbered(_LIST_I, [(one.name, _address(one), str(Why(one.why).label), "") for one in rows])
    numbers = {
        "so_ho": count_words(len(rows)),
        "so_ho_ngheo": _managed(rows, Why.POOR),
        "so_ho_can_ngheo": _managed(rows, Why.NEAR_POOR),
    }
    name = village_name(dossier, village)
    return put_together(
        "list_i",
        on,
        head=from_.board(on=None),
        values=from_.values() | about_round(dossier.round) | {"thon": name or from_.commune} | numbers,
        blocks={"danh_sach": table},
        signers=(Signer(head_of(name)) if name else Signer("Người lập"), LEADER),
        label="Phụ lục I",
    )


def _managed(rows: list[Listed], why: str) -> str:
    return count_words(sum(one.why == why for one in rows))


def _address(one: Listed) -> str:
    return f"{one.village}, {one.address}" if one.address else one.village


def of_the_poor(dossier: Dossier) -> bool:
    """Whether the dossier comes to a Phụ lục VI at all: one of average or of low-income households does not."""
    return bool({DecisionKind.RECOGNISED, DecisionKind.ESCAPED} & {*procedure(dossier.procedure).decision_kinds})


def list_vi(dossier: Dossier, *, on: date) -> Document:
    rows = [one for one in listed(dossier, day=on) if one.assessed]
    kept, left = recognised(rows), escaped(rows)
    sizes = {key: len(own) for key, own in members_on([one.household for one in kept + left], on).items()}
    kept.sort(key=lambda one: one.klass != RecognisedClass.POOR)
    from_ = commune_of(dossier)
    return put_together(
        "list_vi",
        on,
        head=from_.board(on=None),
        values=from_.values() | about_round(dossier.round) | counts((one.klass, one.before) for one in rows),
        blocks={"danh_sach": _result(kept, sizes), "thoat": _result(left, sizes)},
        signers=(Signer("Người lập"), LEADER),
        label="Phụ lục VI",
    )


def _result(rows: list[Listed], sizes: dict[int, int]) -> Table:
    return numbered(
        _LIST_VI,
        [
            (
                one.name,
                one.village,
                name_of(one.ethnicity),
                str(sizes.get(one.household, "")),
                score(one, "b1"),
                score(one, "b2"),
                class_words(one.before),
                class_words(one.klass)
                if one.klass != RecognisedClass.NOT_POOR
                else escape_words(one.before, one.klass),
            )
            for one in rows
        ],
    )


def score(one: Listed, name: str) -> str:
    found = one.scores.get(name)
    return "" if found is None else str(found)
