"""The commune asks its superior, the superior answers; the list goes as it was frozen when it was sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from households.areas.units import Level
from households.papers.review.issuing import Issuer, committee, superior_issuer
from households.papers.review.layout.parts import Column, Document, Paragraphs, Table
from households.papers.review.lists import commune_of
from households.papers.review.postings import shown_class
from households.papers.review.words import about_round, class_words, counts, in_words, numbered, put_together
from households.registry.places import named_place
from households.review.actions.authorities import authority_on
from households.review.listed import LISTED_CLASSES
from households.review.procedures.shelf import procedure
from households.review.superior_models import Answer, Opinion

_LIST = (
    Column("Họ và tên chủ hộ", 14),
    Column("Thôn, tổ dân phố", 12),
    Column("Trước rà soát", 9),
    Column("Sau rà soát", 9),
)
_SUMMARY = (
    Column("Thôn, tổ dân phố", 14),
    Column("Hộ nghèo", 6, middle=True),
    Column("Hộ cận nghèo", 6, middle=True),
    Column("Thoát nghèo", 6, middle=True),
    Column("Thoát cận nghèo", 6, middle=True),
)
_REMARKS = (Column("Họ và tên chủ hộ", 12), Column("Thôn", 10), Column("Nhận xét", 20))


def opinion_request(opinion: Opinion) -> Document:
    """``opinion`` may be one that is not stored yet."""
    rows = of_list(opinion.shown)
    from_ = commune_of(opinion.dossier)
    blocks: dict[str, Any] = {"tong_hop": summary(rows), "danh_sach": _list(rows)}
    return put_together(
        "opinion_request",
        opinion.asked_on,
        head=from_.head(on=opinion.asked_on),
        values=_values(opinion, from_, rows),
        blocks=blocks,
        number=opinion.letter_number,
    )


def opinion_reply(opinion: Opinion) -> Document:
    code = "opinion_return" if opinion.answer == Answer.RETURN else "opinion_agree"
    rows = of_list(opinion.shown)
    on = opinion.answered_on or opinion.due_on
    names = {one["form"]: one for one in opinion.shown}
    remarks = list(opinion.remarks.order_by("pk")) if opinion.pk else []
    told = [(_name(names, one.form_id), _village(names, one.form_id), one.text) for one in remarks]
    table = numbered(_REMARKS, told)
    return put_together(
        code,
        on,
        head=_superior(opinion).head(on=on),
        values=_values(opinion, commune_of(opinion.dossier), rows),
        blocks={"nhan_xet": table if told else Paragraphs(())},
        number=opinion.answer_number,
    )


def of_list(shown: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those to be recognised, and those who no longer are."""
    return [one for one in shown if one["class"] in LISTED_CLASSES or one["before"] in LISTED_CLASSES]


def summary(rows: Sequence[Mapping[str, Any]]) -> Table:
    villages = dict.fromkeys(one["village"] for one in rows)
    lines = []
    for village in villages:
        own = counts((one["class"], one["before"]) for one in rows if one["village"] == village)
        lines.append((village, *_figures(own)))
    if len(lines) > 1:
        lines.append(("Cộng", *_figures(counts((one["class"], one["before"]) for one in rows))))
    table = numbered(_SUMMARY, lines)
    last = len(lines) > 1
    return Table(table.columns, [*table.rows[:-1], ("", *table.rows[-1][1:])] if last else table.rows)


def _figures(own: Mapping[str, str | None]) -> tuple[str, ...]:
    keys = ("so_ho_ngheo", "so_ho_can_ngheo", "so_thoat_ngheo", "so_thoat_can_ngheo")
    return tuple(str(int(own[key] or 0)) for key in keys)


def _list(rows: Sequence[Mapping[str, Any]]) -> Table:
    lines = [
        (one["name"], one["village"], class_words(one["before"]), shown_class(one["class"], one["before"]))
        for one in rows
    ]
    return numbered(_LIST, lines, title="Danh sách hộ nghèo, hộ cận nghèo, hộ thoát nghèo, hộ thoát cận nghèo")


def _values(opinion: Opinion, from_: Issuer, rows: Sequence[Mapping[str, Any]]) -> dict[str, str | None]:
    told: dict[str, str | None] = {
        "tham_quyen": authority_words(opinion),
        "so": opinion.answer_number or opinion.letter_number,
        "ngay": in_words(opinion.answered_on or opinion.asked_on),
        "so_cong_van": opinion.letter_number,
        "ngay_gui": in_words(opinion.asked_on),
        "han": in_words(opinion.due_on),
        "y_kien": opinion.text or None,
    }
    return {
        **from_.values(),
        **about_round(opinion.dossier.round),
        **counts((one["class"], one["before"]) for one in rows),
        **told,
    }


def _superior(opinion: Opinion) -> Issuer:
    """Who answers, by the day on which the commune asks."""
    known = authority_on(procedure(opinion.dossier.procedure), opinion.asked_on)
    place = named_place(opinion.dossier.area_code, on=opinion.dossier.round.area_on)
    return superior_issuer(place, known.level if known else Level.PROVINCE)


def authority_words(opinion: Opinion) -> str:
    """ "Chủ tịch Ủy ban nhân dân tỉnh Cao Bằng"."""
    unit = _superior(opinion).commune
    return f"Chủ tịch {committee(unit)}" if unit else "Chủ tịch Ủy ban nhân dân cấp trên"


def _name(names: Mapping[int, Mapping[str, Any]], form: int) -> str:
    return str(names[form]["name"]) if form in names else ""


def _village(names: Mapping[int, Mapping[str, Any]], form: int) -> str:
    return str(names[form]["village"]) if form in names else ""
