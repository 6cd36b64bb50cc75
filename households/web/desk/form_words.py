"""Sentences of the form's script: they stand in the page, because a script knows no language."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """{n}, {name}, {at}, {year}, {old}, {value}: filled in by the script."""
    return _of_saving() | _of_fields() | _of_conflicts()


def _of_saving() -> dict[str, str]:
    return {
        "saved": _("Đã lưu lúc {at}"),
        "nothing": _("Chưa có gì mới"),
        "typed": _("Đang gõ…"),
        "saving": _("Đang lưu…"),
        "cut": _("Chưa gửi được: {n} thay đổi, giữ trên máy này. Cổng tự gửi lại."),
        "cut_lost": _("Chưa gửi được: {n} thay đổi. Máy này không giữ được: đừng đóng trang."),
        "out": _("Phiên đăng nhập đã hết: {n} thay đổi giữ trên máy này, gửi khi bạn đăng nhập lại."),
        "out_lost": _("Phiên đăng nhập đã hết: {n} thay đổi. Đừng đóng trang; hãy đăng nhập ở thẻ khác."),
        "refused": _("Chưa lưu {n} thay đổi: {told}"),
        "refused_plain": _("cổng không nhận; hãy tải lại trang để xem phiếu còn mở không."),
        "closed": _("Phiếu không còn nhận thay đổi."),
        "no_device": _(
            "Địa chỉ này không phải https nên trình duyệt không cho giữ bản chưa gửi trên máy: mất mạng thì đừng đóng trang."
        ),
        "others": _("{name} cũng đang mở phiếu này."),
        "left_behind": _("Đang gửi {n} thay đổi máy này giữ từ lần trước."),
    }


def _of_fields() -> dict[str, str]:
    return {
        "person": _("người thứ {n}"),
        "not_asked": _("Không hỏi ở tuổi này."),
        "last_year": _("Năm {year}: {old}"),
        "same_as_last_year": _("như năm {year}"),
        "equals": _("phím = lấy như năm {year}"),
        "ditto": _('phím " lấy như dòng trên'),
        "form_before": _('phím " lấy như phiếu trước: {value}'),
        "taken": _("Đã lấy lại {n} ô của năm trước."),
        "none_taken": _("Không có ô trống nào lấy lại được; câu hỏi của riêng từng năm thì phải hỏi lại."),
        "removed": _("Đã bỏ {name}."),
        "row_without_name": _("dòng {n}"),
        "by_others": _("Người khác vừa ghi ô này."),
        "none": _("để trống"),
        "remove": _("Bỏ dòng {n}"),
    }


def _of_conflicts() -> dict[str, str]:
    return {
        "stands": _("Đang dùng: {value} ({name}, {at})"),
        "waits": _("{name} ghi lúc {at}: {value}"),
        "you": _("bạn"),
        "keep": _("Giữ: {value}"),
        "take": _("Dùng: {value}"),
        "decided": _("Đã chọn “{value}”."),
    }
