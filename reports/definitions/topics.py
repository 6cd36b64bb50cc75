"""The headings below "Kết quả", in the order of a district's wrap-up, and which figures stand under which."""

from collections.abc import Iterable
from dataclasses import dataclass

from programs.catalogue import ancestors
from reports.sentences.series import series_words
from reports.tables import Figure


@dataclass(frozen=True, slots=True)
class Topic:
    """``programmes`` with all their parts; ``measures`` are those of no programme."""

    title: str
    programmes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


_SERIES = tuple(code for words in series_words() for code in (words.count, words.rate) if code)

POVERTY = Topic(
    "Kết quả giảm hộ nghèo, hộ cận nghèo",
    measures=(
        *_SERIES,
        "average_yearly_poor_rate_fall",
        "income_against_plan",
        "escaped_households",
        "returned_households",
        "new_poor_households",
    ),
)
RESOURCES = Topic(
    "Nguồn lực thực hiện", ("all",), ("budget_planned", "budget_allocated", "budget_disbursed", "mobilised")
)
TOPICS = (
    Topic("Xây dựng nông thôn mới", ("NTM",)),
    Topic("Tín dụng chính sách xã hội", ("TDCS",)),
    Topic("Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế", ("PTSX", "GNBV-2016-DA3")),
    Topic("Hỗ trợ nhà ở", ("NHAO",)),
    Topic("Y tế, bảo hiểm y tế", ("BHYT",)),
    Topic("Trợ giúp pháp lý", ("TGPL",)),
    Topic("Đào tạo nghề, giải quyết việc làm", ("DAOTAONGHE",)),
    Topic("Đưa lao động đi làm việc ở nước ngoài", ("XKLD",)),
    Topic("Đầu tư cơ sở hạ tầng theo Chương trình 30a và Chương trình 135", ("30a", "135")),
    Topic("Hỗ trợ tiền điện", ("TIENDIEN",)),
    Topic("Trợ cấp xã hội, cứu đói", ("TGXH", "CUUDOI")),
    Topic("Chăm sóc người cao tuổi", ("NCT",)),
    Topic("Bảo vệ, chăm sóc trẻ em", ("TREEM",)),
    Topic("Ưu đãi người có công với cách mạng", ("NCC",)),
)
OTHER = Topic("Các chỉ tiêu khác")
_ALL = (POVERTY, RESOURCES, *TOPICS)
_ORDER = (RESOURCES, *TOPICS, POVERTY)


def topic_of(figure: Figure) -> Topic:
    """The one heading a figure stands under; what no heading claims stands under OTHER."""
    key = figure.key
    if not key.programme:
        return next((topic for topic in _ALL if key.measure in topic.measures), OTHER)
    for code in (key.programme, *(line.code for line in ancestors(key.programme))):
        for topic in _ALL:
            if code in topic.programmes:
                return topic
    return OTHER


def place_in_order(figure: Figure) -> int:
    """Where a figure's heading stands; what no heading claims comes last."""
    topic = topic_of(figure)
    return _ORDER.index(topic) if topic in _ORDER else len(_ORDER)


def under(topic: Topic, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if topic_of(figure) is topic)
