"""Reviews during the year (1.011607), from the 15th of each month: no superior's opinion."""

from households.review.procedures import common
from households.review.procedures.common import DECREE
from households.review.procedures.parts import Deadline, Procedure, Source

PORTAL = Source(f"{DECREE}; thủ tục 1.011607 trên Cổng Dịch vụ công quốc gia")

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
    common.DECIDED,
    common.CERTIFIED,
)

OVERRUN = (
    "Niêm yết, phúc tra, niêm yết lại đã là 13 ngày làm việc: có khiếu nại thì khó xong trong 15 ngày; quá hạn phải ghi lý do.",
    "Từ 01/01/2027 chưa tìm thấy văn bản về quy trình rà soát; có nguồn chưa kiểm chứng nói thủ tục này sẽ bãi bỏ từ ngày đó.",
)


def moves(source: Source) -> tuple[common.Move, ...]:
    return (
        *common.intake_moves(source),
        *common.meeting_moves(source),
        *common.posting_moves(source),
        *common.posting_again_moves(source),
        common.send_back(source),
        *common.compile_moves(source),
        *common.deciding_moves(source, after="compiled", deadline="decision", certificates=True),
    )


def deadlines(source: Source) -> dict[str, Deadline]:
    return common.by_code(
        (
            Deadline("posting", "Niêm yết", 3, True, "posted", source, may_overrun=False),
            Deadline("recheck", "Phúc tra", 7, True, "received", source),
            Deadline("posting_again", "Niêm yết kết quả phúc tra", 3, True, "posted", source, may_overrun=False),
            Deadline("decision", "Ra quyết định", 15, False, "started", source),
        )
    )


IN_YEAR = Procedure(
    code="in_year",
    number="1.011607",
    title="Công nhận hộ nghèo, hộ cận nghèo thường xuyên trong năm",
    whys=("request", "found", "poor", "near_poor"),
    kinds=("inyear",),
    first=2022,
    last=None,
    meeting=True,
    opinion=False,
    stages=STAGES,
    moves=moves(PORTAL),
    deadlines=deadlines(PORTAL),
    sources=(PORTAL,),
    posting_places=(common.HALL, common.OFFICE),
    decision_kinds=("recognised", "escaped"),
    notes=OVERRUN,
)
