"""Recognition of escaping poverty during the year (1.011608): Mẫu 04, Phiếu B without Phiếu A, else as in-year reviews."""

from households.review.procedures import common, in_year
from households.review.procedures.common import DECREE
from households.review.procedures.parts import Procedure, Source

PORTAL = Source(f"{DECREE}; thủ tục 1.011608 trên Cổng Dịch vụ công quốc gia")

ESCAPE = Procedure(
    code="escape",
    number="1.011608",
    title="Công nhận hộ thoát nghèo, hộ thoát cận nghèo trong năm",
    whys=("escape",),
    kinds=("inyear",),
    first=2022,
    last=None,
    meeting=True,
    opinion=False,
    stages=in_year.STAGES,
    moves=in_year.moves(PORTAL),
    deadlines=in_year.deadlines(PORTAL),
    sources=(PORTAL,),
    posting_places=(common.HALL, common.OFFICE),
    decision_kinds=("escaped", "recognised"),
    notes=in_year.OVERRUN,
)
