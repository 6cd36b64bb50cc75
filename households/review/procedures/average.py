"""Farm households of average living standard (1.011609): an income survey, posted at the commune's office; no village meeting."""

from dataclasses import replace

from households.review.procedures import common
from households.review.procedures.common import DECREE
from households.review.procedures.parts import Deadline, Holder, Move, Procedure, Source

PORTAL = Source(f"{DECREE}; thủ tục 1.011609 trên Cổng Dịch vụ công quốc gia")

STAGES = (
    *common.INTAKE_STAGES,
    replace(common.SURVEY, title="Khảo sát thu nhập (Phụ lục VIII)"),
    common.POSTED,
    common.RECHECK,
    common.CLOSED,
    replace(common.VILLAGES, title="Đang khảo sát, niêm yết", who=common.COMMITTEE),
    replace(common.COMPILED, title="Đã tổng hợp danh sách"),
    replace(common.DECIDED, who="", done=True),
)

NOTES = (
    "Chưa thấy văn bản nêu có niêm yết lại sau phúc tra hay không; ở đây phúc tra xong là xong niêm yết.",
    "15 ngày tính riêng cho từng hộ; trong đợt định kỳ, từ ngày 15 đầu tiên kể từ ngày nhận giấy, vì khảo sát làm từ ngày 15.",
)


def moves(source: Source) -> tuple[Move, ...]:
    posted = Move("post", "Niêm yết kết quả", Holder.PART, ("survey",), "posted", common.VILLAGE, source, ("posting",))
    ended = Move("end_recheck", "Phúc tra xong", Holder.PART, ("recheck",), "closed", common.VILLAGE, source)
    return (
        *common.intake_moves(source),
        posted,
        *common.posting_moves(source),
        ended,
        common.send_back(source),
        *(replace(one, papers=()) for one in common.compile_moves(source)),
        *common.deciding_moves(source, after="compiled", deadline="decision", certificates=False),
    )


def deadlines(source: Source) -> dict[str, Deadline]:
    return common.by_code(
        (
            Deadline("posting", "Niêm yết", 5, True, "posted", source, may_overrun=False),
            Deadline("recheck", "Phúc tra", 3, True, "received", source),
            Deadline("decision", "Ra quyết định", 15, False, "started", source),
        )
    )


AVERAGE = Procedure(
    code="average",
    number="1.011609",
    title="Công nhận hộ nông, lâm, ngư, diêm nghiệp có mức sống trung bình",
    whys=("average",),
    kinds=("inyear", "periodic"),
    first=2022,
    last=None,
    meeting=False,
    opinion=False,
    stages=STAGES,
    moves=moves(PORTAL),
    deadlines=deadlines(PORTAL),
    sources=(PORTAL,),
    posting_places=(common.OFFICE,),
    decision_kinds=("average",),
    notes=NOTES,
)
