"""Phụ lục V: minutes of a village meeting; before it, with the results to be voted on and lines to write on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from households.papers.review.issuing import village_in_text
from households.papers.review.layout.parts import Column, Document, Paragraphs, Signer, Table
from households.papers.review.lists import commune_of, score, village_name
from households.papers.review.wording.parsing import LINE, lines_to_write_on
from households.papers.review.words import (
    SIGNED,
    about_round,
    class_words,
    count_words,
    hour,
    in_words,
    numbered,
    put_together,
)
from households.registry.state import states_on
from households.review.listed import listed
from households.review.models import Dossier, Meeting, MeetingVote, ProposedClass
from households.surveys.codes import CLOSING
from povertyportal.vietnamese import sort_key

_COLUMNS = (
    Column("Họ và tên chủ hộ", 11),
    Column("Điểm B1", 4, middle=True),
    Column("Điểm B2", 4, middle=True),
    Column("Phân loại", 8),
    Column("Đồng ý", 4, middle=True),
    Column("Không đồng ý", 5, middle=True),
    Column("Kết quả", 6),
    Column("Ý kiến", 8),
)
PASSED, NEITHER = "Thông qua", "không thuộc diện"
_SIGNERS = ("Thư ký", "Đại diện hộ gia đình", "Chủ trì")


@dataclass(frozen=True, slots=True)
class _Told:
    """``values``: of the meeting; before it only lines to write on."""

    dossier: Dossier
    village: str
    on: date
    values: Mapping[str, str]


def minutes(meeting: Meeting) -> Document:
    dossier = meeting.part.dossier
    rows = _voted(meeting)
    passed = sum(PASSED in row for row in rows)
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
        "so_dat": count_words(passed),
        "so_khong_dat": count_words(len(rows) - passed),
    }
    present = [f"- {one['name']}" + (f" ({one['as']})" if one.get("as") else "") for one in meeting.present]
    names = {"Thư ký": meeting.secretary, "Chủ trì": meeting.chair}
    return _document(
        _Told(dossier, meeting.part.area_code, meeting.held_on, told),
        numbered(_COLUMNS, rows),
        present,
        [Signer(one, names.get(one, ""), note=SIGNED) for one in _SIGNERS],
    )


def minutes_before(dossier: Dossier, village: str, *, on: date) -> Document:
    """To be taken along: what the forms came to, nothing of a vote."""
    waiting = [one for one in listed(dossier, day=on, village=village) if one.needs_vote]
    rows = [
        (one.name, score(one, "b1"), score(one, "b2"), class_words(one.klass) or NEITHER, "", "", "", "")
        for one in waiting
    ]
    signers = [Signer(one, note=SIGNED) for one in _SIGNERS]
    table = numbered(_COLUMNS, rows, empty="Chưa có hộ nào chờ biểu quyết.", room=True)
    told = {"y_kien": lines_to_write_on(4)}
    return _document(_Told(dossier, village, on, told), table, [f"- {LINE}"] * 6, signers)


def _document(told: _Told, table: Table, present: Sequence[str], signers: Sequence[Signer]) -> Document:
    from_ = commune_of(told.dossier)
    name = village_name(told.dossier, told.village)
    day = told.on if told.values.get("ngay_hop") else None
    return put_together(
        "minutes",
        told.on,
        head=from_.head(on=day, body=name) if name else from_.board(on=day),
        values={
            **from_.values(),
            **about_round(told.dossier.round),
            "thon": village_in_text(name) or from_.commune,
            **told.values,
        },
        blocks={"danh_sach": table, "thanh_phan": Paragraphs(tuple(present))},
        signers=signers,
        label="Phụ lục V",
    )


def _voted(meeting: Meeting) -> list[tuple[str, ...]]:
    """Lines as the meeting had them, whatever the forms came to since."""
    votes = list(meeting.votes.select_related("result", "form").order_by("pk"))
    states = states_on([one.form.household_id for one in votes], meeting.held_on)
    heads = {key: state.head.full_name for key, state in states.items() if state.head}
    proposed = _proposed(meeting, votes)
    rows = [_row(heads.get(one.form.household_id, f"H{one.form.household_id}"), one, proposed) for one in votes]
    return sorted(rows, key=lambda row: sort_key(row[0]))


def _row(name: str, vote: MeetingVote, proposed: Mapping[int, str]) -> tuple[str, ...]:
    scores = vote.result.result.get("scores") or {}
    klass = proposed.get(vote.form_id) or vote.result.klass
    return (
        name,
        _score(scores.get("b1")),
        _score(scores.get("b2")),
        class_words(klass) or NEITHER,
        str(vote.agree),
        str(vote.disagree),
        PASSED if vote.passed else "Rà soát lại",
        vote.remark,
    )


def _score(found: int | None) -> str:
    return "" if found is None else str(found)


def _proposed(meeting: Meeting, votes: Sequence[MeetingVote]) -> dict[int, str]:
    """What was proposed of these results before the meeting was written down."""
    rows = ProposedClass.objects.filter(
        result__in=[one.result_id for one in votes], purpose=CLOSING, at__lte=meeting.at
    )
    return {one.form_id: one.klass for one in rows.order_by("pk")}
