"""Báo cáo tổng kết giai đoạn: the wrap-up of a period for any area, headings as districts write them."""

from collections.abc import Sequence
from datetime import date

from povertyportal.vietnamese import day_in_text
from reports.charts.money import money_charts
from reports.charts.poverty import poverty_charts
from reports.definitions.base import Definition, Material
from reports.definitions.letterhead import committee, letterhead
from reports.definitions.tong_ket_tables import all_figures_table, other_table, poverty_table, programme_table
from reports.definitions.topics import OTHER, POVERTY, RESOURCES, TOPICS, Topic, under
from reports.reported.source import is_next_target, is_point
from reports.reported.vocabulary import find_standard, source_title
from reports.sentences.patterns import result_sentences, target_sentences
from reports.sentences.series import Point, points_of, series_sentences, series_words, stock_measures
from reports.sentences.writing import included
from reports.tables import Block, Figure, Missing, Paragraph, Qualifier, ReportData, Section, Sentence

_LETTERS = "abcdđeghiklmnopqrstuvxy"  # as Vietnamese lists run: a … y, then aa, ab …
_NOT_WRITTEN = Missing("Phần này do đơn vị tự viết; cổng thông tin chưa có nội dung.")
_NO_FIGURES = Missing("Chưa có số liệu nào được nhập cho mục này.")


def write_tong_ket(material: Material) -> ReportData:
    place, scope = material.place, material.scope
    about = _about(material, place.in_text)
    return ReportData(
        code=TONG_KET.code,
        scope=scope,
        letterhead=letterhead(place, scope, f"Tổng kết {_about(material, place.in_title)}"),
        opening=_opening(material),
        sections=_sections(material),
        closing=(_paragraph(f"Trên đây là báo cáo tổng kết {about} của {committee(place.in_text)}."),),
        appendices=(all_figures_table(material),) if material.source.figures else (),
        standards=_standards(material.source.figures),
        basis=_basis(material),
        figures=material.source.figures,
    )


TONG_KET = Definition("tong-ket", "Báo cáo tổng kết giai đoạn", write_tong_ket)


def _about(material: Material, named: str) -> str:
    return f"công tác giảm nghèo {material.period} trên địa bàn {named}"


def _paragraph(*texts: str | Sentence, bullet: bool = False) -> Paragraph:
    return Paragraph(tuple(Sentence(text) if isinstance(text, str) else text for text in texts), bullet)


def _opening(material: Material) -> tuple[Paragraph, ...]:
    """The standards that the results are counted by, where they existed on the day of the report and every result
    names its own, then the subject."""
    named = () if _days_without_standard(material) else _standards(_results(material))
    found = [find_standard(code) for code in named]
    grounds = [
        f"Căn cứ {standard.document} {standard.about}"
        for standard in found
        if standard.about and standard.applied_from and standard.applied_from <= material.scope.on
    ]
    ends = [";"] * (len(grounds) - 1) + ["."]
    subject = f"kết quả thực hiện công tác giảm nghèo {material.period} như sau:"
    return (
        *(_paragraph(ground + end) for ground, end in zip(grounds, ends, strict=False)),
        _paragraph(f"{committee(material.place.in_text)} báo cáo {subject}"),
    )


def _sections(material: Material) -> tuple[Section, ...]:
    return (
        _written("I", "Đặc điểm tình hình", "Thuận lợi", "Khó khăn"),
        _steering(material),
        _results_section(material),
        _written("IV", "Đánh giá chung", "Kết quả đạt được", "Tồn tại, hạn chế và nguyên nhân", "Bài học kinh nghiệm"),
        Section("V", _next_title(material), 1, _targets(material, following=True) or (_NO_FIGURES,)),
        Section("VI", "Đề xuất, kiến nghị", 1, (_NOT_WRITTEN,)),
    )


def _written(number: str, title: str, *children: str) -> Section:
    """A heading whose text only the office knows."""
    parts = (Section(str(place), name, 2, (_NOT_WRITTEN,)) for place, name in enumerate(children, start=1))
    return Section(number, title, 1, (), tuple(parts))


def _steering(material: Material) -> Section:
    money = _told(material, under(RESOURCES, _results(material)))
    children = (
        Section("1", "Công tác lãnh đạo, chỉ đạo", 2, (_NOT_WRITTEN,)),
        Section("2", "Công tác tuyên truyền", 2, (_NOT_WRITTEN,)),
        Section("3", "Chỉ tiêu, kế hoạch", 2, _targets(material, following=False) or (_NO_FIGURES,)),
        Section("4", RESOURCES.title, 2, money or (_NO_FIGURES,)),
    )
    return Section("II", "Công tác triển khai thực hiện", 1, (), children)


def _results_section(material: Material) -> Section:
    parts = [(POVERTY.title, _poverty(material))]
    parts += [_topic(material, topic) for topic in TOPICS]
    parts += [("Tổng hợp theo chương trình, chính sách", _summary(material))]
    others = other_table(material, under(OTHER, _results(material)))
    parts += [(OTHER.title, others)] if others else []
    lettered = (
        Section(letter(place), title, 3, blocks or (_NO_FIGURES,)) for place, (title, blocks) in enumerate(parts)
    )
    children = (
        Section("1", "Kết quả thực hiện các chương trình, chính sách", 2, (), tuple(lettered)),
        Section("2", "Cách làm hay, mô hình hiệu quả", 2, (_NOT_WRITTEN,)),
        Section("3", "Công tác thông tin, kiểm tra, giám sát", 2, (_NOT_WRITTEN,)),
        Section("4", "Công tác khen thưởng", 2, (_NOT_WRITTEN,)),
    )
    return Section("III", "Kết quả thực hiện", 1, (), children)


def letter(place: int) -> str:
    before, own = divmod(place, len(_LETTERS))
    return (_LETTERS[before - 1] if before else "") + _LETTERS[own]


def _poverty(material: Material) -> tuple[Block, ...]:
    figures = under(POVERTY, _results(material))
    series = [(words, points_of(words, figures)) for words in series_words()]
    blocks: list[Block] = [
        _paragraph(*series_sentences(words, points, place=material.place.whole)) for words, points in series if points
    ]
    blocks += _unknown_ends(series[0][1])
    in_series = {one.key for _words, points in series for point in points for one in (point.count, point.rate) if one}
    rest = [figure for figure in figures if figure.key not in in_series]
    blocks += _told(material, rest)
    blocks += poverty_table(material, series)
    return (*blocks, *poverty_charts(series[:2], material.scope, material.period))


def _unknown_ends(points: Sequence[Point]) -> list[Block]:
    """Said on screen when the count of poor households is not known on two days."""
    if len(points) > 1:
        return []
    known = "mới có ở một thời điểm" if points else "đầu kỳ và cuối kỳ chưa được nhập"
    return [Missing(f"Số hộ nghèo {known} nên chưa tính được mức tăng, giảm.")]


def _summary(material: Material) -> tuple[Block, ...]:
    results = _results(material)
    return (*programme_table(material, results), *money_charts(results, material.scope))


def _topic(material: Material, topic: Topic) -> tuple[str, tuple[Block, ...]]:
    figures = under(topic, _results(material))
    return topic.title_for(figures), _told(material, figures)


def _told(material: Material, figures: Sequence[Figure]) -> tuple[Block, ...]:
    scope = material.scope
    sentences = result_sentences(figures, first=scope.period_from, last=scope.period_to)
    return tuple(_paragraph(sentence, bullet=len(sentences) > 1) for sentence in sentences)


def _targets(material: Material, *, following: bool) -> tuple[Block, ...]:
    """Targets of the next period, or those that were set for this one; other targets than results are never mixed."""
    last = material.scope.period_to
    targets = [figure for figure in material.narrated if figure.qualifier is Qualifier.TARGET]
    chosen = [figure for figure in targets if is_next_target(figure, last) is following]
    blocks: list[Block] = []
    for period, clauses in target_sentences(chosen):
        subject = material.place.in_text
        blocks.append(_paragraph(f"{period[:1].upper()}{period[1:]}, {subject} phấn đấu:"))
        blocks += [_paragraph(clause, bullet=True) for clause in clauses]
    return tuple(blocks)


def _next_title(material: Material) -> str:
    names = [period for period, _clauses in target_sentences(_next_targets(material))]
    return f"Mục tiêu {', '.join(names)}" if names else "Phương hướng, mục tiêu thời gian tới"


def _next_targets(material: Material) -> list[Figure]:
    last = material.scope.period_to
    return [figure for figure in material.narrated if is_next_target(figure, last)]


def _results(material: Material) -> tuple[Figure, ...]:
    return tuple(figure for figure in material.narrated if figure.qualifier is not Qualifier.TARGET)


def _standards(figures: Sequence[Figure]) -> tuple[str, ...]:
    """In the order they were applied."""
    codes = {figure.key.standard for figure in figures if figure.key.standard}
    return tuple(sorted(codes, key=lambda code: (find_standard(code).applied_from or date.max, code)))


def _basis(material: Material) -> tuple[str, ...]:
    """The map, the standards and the sources: what a reader must know to compare these figures with others."""
    figures = material.source.figures
    if not figures:
        return ()
    days = " và ".join(day_in_text(day) for day in sorted({figure.key.boundary_on for figure in figures}))
    notes = dict.fromkeys(included(figure) for figure in figures if is_point(figure.key) and "cũ" in included(figure))
    lines = [f"Số liệu của {material.place.in_text} theo địa giới hành chính ngày {days}{''.join(notes)}."]
    lines += _standard_lines(material)
    sources = "; ".join(dict.fromkeys(source_title(figure.report) for figure in figures))
    return (*lines, f"Nguồn: {sources}. Đây là số liệu đã công bố, không tổng hợp lại từ danh sách hộ.")


def _standard_lines(material: Material) -> list[str]:
    results = _standards(_results(material))
    aims = [code for code in _standards(material.source.figures) if code not in results]
    silent = _days_without_standard(material)
    subject = "Các số liệu hộ nghèo, hộ cận nghèo có nêu chuẩn" if silent else "Hộ nghèo, hộ cận nghèo"
    lines = [f"{subject} tính theo {_standard_text(code)}." for code in results]
    if silent:
        days = ", ".join(day_in_text(day) for day in silent)
        lines.append(f"Số liệu hộ nghèo, hộ cận nghèo ngày {days} có chỉ tiêu không nêu tính theo chuẩn nghèo nào.")
    return lines + [f"Chỉ tiêu phấn đấu tính theo {_standard_text(code)}." for code in aims]


def _days_without_standard(material: Material) -> list[date]:
    """Days on which some number of poor or near-poor households was published without its standard."""
    stocks = [one.key for one in _results(material) if is_point(one.key) and one.key.measure in stock_measures()]
    return sorted({key.period_to for key in stocks if not key.standard})


def _standard_text(code: str) -> str:
    standard = find_standard(code)
    return f"{standard.name} ({standard.document})" if standard.document else f"chuẩn nghèo “{standard.name}”"
