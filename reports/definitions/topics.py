"""The headings below "Kết quả", in the order of a district's wrap-up, and which figures stand under which."""

from collections.abc import Iterable
from dataclasses import dataclass

from programs.catalogue import ancestors
from reports.sentences.series import series_words
from reports.tables import Figure


@dataclass(frozen=True, slots=True)
class Topic:
    """``programmes`` with all their parts; ``measures`` are those of no programme. ``named_by``: what the title goes on
    with when figures of that programme stand below it."""

    title: str
    programmes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    named_by: tuple[tuple[str, str], ...] = ()

    def title_for(self, figures: Iterable[Figure]) -> str:
        """ "Đầu tư cơ sở hạ tầng theo Chương trình 30a và Chương trình 135": a programme is named only when its
        figures are there."""
        lines = {line for figure in figures for line in _lines(figure.key.programme)}
        names = [name for code, name in self.named_by if code in lines]
        if not names:
            return self.title
        *most, last = names
        return f"{self.title} theo {' và '.join([', '.join(most), last]) if most else last}"


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
    "Nguồn lực thực hiện",
    ("all", "GNBV-2016", "GNBV-2021"),
    ("budget_planned", "budget_allocated", "budget_disbursed", "disbursement_rate", "mobilised"),
)
TOPICS = (
    Topic("Xây dựng nông thôn mới", ("NTM",)),
    Topic("Tín dụng chính sách xã hội", ("TDCS",)),
    Topic(
        "Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế",
        ("PTSX", "GNBV-2016-DA3", "GNBV-2021-DA2", "GNBV-2021-DA3"),
    ),
    Topic("Hỗ trợ nhà ở", ("NHAO", "GNBV-2021-DA5")),
    Topic("Hỗ trợ đất ở, đất sản xuất, nước sinh hoạt", ("DAT", "NUOC")),
    Topic("Y tế, bảo hiểm y tế", ("BHYT",)),
    Topic("Hỗ trợ giáo dục", ("HOCPHI",)),
    Topic("Trợ giúp pháp lý", ("TGPL",)),
    Topic("Đào tạo nghề, giải quyết việc làm", ("DAOTAONGHE", "GNBV-2021-DA4")),
    Topic("Đưa lao động đi làm việc ở nước ngoài", ("XKLD",)),
    Topic(
        "Đầu tư cơ sở hạ tầng",
        ("30a", "135", "GNBV-2021-DA1"),
        named_by=(("30a", "Chương trình 30a"), ("135", "Chương trình 135"), ("GNBV-2021-DA1", "Dự án 1")),
    ),
    Topic("Hỗ trợ tiền điện", ("TIENDIEN",)),
    Topic("Trợ cấp xã hội, cứu đói", ("TGXH", "CUUDOI")),
    Topic("Chăm sóc người cao tuổi", ("NCT",)),
    Topic("Bảo vệ, chăm sóc trẻ em", ("TREEM",)),
    Topic("Ưu đãi người có công với cách mạng", ("NCC",)),
    Topic("Quỹ “Vì người nghèo”", ("QUYNGHEO",)),
    Topic("Truyền thông và giảm nghèo về thông tin", ("GNBV-2016-DA4", "GNBV-2021-DA6")),
    Topic("Nâng cao năng lực và giám sát, đánh giá", ("GNBV-2016-DA5", "GNBV-2021-DA7")),
)
OTHER = Topic("Các chỉ tiêu khác")
_ALL = (POVERTY, RESOURCES, *TOPICS)
_ORDER = (RESOURCES, *TOPICS, POVERTY)


def topic_of(figure: Figure) -> Topic:
    """The one heading a figure stands under; what no heading claims stands under OTHER."""
    key = figure.key
    if not key.programme:
        return next((topic for topic in _ALL if key.measure in topic.measures), OTHER)
    for code in _lines(key.programme):
        for topic in _ALL:
            if code in topic.programmes:
                return topic
    return OTHER


def _lines(programme: str) -> tuple[str, ...]:
    """The programme and what it is a part of, nearest first."""
    return (programme, *(line.code for line in ancestors(programme)))


def place_in_order(figure: Figure) -> int:
    """Where a figure's heading stands; what no heading claims comes last."""
    topic = topic_of(figure)
    return _ORDER.index(topic) if topic in _ORDER else len(_ORDER)


def under(topic: Topic, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if topic_of(figure) is topic)
