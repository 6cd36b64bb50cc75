"""Which texts there are and what each may name. A field stands inside a sentence, a block (a table) alone on its line."""

from collections.abc import Mapping
from dataclasses import dataclass

# field → what it is, and an example for the preview
PLACE = {
    "xa": ("xã, phường", "xã Trường Hà"),
    "uy_ban": ("UBND cấp xã", "Ủy ban nhân dân xã Trường Hà"),
    "cap_tren": ("cấp trên trực tiếp", "tỉnh Cao Bằng"),
}
PAPER = {"so": ("số văn bản", "05"), "ngay": ("ngày văn bản", "ngày 05 tháng 12 năm 2026")}
VILLAGE = {"thon": ("thôn, tổ dân phố", "Thôn Nà Mạ")}
ROUND = {
    "dot": ("tên đợt rà soát", "rà soát định kỳ hằng năm 2026"),
    "nam": ("năm rà soát", "2026"),
}
SIGNER = {"nguoi_ky": ("người ký", "Nguyễn Văn An"), "chuc_vu": ("chức vụ người ký", "Chủ tịch")}
COUNTS = {
    "so_ho": ("tổng số hộ trong danh sách", "12"),
    "so_ho_ngheo": ("số hộ nghèo", "7"),
    "so_ho_can_ngheo": ("số hộ cận nghèo", "5"),
    "so_thoat_ngheo": ("số hộ thoát nghèo", "3"),
    "so_thoat_can_ngheo": ("số hộ thoát cận nghèo", "2"),
}
DECISION = (
    PLACE
    | PAPER
    | ROUND
    | SIGNER
    | COUNTS
    | {
        "hieu_luc": ("ngày có hiệu lực", "ngày 01 tháng 01 năm 2027"),
        "den_truoc": ("hết hiệu lực, không in khi không có", "đến trước ngày 01/01/2028"),
        "chuan": ("theo chuẩn nào, chỉ in ở năm chuyển chuẩn", "theo chuẩn nghèo áp dụng từ năm 2027"),
    }
)
ROWS = "danh sách hộ, mỗi hộ một dòng"
GROUNDS = "các căn cứ, mỗi căn cứ một dòng"


@dataclass(frozen=True, slots=True)
class TextKind:
    """``must``: fields and blocks that a text may not leave out, for without them the paper does not say what it is for."""

    code: str
    title: str
    fields: Mapping[str, tuple[str, str]]
    blocks: Mapping[str, str]
    must: tuple[str, ...] = ()

    @property
    def block_names(self) -> frozenset[str]:
        return frozenset(self.blocks)


_PERSON = {"nguoi_de_nghi": ("người đề nghị", "Lò Văn An"), "dia_chi": ("nơi ở", "Thôn Nà Mạ, xã Trường Hà")}
_APPLICATION = PLACE | _PERSON | {"ly_do": ("lý do đề nghị", "nhà bị lũ cuốn, mất việc làm")}
_FORM_BLOCKS = {"thong_tin": "các ô về người đề nghị", "thanh_vien": "bảng thành viên hộ"}
_COMPLAINT = (
    PLACE
    | VILLAGE
    | ROUND
    | {
        "nguoi_khieu_nai": ("người khiếu nại", "Hoàng Thị Mai"),
        "ve_ho": ("về hộ nào", "hộ ông Lò Văn An"),
        "noi_dung": ("nội dung khiếu nại", "hộ có thêm lao động đi làm công ty"),
        "ngay_nhan": ("ngày nhận", "ngày 17 tháng 11 năm 2026"),
        "han": ("hạn phúc tra", "ngày 26 tháng 11 năm 2026"),
    }
)
_OPINION = (
    PLACE
    | PAPER
    | ROUND
    | COUNTS
    | {
        "tham_quyen": ("người cho ý kiến", "Chủ tịch Ủy ban nhân dân tỉnh Cao Bằng"),
        "so_cong_van": ("số công văn của xã", "215/UBND-KT"),
        "ngay_gui": ("ngày xã gửi", "ngày 01 tháng 12 năm 2026"),
        "han": ("hạn trả lời", "ngày 08 tháng 12 năm 2026"),
        "y_kien": ("nội dung ý kiến", "Danh sách lập đúng quy trình."),
    }
)
_SUBJECT = (
    PLACE
    | PAPER
    | {
        "nguoi_yeu_cau": ("người yêu cầu", "Lò Văn An"),
        "yeu_cau": ("yêu cầu gì", "xem dữ liệu về mình"),
        "noi_dung": ("nội dung yêu cầu", "xem hộ tôi đang được ghi là hộ gì"),
        "ngay_nhan": ("ngày nhận", "ngày 16 tháng 11 năm 2026"),
        "ket_qua": ("kết quả", "đã làm theo"),
        "tra_loi": ("trả lời", "Kèm theo là toàn bộ dữ liệu của hộ."),
    }
)


def _decision(code: str, title: str, *, rows: str = ROWS, more: dict[str, tuple[str, str]] | None = None) -> TextKind:
    blocks = {"can_cu": GROUNDS, "danh_sach": rows}
    return TextKind(code, title, DECISION | (more or {}), blocks, ("can_cu", "danh_sach"))


_ALL = (
    TextKind("form_01", "Mẫu 01: đề nghị rà soát", _APPLICATION, _FORM_BLOCKS, ("thong_tin", "thanh_vien")),
    TextKind("form_01_average", "Mẫu 01: xác định mức sống trung bình", _APPLICATION, _FORM_BLOCKS, ("thong_tin",)),
    TextKind("form_01_worker", "Đề nghị xác định lao động thu nhập thấp", _APPLICATION, _FORM_BLOCKS, ("thong_tin",)),
    TextKind("form_04", "Mẫu 04: đề nghị công nhận thoát nghèo", _APPLICATION, _FORM_BLOCKS, ("thong_tin",)),
    TextKind(
        "receipt",
        "Giấy tiếp nhận và hẹn trả",
        PLACE
        | _PERSON
        | {
            "so": ("số trong sổ nhận", "15/2026"),
            "ngay_nhan": ("ngày nhận", "ngày 15 tháng 9 năm 2026"),
            "ly_do": ("lý do đề nghị", "nhà bị lũ cuốn, mất việc làm"),
            "loai_giay": ("loại giấy", "Mẫu 01: đề nghị rà soát hộ nghèo, hộ cận nghèo"),
            "cach_nhan": ("cách nhận", "nộp trực tiếp"),
            "hen": ("hẹn trả lời", "trước ngày 14/12/2026, cùng kết quả rà soát định kỳ của xã"),
            "nguoi_nhan": ("người nhận", "Triệu Thị Hoa"),
        },
        {},
        ("so", "nguoi_de_nghi"),
    ),
    TextKind("list_i", "Phụ lục I", PLACE | VILLAGE | ROUND | COUNTS, {"danh_sach": ROWS}, ("danh_sach",)),
    TextKind(
        "minutes",
        "Phụ lục V: biên bản họp dân",
        PLACE
        | VILLAGE
        | ROUND
        | {
            "lan_hop": ("họp lần thứ", "1"),
            "ngay_hop": ("ngày họp", "ngày 10 tháng 11 năm 2026"),
            "bat_dau": ("bắt đầu lúc", "19 giờ 30"),
            "ket_thuc": ("kết thúc lúc", "21 giờ 15"),
            "noi_hop": ("nơi họp", "Nhà văn hóa thôn"),
            "chu_tri": ("chủ trì", "Nông Văn Tài"),
            "thu_ky": ("thư ký", "Bế Thị Lan"),
            "so_nguoi": ("số người dự", "42"),
            "y_kien": ("ý kiến tại cuộc họp", "Các hộ nhất trí với kết quả chấm điểm."),
            "so_dat": ("số hộ được từ 50% người dự đồng ý", "11"),
            "so_khong_dat": ("số hộ phải rà soát lại", "1"),
        },
        {"thanh_phan": "thành phần dự họp", "danh_sach": "kết quả từng hộ và biểu quyết"},
        ("danh_sach",),
    ),
    TextKind(
        "posting",
        "Thông báo niêm yết",
        PLACE
        | VILLAGE
        | ROUND
        | {
            "lan": ("lần niêm yết", "1"),
            "tu_ngay": ("từ ngày", "ngày 12 tháng 11 năm 2026"),
            "den_ngay": ("đến hết ngày", "ngày 17 tháng 11 năm 2026"),
            "noi_niem_yet": ("nơi niêm yết", "Nhà văn hóa thôn Nà Mạ; Trụ sở UBND xã"),
            "cua": ("của kết quả nào", "kết quả rà soát đã họp dân"),
        },
        {"danh_sach": "họ tên chủ hộ, thôn, phân loại; không có gì khác"},
        ("danh_sach", "den_ngay"),
    ),
    TextKind("complaint_receipt", "Giấy nhận khiếu nại", _COMPLAINT, {}, ("nguoi_khieu_nai", "han")),
    TextKind(
        "complaint_answer",
        "Thông báo kết quả phúc tra",
        _COMPLAINT
        | {
            "ket_qua": ("kết quả phúc tra", "giữ nguyên kết quả"),
            "tra_loi": ("trả lời", "Đoàn phúc tra chấm lại: B1 130 điểm, B2 30 điểm."),
            "ngay_tra_loi": ("ngày trả lời", "ngày 24 tháng 11 năm 2026"),
        },
        {},
        ("nguoi_khieu_nai", "tra_loi"),
    ),
    TextKind(
        "list_vi", "Phụ lục VI", PLACE | ROUND | COUNTS, {"danh_sach": ROWS, "thoat": ROWS}, ("danh_sach", "thoat")
    ),
    TextKind(
        "opinion_request",
        "Công văn xin ý kiến",
        _OPINION,
        {"tong_hop": "số hộ từng thôn", "danh_sach": ROWS},
        ("danh_sach",),
    ),
    TextKind("opinion_agree", "Cấp trên thống nhất", _OPINION, {"nhan_xet": "nhận xét từng hộ"}, ("tham_quyen",)),
    TextKind("opinion_return", "Cấp trên trả lại", _OPINION, {"nhan_xet": "nhận xét từng hộ"}, ("y_kien", "nhan_xet")),
    _decision("decision_recognised", "Quyết định công nhận hộ nghèo, hộ cận nghèo"),
    _decision("decision_escaped", "Quyết định công nhận hộ thoát nghèo, hộ thoát cận nghèo"),
    _decision("decision_average", "Quyết định công nhận hộ có mức sống trung bình"),
    _decision("decision_worker", "Quyết định công nhận người lao động có thu nhập thấp"),
    _decision(
        "decision_correction",
        "Quyết định đính chính",
        rows="hộ, phân loại đã ghi, phân loại đúng",
        more={
            "dinh_chinh": ("quyết định được đính chính", "Quyết định số 45/QĐ-UBND ngày 10/12/2026"),
            "ly_do": ("lý do đính chính", "ghi nhầm phân loại khi lập danh sách"),
        },
    ),
    TextKind(
        "certificate",
        "Mẫu 03: giấy chứng nhận",
        PLACE
        | PAPER
        | SIGNER
        | {
            "nam": ("năm rà soát", "2026"),
            "chu_ho": ("chủ hộ", "Lò Văn An"),
            "dan_toc": ("dân tộc", "Tày"),
            "so_dinh_danh": ("số định danh, chỉ ba số cuối", "•••••••••123"),
            "noi_o": ("nơi thường trú", "Thôn Nà Mạ, xã Trường Hà, tỉnh Cao Bằng"),
            "phan_loai": ("phân loại", "hộ nghèo"),
            "quyet_dinh": ("theo quyết định", "Quyết định số 45/QĐ-UBND ngày 10/12/2026"),
            "hieu_luc": ("có giá trị từ", "ngày 01 tháng 01 năm 2027"),
            "den_truoc": ("hết giá trị", "đến trước ngày 01/01/2028"),
        },
        {"thanh_vien": "bảng thành viên hộ"},
        ("chu_ho", "phan_loai", "quyet_dinh"),
    ),
    TextKind(
        "refusal",
        "Văn bản trả lời không công nhận",
        PLACE
        | PAPER
        | SIGNER
        | {
            "nguoi_nhan": ("người nhận", "Lò Văn An"),
            "ve_viec": ("về giấy nào", "giấy đề nghị số 15/2026 nhận ngày 15/9/2026"),
            "ly_do": ("lý do", "hộ có từ 4 tiêu chí trở lên của Phiếu A"),
            "vi_sao": ("loại lý do", "không qua Phiếu A"),
        },
        {},
        ("nguoi_nhan", "ly_do"),
    ),
    TextKind("subject_answer", "Trả lời chủ thể dữ liệu", _SUBJECT, {}, ("nguoi_yeu_cau", "tra_loi")),
    TextKind(
        "subject_data",
        "Dữ liệu của hộ",
        _SUBJECT | {"tinh_den": ("tính đến", "ngày 16 tháng 11 năm 2026")},
        {
            "ho": "về hộ",
            "thanh_vien": "bảng thành viên",
            "cong_nhan": "các lần công nhận",
            "phieu": "các phiếu rà soát",
        },
        ("ho", "thanh_vien"),
    ),
)
TEXTS = {one.code: one for one in _ALL}
