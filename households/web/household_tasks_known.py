"""The things that can be recorded about a household: the words of their pages, and their forms."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from households.registry.codes import EventKind
from households.registry.models import HouseholdEvent
from households.registry.visible import WRITE
from households.web.household_forms import HouseholdForm
from households.web.household_forms_people import DeathForm, HeadForm, LeaveForm
from households.web.household_forms_person import BirthForm, JoiningForm
from households.web.household_forms_place import EndForm, MoveForm, PlaceForm, ResidenceForm
from households.web.household_forms_recognition import RecognitionForm
from households.web.household_forms_union import JoinForm, SplitForm

Words = str | Promise
TAKE_OVER, PLACE = "recognitions.take_over", "place"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to record: the words of its page. ``ended``: also for a household that is no more; ``belated``: for one that
    went away, of a day before."""

    title: Words
    note: Words
    text: Words
    button: Words
    form: type[HouseholdForm]
    action: str = WRITE
    preview: bool = True
    ended: bool = False
    belated: bool = False


@dataclass(frozen=True, slots=True)
class TaskLink:
    title: Words
    url: str
    note: Words


_SAVE = gettext_lazy("Lưu")
TASKS: dict[str, Task] = {
    "birth": Task(
        gettext_lazy("Ghi sinh"),
        gettext_lazy("trẻ mới sinh là thành viên của hộ"),
        gettext_lazy("Trẻ là thành viên của hộ từ ngày sinh. Chưa có số định danh thì ghi lý do."),
        _SAVE,
        BirthForm,
        belated=True,
    ),
    "join": Task(
        gettext_lazy("Thêm người vào hộ"),
        gettext_lazy("về làm dâu, rể, chuyển đến, nhận nuôi"),
        gettext_lazy("Người này là thành viên của hộ từ ngày vào hộ. Đang ở hộ khác thì trước hết ghi rời hộ ấy."),
        _SAVE,
        JoiningForm,
        belated=True,
    ),
    "death": Task(
        gettext_lazy("Ghi người mất"),
        gettext_lazy("khai tử một thành viên"),
        gettext_lazy(
            "Từ ngày mất, người này không còn là thành viên; các ngày trước vẫn giữ nguyên. Người cuối cùng mất thì hộ kết thúc."
        ),
        _SAVE,
        DeathForm,
    ),
    "leave": Task(
        gettext_lazy("Ghi người rời hộ"),
        gettext_lazy("đi lấy vợ, lấy chồng, chuyển đi một mình"),
        gettext_lazy("Từ ngày này người ấy không còn là thành viên. Nhiều người cùng đi lập hộ mới thì chọn “Tách hộ”."),
        _SAVE,
        LeaveForm,
    ),
    "head": Task(
        gettext_lazy("Đổi chủ hộ, quan hệ"),
        gettext_lazy("người khác làm chủ hộ, hoặc sửa quan hệ"),
        gettext_lazy("Chủ hộ và quan hệ mới tính từ ngày này; các ngày trước giữ như cũ."),
        _SAVE,
        HeadForm,
    ),
    "move": Task(
        gettext_lazy("Chuyển nơi ở"),
        gettext_lazy("cả hộ sang thôn khác hoặc xã khác"),
        gettext_lazy(
            "Cả hộ chuyển. Xã khác nhận hồ sơ từ ngày chuyển đến và thấy toàn bộ quá trình; xã cũ vẫn xem được những ngày trước. "
            "Ra khỏi nơi cổng quản lý thì chọn “Hộ không còn”."
        ),
        gettext_lazy("Chuyển hộ"),
        MoveForm,
    ),
    "split": Task(
        gettext_lazy("Tách hộ"),
        gettext_lazy("một số thành viên lập hộ mới"),
        gettext_lazy("Cổng lập một hộ mới cho những người được chọn. Công nhận của hộ này không tự sang hộ mới."),
        gettext_lazy("Tách hộ"),
        SplitForm,
    ),
    "merge": Task(
        gettext_lazy("Nhập vào hộ khác"),
        gettext_lazy("mọi thành viên sang một hộ khác"),
        gettext_lazy(
            "Hộ này kết thúc, mọi thành viên sang hộ kia. Một hộ bị ghi hai lần thì dùng trang “Người ghi trùng”."
        ),
        gettext_lazy("Nhập hộ"),
        JoinForm,
    ),
    "end": Task(
        gettext_lazy("Hộ không còn"),
        gettext_lazy("ra khỏi địa bàn cổng quản lý, giải thể"),
        gettext_lazy("Hộ kết thúc từ ngày này; hồ sơ và quá trình được giữ. Thành viên không còn thuộc hộ nào."),
        gettext_lazy("Kết thúc hộ"),
        EndForm,
    ),
    "residence": Task(
        gettext_lazy("Sửa địa chỉ, mã hộ"),
        gettext_lazy("khi gõ sai; không phải khi chuyển nhà"),
        gettext_lazy("Sửa lỗi gõ. Hộ chuyển nhà thì chọn “Chuyển nơi ở”. Cái sai còn trong lịch sử."),
        _SAVE,
        ResidenceForm,
        ended=True,
    ),
    PLACE: Task(
        gettext_lazy("Xếp vào thôn"),
        gettext_lazy("khi chưa rõ hộ ở thôn nào"),
        gettext_lazy("Cho hộ mà thay đổi đơn vị hành chính chưa xếp được, hoặc mới chuyển đến mà chưa rõ thôn."),
        _SAVE,
        PlaceForm,
    ),
    "recognition": Task(
        gettext_lazy("Tiếp nhận công nhận"),
        gettext_lazy("theo quyết định đã ban hành ngoài cổng"),
        gettext_lazy(
            "Ghi phân loại theo quyết định đã có. Dòng đã ghi không sửa, không xóa được; ghi sai thì đính chính bằng dòng mới."
        ),
        gettext_lazy("Ghi vào hồ sơ"),
        RecognitionForm,
        action=TAKE_OVER,
        ended=True,
    ),
}  # fmt: skip
CORRECT = Task(
    gettext_lazy("Sửa thông tin người"),
    "",
    gettext_lazy(
        "Sửa cái đã ghi sai; người ấy vẫn là một người. Cái sai còn trong lịch sử, ai sửa và vì sao cũng được ghi."
    ),
    _SAVE,
    HouseholdForm,
    preview=False,
)


def task_links(household_id: int, *, exists: bool, to_place: bool) -> list[TaskLink]:
    """For whoever may write there: what can be recorded. ``to_place``: its village is not known."""
    late = not exists and went_away(household_id)
    may = {slug: one for slug, one in TASKS.items() if exists or one.ended or (late and one.belated)}
    offered = {slug: one for slug, one in may.items() if to_place or slug != PLACE}
    return [
        TaskLink(one.title, reverse("households:task", args=[household_id, slug]), one.note)
        for slug, one in offered.items()
    ]


def went_away(household_id: int) -> bool:
    """Where it went into another household instead, or died out, nobody could have been left over."""
    rows = HouseholdEvent.objects.standing().filter(household=household_id, kind=EventKind.ENDED, part_of=None)
    return rows.exists()
