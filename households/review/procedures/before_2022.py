"""Reviews of the standard of 2016-2020, for records that are taken over: Circular 17/2016/TT-BLĐTBXH, amended by 14/2018.

Only what is known of them stands here. How complaints were answered, and in how many days, is not; so no move records them.
"""

from dataclasses import replace
from datetime import date

from households.review.procedures import common
from households.review.procedures.parts import Authority, Deadline, Holder, Move, Procedure, Source, Sure

CIRCULAR = Source("Thông tư 17/2016/TT-BLĐTBXH, sửa đổi bởi Thông tư 14/2018/TT-BLĐTBXH", Sure.RECALLED)
IN_YEAR_CIRCULAR = Source("Thông tư 17/2016/TT-BLĐTBXH (Phụ lục 1a, 2a, mẫu 3b)")
UNKNOWN = common.unsure("Thông tư 17/2016/TT-BLĐTBXH; số ngày chưa đối chiếu được với công báo")
NOTES = (
    "Quy trình này chỉ dùng để ghi lại hồ sơ cũ. Thời gian niêm yết 7 ngày chưa đối chiếu được với công báo.",
    "Thời hạn phúc tra khiếu nại chưa tra được, nên hồ sơ các năm này không ghi khiếu nại trên cổng.",
)

_posted_long = Move(
    "take_down", "Hết niêm yết", Holder.PART, ("posted",), "closed", common.VILLAGE, CIRCULAR, deadline="posting"
)

BEFORE_2022 = Procedure(
    code="before_2022",
    number="",
    title="Rà soát hằng năm theo chuẩn 2016-2020",
    whys=("poor", "near_poor", "request", "found", "escape"),
    kinds=("periodic",),
    first=2016,
    last=2020,
    meeting=True,
    opinion=True,
    stages=(
        common.SURVEY,
        common.AGREED,
        common.POSTED,
        common.CLOSED,
        common.VILLAGES,
        replace(common.COMPILED, title="Đã tổng hợp danh sách"),
        replace(common.ASKED, title="Cấp huyện đang kiểm tra"),
        replace(common.ANSWERED, title="Cấp huyện đã kiểm tra"),
        replace(common.DECIDED, who="", done=True),
    ),
    moves=(
        *(replace(one, papers=()) for one in common.meeting_moves(CIRCULAR, recheck=False)),
        _posted_long,
        common.send_back(CIRCULAR),
        *(replace(one, papers=()) for one in common.compile_moves(CIRCULAR, reopened=("compiled", "answered"))),
        *(replace(one, papers=()) for one in common.opinion_moves(CIRCULAR, deadline="")),
        *(
            replace(one, papers=())
            for one in common.deciding_moves(CIRCULAR, after="answered", deadline="", certificates=False)
        ),
    ),
    deadlines=common.by_code((Deadline("posting", "Niêm yết", 7, True, "posted", UNKNOWN, may_overrun=False),)),
    sources=(CIRCULAR,),
    authorities=(Authority("UBND cấp huyện", "district", date(2016, 8, 15), date(2021, 9, 1), CIRCULAR),),
    posting_places=(common.OFFICE,),
    decision_kinds=("recognised", "escaped"),
    notes=NOTES,
)

IN_YEAR_BEFORE_2022 = Procedure(
    code="in_year_before_2022",
    number="",
    title="Hộ nghèo, hộ cận nghèo phát sinh trong năm theo chuẩn 2016-2020",
    whys=("request", "found", "poor", "near_poor", "escape"),
    kinds=("inyear",),
    first=2016,
    last=2021,
    meeting=False,
    opinion=False,
    stages=(
        common.SURVEY,
        replace(common.CLOSED, title="Đã rà soát xong"),
        replace(common.VILLAGES, title="Đang rà soát", who="rà soát viên"),
        replace(common.COMPILED, title="Đã tổng hợp danh sách"),
        replace(common.DECIDED, who="", done=True),
    ),
    moves=(
        Move("end_survey", "Rà soát xong", Holder.PART, ("survey",), "closed", common.VILLAGE, IN_YEAR_CIRCULAR),
        common.send_back(IN_YEAR_CIRCULAR),
        *(replace(one, papers=()) for one in common.compile_moves(IN_YEAR_CIRCULAR)),
        *(
            replace(one, papers=())
            for one in common.deciding_moves(
                IN_YEAR_CIRCULAR, after="compiled", deadline="decision", certificates=False
            )
        ),
    ),
    deadlines=common.by_code((Deadline("decision", "Ra quyết định", 7, True, "received", IN_YEAR_CIRCULAR),)),
    sources=(IN_YEAR_CIRCULAR,),
    posting_places=(common.OFFICE,),
    decision_kinds=("recognised", "escaped"),
    notes=(
        "Quy trình này chỉ dùng để ghi lại hồ sơ cũ: quyết định trong 7 ngày làm việc rồi niêm yết tại trụ sở UBND cấp xã.",
    ),
)
