"""Phụ lục V: minutes of a village meeting; before it, with the results to be voted on and lines to write on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from households.papers.review.issuing import village_in_text
from households.papers.review.layout.parts import Column, Document, Paragraphs, Signer, Table
from households.papers.review.lists import commune_of, score, village_name
from households.papers.review.words import (
    SIGNED,
    about_round,
    class_words,
    hour,
    in_words,
    numbered,
    put_together,
)
from households.review.listed import listed
from households.review.models import Dossier, Meeting
from households.surveys.codes import CLOSING

_COLUMNS = (
    Column("Họ và tên chủ hộ", 12),
    Column("Điểm B1", 4, middle=True),
    Column("Điểm B2", 4, middle=True),
    Column("Phân loại", 8),
    Column("Đồng ý", 4, middle=True),
    Column("Không đồng ý", 4, middle=True),
    Column("Kết quả", 6),
    Column("Ý kiến", 8),
)
_SIGNERS = ("Thư ký", "Đại diện hộ gia đình", "Chủ trì")


def minutes(meeting: Meeting) -> Document:
    dossier = meeting.part.dossier
    rows = list(_voted(meeting, dossier))
    passed = sum(bool(row[-1]) for row in rows)
    told = {
        "lan_hop": str(meeting.number),
        "ngay_hop": in_words(meeting.held_on),
        "bat_dau": hour(meeting.starts),
        "ket_thuc": hour(meeting.ends),
        "noi_hop": meeting.place,
        "chu_tri": meeting.chair,
        "thu_ky": meeting.secretary,
        "so_nguoi": str(meeting.present_count),
        "y_kien": meeting.opinions or "Không có ý kiến khác.",
        "so_dat": f"{passed:02}",
        "so_khong_dat": f"{len(rows) - passed:02}",
    }
    present = [f"- {one['name']}" + (f" ({one['as']})" if one.get("as") else "") for one in meeting.present]
    names = {"Thư ký": meeting.secretary, "Chủ trì": meeting.chair}
    return _document(
        dossier,
        meeting.part.area_code,
        meeting.held_on,
        told,
        numbered(_COLUMNS, [row[:-1] for row in rows]),
        present,
        [Signer(one, names.get(one, ""), note=SIGNED) for one in _SIGNERS],
    )


def minutes_before(dossier: Dossier, village: str, *, on: date) -> Document:
    """To be taken along: what the forms came to, nothing of a vote."""
    waiting = [one for one in listed(dossier, day=on, village=village) if one.needs_vote]
    rows = [
        (one.name, score(one, "b1"), score(one, "b2"), class_words(one.klass) or "không thuộc diện", "", "", "", "")
        for one in waiting
    ]
    signers = [Signer(one, note=SIGNED) for one in _SIGNERS]
    table = numbered(_COLUMNS, rows, empty="Chưa có hộ nào chờ biểu quyết.", room=True)
    return _document(dossier, village, on, {}, table, ["- ................"] * 6, signers)


def _document(
    dossier: Dossier,
    code: str,
    on: date,
    told: dict[str, str],
    table: Table,
    present: Sequence[str],
    signers: Sequence[Signer],
) -> Document:
    from_ = commune_of(dossier)
    name = village_name(dossier, code)
    day = on if told else None
    return put_together(
        "minutes",
        on,
        head=from_.head(on=day, body=name or "Ban Chỉ đạo rà soát"),
        values=from_.values() | about_round(dossier.round) | {"thon": village_in_text(name)} | told,
        blocks={"danh_sach": table, "thanh_phan": Paragraphs(tuple(present))},
        signers=signers,
        label="Phụ lục V",
    )


def _voted(meeting: Meeting, dossier: Dossier) -> Any:
    """Lines as the meeting had them, whatever the forms came to since; last whether it passed."""
    votes = {one.form_id: one for one in meeting.votes.select_related("result")}
    proposed = _proposed(meeting, votes)
    for one in listed(dossier, day=meeting.held_on, village=meeting.part.area_code):
        if vote := votes.pop(one.form, None):
            yield _row(one.name, vote, proposed)
    heads = _heads([one.form.household_id for one in meeting.votes.filter(form__in=votes).select_related("form")], meeting)
    for one in meeting.votes.filter(form__in=votes).select_related("form", "result"):
        yield _row(heads.get(one.form.household_id, f"H{one.form.household_id}"), one, proposed)


def _heads(households: list[int], meeting: Meeting) -> dict[int, str]:
    from households.registry.state import states_on

    states = states_on(households, meeting.held_on)
    return {key: one.head.full_name for key, one in states.items() if one.head}


def _row(name: str, vote: Any, proposed: dict[int, str]) -> tuple[Any, ...]:
    scores = (vote.result.result or {}).get("scores") or {}
    klass = proposed.get(vote.form_id) or vote.result.klass
    return (
        name,
        str(scores.get("b1", "") if scores.get("b1") is not None else ""),
        str(scores.get("b2", "") if scores.get("b2") is not None else ""),
        class_words(klass) or "không thuộc diện",
        str(vote.agree),
        str(vote.disagree),
        "Thông qua" if vote.passed else "Rà soát lại",
        vote.remark,
        vote.passed,
    )


def _proposed(meeting: Meeting, votes: dict[int, Any]) -> dict[int, str]:
    """What was proposed of these results before the meeting was written down."""
    from households.review.models import ProposedClass

    rows = ProposedClass.objects.filter(
        form__in=votes, purpose=CLOSING, at__lte=meeting.at, result__in=[one.result_id for one in votes.values()]
    )
    return {one.form_id: one.klass for one in rows.order_by("pk")}
