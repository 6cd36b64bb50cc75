"""The yearly review (1.011606): Decision 24/2021/QĐ-TTg."""

from households.review.procedures import common
from households.review.procedures.common import DECREE
from households.review.procedures.parts import Deadline, Procedure, Source

PORTAL = Source(f"{DECREE}; thủ tục 1.011606 trên Cổng Dịch vụ công quốc gia")

STAGES = (
    *common.INTAKE_STAGES,
    common.SURVEY,
    common.AGREED,
    common.POSTED,
    common.RECHECK,
    common.POSTED_AGAIN,
    common.CLOSED,
    common.VILLAGES,
    common.COMPILED,
    common.ASKED,
    common.ANSWERED,
    common.DECIDED,
    common.CERTIFIED,
)

MOVES = (
    *common.intake_moves(PORTAL),
    *common.meeting_moves(PORTAL),
    *common.posting_moves(PORTAL),
    *common.posting_again_moves(PORTAL),
    common.send_back(PORTAL),
    *common.compile_moves(PORTAL, reopened=("compiled", "answered")),
    *common.opinion_moves(PORTAL),
    *common.deciding_moves(PORTAL, after="answered", deadline="", certificates=True),
)

DEADLINES = common.by_code(
    (
        Deadline("posting", "Niêm yết", 3, True, "posted", PORTAL, may_overrun=False),
        Deadline("recheck", "Phúc tra", 7, True, "received", PORTAL),
        Deadline("posting_again", "Niêm yết kết quả phúc tra", 3, True, "posted", PORTAL, may_overrun=False),
        Deadline("opinion", "Cấp trên cho ý kiến", 5, True, "asked", PORTAL),
    )
)

NOTES = (
    "Cổng Dịch vụ công viết “làm lại bước 2, họp lại ở bước 3”; ở đây hiểu là điều tra, chấm điểm lại rồi họp lại.",
    "Văn bản không nêu số người dự họp tối thiểu, chỉ nêu từ 50% số người dự đồng ý.",
    "Từ 01/01/2027 chưa tìm thấy văn bản về quy trình rà soát; có nguồn chưa kiểm chứng nói thủ tục này sẽ bãi bỏ từ ngày đó.",
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
    authorities=common.CHAIRS,
    ends=(12, 14),
    posting_places=(common.HALL, common.OFFICE),
    decision_kinds=("recognised", "escaped"),
    notes=NOTES,
)
