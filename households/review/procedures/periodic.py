"""The yearly review (1.011606): Decision 24/2021/QĐ-TTg."""

from datetime import date

from households.review.procedures.parts import Authority, Deadline, Holder, Move, Procedure, Source, Stage, Sure

DECREE = "Quyết định 24/2021/QĐ-TTg"
PORTAL = Source(f"{DECREE}; thủ tục 1.011606 trên Cổng Dịch vụ công quốc gia")
VILLAGE, LEAD, OPINE = "review.village", "review.lead", "review.opine"
PART, WHOLE = Holder.PART, Holder.DOSSIER

STAGES = (
    Stage("survey", "Điều tra, chấm điểm", PART, "rà soát viên"),
    Stage("agreed", "Họp dân đã thống nhất", PART, "Ban Chỉ đạo rà soát cấp xã"),
    Stage("posted", "Đang niêm yết", PART, "người dân"),
    Stage("recheck", "Đang phúc tra", PART, "Ban Chỉ đạo rà soát cấp xã"),
    Stage("posted_again", "Đang niêm yết kết quả phúc tra", PART, "người dân"),
    Stage("closed", "Niêm yết xong", PART, "Ban Chỉ đạo rà soát cấp xã", done=True),
    Stage("villages", "Các thôn đang làm", WHOLE, "các thôn"),
    Stage("compiled", "Đã tổng hợp danh sách (Phụ lục VI)", WHOLE, "Chủ tịch UBND cấp xã"),
    Stage("asked", "Đang xin ý kiến cấp trên", WHOLE, "cấp trên"),
    Stage("answered", "Cấp trên đã thống nhất", WHOLE, "Chủ tịch UBND cấp xã"),
    Stage("decided", "Đã ra quyết định", WHOLE, "công chức xã"),
    Stage("certified", "Đã cấp giấy chứng nhận", WHOLE, done=True),
)

MOVES = (
    Move("meet", "Họp dân", PART, ("survey", "agreed", "posted", "closed"), "agreed", VILLAGE, PORTAL, ("minutes",)),
    Move("post", "Niêm yết kết quả", PART, ("agreed",), "posted", VILLAGE, PORTAL, ("posting",)),
    Move("complain", "Nhận khiếu nại", PART, ("posted",), "", VILLAGE, PORTAL, deadline="recheck"),
    Move("take_down", "Hết niêm yết", PART, ("posted",), "closed", VILLAGE, PORTAL, deadline="posting"),
    Move("answer", "Trả lời khiếu nại", PART, ("posted", "recheck"), "", VILLAGE, PORTAL, deadline="recheck"),
    Move("post_again", "Niêm yết kết quả phúc tra", PART, ("recheck",), "posted_again", VILLAGE, PORTAL, ("posting",)),
    Move("take_down_again", "Hết niêm yết kết quả phúc tra", PART, ("posted_again",), "closed", VILLAGE, PORTAL),
    Move("send_back", "Trả lại thôn để rà soát lại", PART, ("closed",), "survey", VILLAGE, PORTAL),
    Move("compile", "Tổng hợp danh sách của xã", WHOLE, ("villages",), "compiled", VILLAGE, PORTAL, ("list_vi",)),
    Move("reopen", "Mở lại để các thôn sửa", WHOLE, ("compiled", "answered"), "villages", VILLAGE, PORTAL),
    Move("ask", "Xin ý kiến cấp trên", WHOLE, ("compiled",), "asked", LEAD, PORTAL, ("opinion_request",)),
    Move("agree", "Cấp trên thống nhất", WHOLE, ("asked",), "answered", OPINE, PORTAL, ("opinion_reply",), "opinion"),
    Move("return", "Cấp trên trả lại", WHOLE, ("asked",), "villages", OPINE, PORTAL, ("opinion_reply",), "opinion"),
    Move("decide", "Ra quyết định", WHOLE, ("answered",), "decided", LEAD, PORTAL, ("decision",), "decision"),
    Move(
        "certify", "Cấp giấy chứng nhận", WHOLE, ("decided", "certified"), "certified", LEAD, PORTAL, ("certificate",)
    ),
    Move("correct", "Đính chính kết quả", WHOLE, ("decided", "certified"), "", LEAD, PORTAL, ("decision",)),
)

DEADLINES = {
    one.code: one
    for one in (
        Deadline("posting", "Niêm yết", 3, True, "posted", PORTAL, may_overrun=False),
        Deadline("recheck", "Phúc tra", 7, True, "received", PORTAL),
        Deadline("posting_again", "Niêm yết kết quả phúc tra", 3, True, "posted", PORTAL, may_overrun=False),
        Deadline("opinion", "Cấp trên cho ý kiến", 5, True, "asked", PORTAL),
    )
}

BEFORE_JULY_2025 = date(2025, 7, 1)
AUTHORITIES = (
    Authority("Chủ tịch UBND cấp huyện", "district", date(2021, 9, 1), BEFORE_JULY_2025, Source(DECREE)),
    Authority(
        "Chủ tịch UBND cấp tỉnh",
        "province",
        BEFORE_JULY_2025,
        None,
        Source("Nghị định 131/2025/NĐ-CP; Quyết định 2306/QĐ-BNNMT", Sure.VERIFIED),
    ),
)

PERIODIC = Procedure(
    code="periodic",
    number="1.011606",
    title="Rà soát hộ nghèo, hộ cận nghèo định kỳ hằng năm",
    whys=("poor", "near_poor", "request", "found", "escape"),
    kinds=("periodic",),
    first=2021,
    last=None,
    meeting=True,
    opinion=True,
    stages=STAGES,
    moves=MOVES,
    deadlines=DEADLINES,
    sources=(PORTAL,),
    authorities=AUTHORITIES,
    posting_places=("Nhà văn hóa hoặc nhà sinh hoạt cộng đồng thôn", "Trụ sở UBND cấp xã"),
    decision_kinds=("recognised", "escaped"),
)
