"""Stages and moves that procedures share; each takes what it has."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from households.review.procedures.parts import Authority, Deadline, Holder, Move, Source, Stage, Sure
from households.review.rights import INTAKE, LEAD, OPINE, VILLAGE

PAPER, PART, WHOLE = Holder.INTAKE, Holder.PART, Holder.DOSSIER

DECREE = "Quyết định 24/2021/QĐ-TTg"
COMMITTEE, CHAIR = "Ban Chỉ đạo rà soát cấp xã", "Chủ tịch UBND cấp xã"
HALL, OFFICE = "Nhà văn hóa hoặc nhà sinh hoạt cộng đồng thôn", "Trụ sở UBND cấp xã"
NO_DISTRICTS = date(2025, 7, 1)

CHAIRS = (
    Authority("Chủ tịch UBND cấp huyện", "district", date(2021, 9, 1), NO_DISTRICTS, Source(DECREE)),
    Authority(
        "Chủ tịch UBND cấp tỉnh",
        "province",
        NO_DISTRICTS,
        None,
        Source("Nghị định 131/2025/NĐ-CP; Quyết định 2306/QĐ-BNNMT"),
    ),
)

INTAKE_STAGES = (
    Stage("received", "Đã nhận giấy đề nghị", PAPER, "công chức xã"),
    Stage("listed", "Đã đưa vào danh sách rà soát", PAPER, done=True),
    Stage("refused", "Đã trả lời không giải quyết", PAPER, done=True),
    Stage("withdrawn", "Người đề nghị rút đơn", PAPER, done=True),
)

SURVEY = Stage("survey", "Điều tra, chấm điểm", PART, "rà soát viên")
AGREED = Stage("agreed", "Họp dân đã thống nhất", PART, COMMITTEE)
POSTED = Stage("posted", "Đang niêm yết", PART, "người dân")
RECHECK = Stage("recheck", "Đang phúc tra", PART, COMMITTEE)
POSTED_AGAIN = Stage("posted_again", "Đang niêm yết kết quả phúc tra", PART, "người dân")
CLOSED = Stage("closed", "Niêm yết xong", PART, COMMITTEE, done=True)

VILLAGES = Stage("villages", "Các thôn đang làm", WHOLE, "các thôn")
COMPILED = Stage("compiled", "Đã tổng hợp danh sách (Phụ lục VI)", WHOLE, CHAIR)
ASKED = Stage("asked", "Đang xin ý kiến cấp trên", WHOLE, "cấp trên")
ANSWERED = Stage("answered", "Cấp trên đã thống nhất", WHOLE, CHAIR)
DECIDED = Stage("decided", "Đã ra quyết định", WHOLE, "công chức xã")
CERTIFIED = Stage("certified", "Đã cấp giấy chứng nhận", WHOLE, done=True)


def intake_moves(source: Source) -> tuple[Move, ...]:
    return (
        Move("receive", "Nhận giấy đề nghị, trao giấy hẹn", PAPER, (), "received", INTAKE, source, ("receipt",)),
        Move("list_intake", "Đưa vào danh sách rà soát", PAPER, ("received",), "listed", INTAKE, source),
        Move("refuse_intake", "Trả lời không giải quyết", PAPER, ("received",), "refused", LEAD, source, ("refusal",)),
        Move("withdraw_intake", "Người đề nghị rút đơn", PAPER, ("received",), "withdrawn", INTAKE, source),
    )


def meeting_moves(source: Source, *, recheck: bool = True) -> tuple[Move, ...]:
    """From the survey to the posting of what the village agreed on, straight there where all that is left was agreed on before;
    who came to the list meanwhile, or whose form was filled anew, is voted on from wherever the village stands. ``recheck``:
    the procedure knows one."""
    open_again = ("survey", "agreed", "posted", *(("recheck",) if recheck else ()), "closed")
    meet = Move("meet", "Họp dân", PART, open_again, "agreed", VILLAGE, source, ("minutes",))
    return (
        replace(meet, or_to="survey", or_when="có hộ dưới 50% số người dự đồng ý"),
        Move("post", "Niêm yết kết quả", PART, ("survey", "agreed"), "posted", VILLAGE, source, ("posting",)),
    )


def posting_moves(source: Source) -> tuple[Move, ...]:
    """Complaints come while it is posted, and are looked into when it is over."""
    answered = ("posted", "recheck")
    taken = Move("take_down", "Hết niêm yết", PART, ("posted",), "closed", VILLAGE, source, deadline="posting")
    heard = Move(
        "complain", "Nhận khiếu nại", PART, ("posted",), "", VILLAGE, source, ("complaint_receipt",), "recheck"
    )
    answer = Move("answer", "Trả lời khiếu nại", PART, answered, "", VILLAGE, source, ("complaint_answer",), "recheck")
    return (
        heard,
        replace(taken, or_to="recheck", or_when="có khiếu nại"),
        replace(answer, or_to="closed", or_when="đang phúc tra mà mọi khiếu nại đã rút"),
    )


def posting_again_moves(source: Source) -> tuple[Move, ...]:
    again = Move("post_again", "Niêm yết kết quả phúc tra", PART, ("recheck",), "posted_again", VILLAGE, source)
    down = Move("take_down_again", "Hết niêm yết kết quả phúc tra", PART, ("posted_again",), "closed", VILLAGE, source)
    return (replace(again, papers=("posting",)), replace(down, deadline="posting_again"))


def send_back(source: Source) -> Move:
    """By the commune, whose list is open again, or with the superior's return."""
    return Move("send_back", "Trả lại để rà soát lại", PART, ("closed",), "survey", VILLAGE, source)


def compile_moves(source: Source, *, reopened: tuple[str, ...] = ("compiled",)) -> tuple[Move, ...]:
    return (
        Move("compile", "Tổng hợp danh sách của xã", WHOLE, ("villages",), "compiled", VILLAGE, source, ("list_vi",)),
        Move("reopen", "Mở lại để các thôn sửa", WHOLE, reopened, "villages", VILLAGE, source),
    )


def opinion_moves(source: Source, *, deadline: str = "opinion") -> tuple[Move, ...]:
    reply = ("opinion_reply",)
    return (
        Move("ask", "Xin ý kiến cấp trên", WHOLE, ("compiled",), "asked", LEAD, source, ("opinion_request",)),
        Move("agree", "Cấp trên thống nhất", WHOLE, ("asked",), "answered", OPINE, source, reply, deadline),
        Move(
            "return",
            "Cấp trên trả lại",
            WHOLE,
            ("asked",),
            "villages",
            OPINE,
            source,
            reply,
            deadline,
            brings="send_back",
        ),
    )


def deciding_moves(source: Source, *, after: str, deadline: str, certificates: bool) -> tuple[Move, ...]:
    """``after``: the stage before the decision; without ``certificates`` it ends with the decision."""
    decided = ("decided", "certified") if certificates else ("decided",)
    certify = Move("certify", "Cấp giấy chứng nhận", WHOLE, decided, "certified", LEAD, source, ("certificate",))
    return (
        Move("decide", "Ra quyết định", WHOLE, (after,), "decided", LEAD, source, ("decision",), deadline),
        *((certify,) if certificates else ()),
        Move("correct", "Đính chính kết quả", WHOLE, decided, "", LEAD, source, ("decision",)),
    )


def by_code(deadlines: Iterable[Deadline]) -> dict[str, Deadline]:
    return {one.code: one for one in deadlines}


def unsure(article: str) -> Source:
    return Source(article, Sure.UNSURE)
