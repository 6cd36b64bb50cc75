"""Workers of low income (3.000412): Decree 30/2025/NĐ-CP; the decision lists persons, not households."""

from households.review.procedures import average, common
from households.review.procedures.parts import Procedure, Source

PORTAL = Source("Nghị định 30/2025/NĐ-CP; thủ tục 3.000412 trên Cổng Dịch vụ công quốc gia")

WORKER = Procedure(
    code="worker",
    number="3.000412",
    title="Công nhận người lao động có thu nhập thấp",
    whys=("worker",),
    kinds=("inyear", "periodic"),
    first=2025,
    last=None,
    meeting=False,
    opinion=False,
    stages=average.STAGES,
    moves=average.moves(PORTAL),
    deadlines=average.deadlines(PORTAL),
    sources=(PORTAL,),
    posting_places=(common.OFFICE,),
    decision_kinds=("worker",),
    notes=(
        *average.NOTES,
        "Từ 01/01/2027 chưa tìm thấy văn bản về thủ tục này; có nguồn chưa kiểm chứng nói sẽ bãi bỏ từ ngày đó.",
    ),
)
