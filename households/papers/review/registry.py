"""Which papers there are, by the code that the tables of the procedures name them with."""

from dataclasses import dataclass

from households.review.procedures.parts import Source, Sure

DECISION_24 = "Quyết định 24/2021/QĐ-TTg"
CIRCULAR_07 = "Thông tư 07/2021/TT-BLĐTBXH"
AMENDED = f"{CIRCULAR_07}, sửa đổi bởi Thông tư 02/2022/TT-BLĐTBXH"
LAYOUT = "Bố cục dựng lại theo Nghị định 30/2020/NĐ-CP và mô tả của thủ tục; chưa đối chiếu với bản in của văn bản gốc."
COLUMNS = "Có trong thủ tục; các cột dựng lại, chưa đối chiếu với bản in của phụ lục."
OURS = "Văn bản gốc không kèm mẫu; lời văn và bố cục là của cổng, quản trị sửa được."


@dataclass(frozen=True, slots=True)
class Paper:
    """``form``: its number in law, "" where law gives none; ``source``: how far that is sure is said beside the download, not on
    the paper; ``note``: what of the layout is ours. ``blank``: it can be printed to be filled in by hand; ``public``: it hangs
    where everybody reads it, so that it holds names, villages and classes only; ``listed``: it holds a list, so that there is an
    Excel file of it too."""

    code: str
    title: str
    form: str
    source: Source
    note: str = LAYOUT
    blank: bool = False
    public: bool = False
    listed: bool = False

    @property
    def heading(self) -> str:
        return f"{self.form}. {self.title}" if self.form else self.title


_ALL = (
    Paper(
        "form_01",
        "Giấy đề nghị rà soát hộ nghèo, hộ cận nghèo; xác định hộ có mức sống trung bình",
        "Mẫu 01",
        Source(DECISION_24),
        blank=True,
    ),
    Paper(
        "form_04",
        "Giấy đề nghị công nhận hộ thoát nghèo, hộ thoát cận nghèo",
        "Mẫu 04",
        Source(DECISION_24),
        blank=True,
    ),
    Paper("receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "", Source("Quy định về một cửa", Sure.RECALLED), OURS),
    Paper("list_i", "Danh sách hộ gia đình cần rà soát", "Phụ lục I", Source(CIRCULAR_07), COLUMNS, listed=True),
    Paper("form_a", "Phiếu A: nhận dạng nhanh hộ gia đình", "Phụ lục II", Source(AMENDED), COLUMNS, blank=True),
    Paper(
        "form_b",
        "Phiếu B: khảo sát xác định hộ nghèo, hộ cận nghèo",
        "Phụ lục III",
        Source(AMENDED),
        COLUMNS,
        blank=True,
    ),
    Paper("form_viii", "Phiếu khảo sát thu nhập hộ gia đình", "Phụ lục VIII", Source(AMENDED), COLUMNS, blank=True),
    Paper("minutes", "Biên bản họp dân thống nhất kết quả rà soát", "Phụ lục V", Source(CIRCULAR_07), listed=True),
    Paper(
        "posting",
        "Thông báo niêm yết công khai kết quả rà soát",
        "",
        Source(DECISION_24),
        OURS,
        public=True,
        listed=True,
    ),
    Paper("complaint_receipt", "Giấy nhận khiếu nại về kết quả rà soát", "", Source(DECISION_24), OURS),
    Paper("complaint_answer", "Thông báo kết quả phúc tra", "", Source(DECISION_24), OURS),
    Paper(
        "list_vi",
        "Danh sách hộ nghèo, hộ cận nghèo sau rà soát",
        "Phụ lục VI",
        Source(CIRCULAR_07),
        COLUMNS,
        listed=True,
    ),
    Paper(
        "opinion_request", "Công văn xin ý kiến cấp trên về kết quả rà soát", "", Source(DECISION_24), OURS, listed=True
    ),
    Paper("opinion_reply", "Ý kiến của cấp trên về kết quả rà soát", "", Source(DECISION_24), OURS, listed=True),
    Paper("decision", "Quyết định công nhận danh sách", "Mẫu 02", Source(DECISION_24), listed=True),
    Paper("certificate", "Giấy chứng nhận hộ nghèo, hộ cận nghèo", "Mẫu 03", Source(DECISION_24), blank=True),
    Paper("refusal", "Văn bản trả lời không công nhận", "", Source(DECISION_24), OURS),
    Paper(
        "subject_answer",
        "Trả lời yêu cầu của chủ thể dữ liệu cá nhân",
        "",
        Source("Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP"),
        OURS,
    ),
    Paper(
        "subject_data",
        "Dữ liệu cá nhân của hộ đang lưu trên cổng",
        "",
        Source("Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP"),
        OURS,
    ),
)
PAPERS = {one.code: one for one in _ALL}


def paper(code: str) -> Paper:
    """Raises KeyError."""
    return PAPERS[code]
