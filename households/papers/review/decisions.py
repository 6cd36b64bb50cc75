"""Mẫu 02: the chair's decision with its list, from the decision's own lines as they stood on its day."""

from collections.abc import Mapping, Sequence

from households.papers.review.issuing import Issuer, issuer
from households.papers.review.layout.parts import Block, Column, Document, Paragraphs, Table
from households.papers.review.wording.parsing import Shape
from households.papers.review.words import (
    about_round,
    class_words,
    counts,
    escape_words,
    in_words,
    numbered,
    put_together,
    sentence,
    short_day,
)
from households.review.superior_models import Decision, DecisionKind, DecisionLine
from households.surveys.codes import CLOSING

_OPENINGS = ("căn cứ", "theo ", "xét ", "thực hiện ")
_HOME = (Column("Họ và tên chủ hộ", 13), Column("Thôn, tổ dân phố", 12), Column("Dân tộc", 6))
_SIZE = Column("Số khẩu", 4, middle=True)
_COLUMNS = {
    DecisionKind.RECOGNISED: (*_HOME, _SIZE, Column("Phân loại", 8)),
    DecisionKind.ESCAPED: (*_HOME, _SIZE, Column("Phân loại trước", 7), Column("Được công nhận", 9)),
    DecisionKind.AVERAGE: (*_HOME, _SIZE),
    DecisionKind.WORKER: (Column("Người lao động", 18), Column("Hộ của ông (bà)", 12), Column("Thôn, tổ dân phố", 11)),
    DecisionKind.CORRECTION: (*_HOME, Column("Phân loại đã ghi", 8), Column("Phân loại đúng", 8)),
}


def decision_paper(made: Decision, lines: Sequence[DecisionLine] | None = None) -> Document:
    """``made``, ``lines`` may be ones that are not stored yet; without ``lines`` those of the decision."""
    rows = list(made.lines.order_by("place")) if lines is None else list(lines)
    from_ = issuer(made.area_code, on=made.dossier.round.area_on)
    blocks: dict[str, Block] = {
        "can_cu": Paragraphs(tuple(grounds(made.bases)), Shape.GROUND),
        "danh_sach": _list(made, rows),
    }
    return put_together(
        f"decision_{made.kind}",
        made.decided_on,
        head=from_.head(on=made.decided_on),
        values=_values(made, from_, rows),
        blocks=blocks,
        number=made.number,
        name=made.signer,
    )


def _values(made: Decision, from_: Issuer, rows: Sequence[DecisionLine]) -> dict[str, str | None]:
    told: dict[str, str | None] = {
        "so": made.number,
        "ngay": in_words(made.decided_on),
        "nguoi_ky": made.signer,
        "chuc_vu": made.position,
        "hieu_luc": in_words(made.valid_from),
        "den_truoc": until(made),
        "chuan": None if made.purpose == CLOSING else f"theo chuẩn nghèo áp dụng từ năm {made.valid_from.year}",
    }
    if made.corrects:
        told |= {"dinh_chinh": named(made.corrects), "ly_do": sentence(made.reason)}
    return {
        **from_.values(),
        **about_round(made.dossier.round),
        **counts((one.klass, one.before) for one in rows),
        **told,
    }


def until(made: Decision) -> str | None:
    return f"đến trước ngày {short_day(made.valid_until)}" if made.valid_until else None


def named(made: Decision) -> str:
    """ "Quyết định số 45/QĐ-UBND ngày 10/12/2026"."""
    return f"Quyết định số {made.number} ngày {short_day(made.decided_on)}"


def grounds(bases: Sequence[str]) -> list[str]:
    """Each with its semicolon, the last one with a full stop."""
    told = [_ground(one.strip().rstrip(";.")) for one in bases if one.strip()]
    return [f"{one}{'.' if turn == len(told) else ';'}" for turn, one in enumerate(told, start=1)]


def _ground(text: str) -> str:
    return text if text.casefold().startswith(_OPENINGS) else f"Căn cứ {text}"


def _list(made: Decision, rows: Sequence[DecisionLine]) -> Table:
    kind, title = DecisionKind(made.kind), _TITLES[DecisionKind(made.kind)]
    if kind == DecisionKind.CORRECTION and not any(one.klass for one in rows):
        kind, title = DecisionKind.WORKER, "Danh sách người lao động được đính chính"
    recorded = dict(made.corrects.lines.values_list("household", "klass")) if made.corrects else {}
    return numbered(_COLUMNS[kind], [_cells(kind, one, recorded) for one in rows], title=title)


_TITLES = {
    DecisionKind.RECOGNISED: "Danh sách hộ nghèo, hộ cận nghèo",
    DecisionKind.ESCAPED: "Danh sách hộ thoát nghèo, hộ thoát cận nghèo",
    DecisionKind.AVERAGE: "Danh sách hộ có mức sống trung bình",
    DecisionKind.WORKER: "Danh sách người lao động có thu nhập thấp",
    DecisionKind.CORRECTION: "Danh sách hộ được đính chính",
}


def _cells(kind: str, one: DecisionLine, recorded: Mapping[int, str]) -> tuple[str, ...]:
    """``recorded``: household → what the decision that is put right said of it."""
    home, size = (one.head, one.village, one.ethnicity), str(len(one.members))
    match kind:
        case DecisionKind.RECOGNISED:
            return (*home, size, class_words(one.klass))
        case DecisionKind.ESCAPED:
            return (*home, size, class_words(one.before), escape_words(one.before, one.klass))
        case DecisionKind.AVERAGE:
            return (*home, size)
        case DecisionKind.WORKER:
            return (_workers(one), one.head, one.village)
        case _:
            recorded_class = class_words(recorded.get(one.household_id, one.before))
            return (*home, recorded_class or "chưa có trong danh sách", class_words(one.klass))


def _workers(one: DecisionLine) -> str:
    """The year tells namesakes apart."""
    told = [
        f"{who['name']} (sinh năm {birth[:4]})" if (birth := who.get("birth", "")) else who["name"]
        for who in one.members
    ]
    return "; ".join(told) or "không thuộc danh sách"
