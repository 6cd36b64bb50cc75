"""What the checks stand on: articles, each with how far it was compared with the text, or experience. Plain Python."""

_UNREAD = " (chưa đối chiếu văn bản)"

RESIDENCE = "Điều 10 Luật Cư trú 2020" + _UNREAD
FAMILY = "Điều 2, Điều 8 Luật Hôn nhân và gia đình 2014" + _UNREAD
IDENTITY = "Điều 19 Luật Căn cước 2023: từ đủ 14 tuổi phải có thẻ" + _UNREAD
NUMBER = "Cấu trúc số định danh cá nhân, Nghị định 137/2015/NĐ-CP, Thông tư 07/2016/TT-BCA"
SCHOOL_AGE = "Điều 28 Luật Giáo dục 2019: lớp 1 từ 6 tuổi, lớp 6 từ 11 tuổi, lớp 10 từ 15 tuổi, tính theo năm" + _UNREAD
COMPULSORY_SCHOOL = "Điều 14 Luật Giáo dục 2019: giáo dục tiểu học là bắt buộc" + _UNREAD
CHILD_WORK = "Điều 143, Điều 145 Bộ luật Lao động 2019: người chưa đủ 15 tuổi" + _UNREAD
RETIREMENT = "Tuổi lao động theo Điều 169 Bộ luật Lao động 2019" + _UNREAD
PENSION = "Điều 169 Bộ luật Lao động 2019: nghỉ hưu sớm cũng không trước 45 tuổi trừ diện riêng" + _UNREAD
INSURANCE = "Điều 12 Luật Bảo hiểm y tế: nhóm tham gia bắt buộc hoặc được ngân sách đóng" + _UNREAD
ASSISTANCE = "Điều 5 Nghị định 20/2021/NĐ-CP; từ 01/7/2025 Điều 21 Luật Bảo hiểm xã hội 2024" + _UNREAD
MINIMUM_WAGE = "Lương tối thiểu tháng vùng IV theo nghị định từng năm" + _UNREAD
FORM_B = "Phiếu B hỏi từng thành viên; danh sách, biểu báo cáo tách theo giới, dân tộc, quan hệ với chủ hộ" + _UNREAD
QUICK_SHEET = "Quyết định 24/2021/QĐ-TTg, Phụ lục II Thông tư 07/2021/TT-BLĐTBXH: Phiếu A trước Phiếu B" + _UNREAD
ROUND_DAYS = "Quyết định 24/2021/QĐ-TTg: rà soát trong thời gian của đợt"
CAUSES = "Biểu theo nguyên nhân của Thông tư 07/2021/TT-BLĐTBXH (Phụ lục VII)" + _UNREAD
GROUPS = "Biểu theo nhóm đối tượng của Thông tư 07/2021/TT-BLĐTBXH (Phụ lục VII)" + _UNREAD
MINORITY = GROUPS + "; hộ dân tộc thiểu số hiểu là chủ hộ hoặc vợ, chồng chủ hộ là người dân tộc thiểu số"
NO_CHECK = "kinh nghiệm"


def experience(text: str) -> str:
    return f"{NO_CHECK}: {text}"
