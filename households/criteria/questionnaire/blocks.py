"""What standards ask, block by block: the household, income, Phiếu A, B1, Phụ lục VIII, and the columns of the roster. Plain
Python."""

from collections.abc import Sequence
from dataclasses import replace

from households.criteria.asked import (
    BIRTH,
    Fields,
    fields_read,
    household_questions,
    member_questions,
    table_fields_read,
)
from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import INCOME_SHEET, AreaType, IncomeSource, IncomeSurvey
from households.criteria.questionnaire.sheet import FLAG, NONE_OF_ALL, AppliedStandard, Block, Control, Sheet, Way
from households.criteria.vocabulary import Field, Kind, vocabulary


def sheet_of(way: Way, standards: Sequence[AppliedStandard], area_type: AreaType, variant: str = "") -> Sheet:
    if way is Way.SCORES:
        return Sheet((), tuple(_scores(one) for one in standards if one.by_scores))
    if way is Way.INCOME:
        return Sheet((), (_income(), *(_deprivations(one) for one in standards)))
    return _full(standards, variant)


def _number(name: str, label: str, help: str = "", unit: str = "") -> Control:
    return Control(name, "number", label, help=help, unit=unit)


def _scores(applied: AppliedStandard) -> Block:
    count = (_count_of_a(applied),) if applied.standard.sheet_a else ()
    points = (
        _number(f"{applied.code}:b1", "Điểm B1", "Tổng điểm ghi trên phiếu."),
        _number(f"{applied.code}:b2", "Điểm B2", "Tổng điểm các chỉ số thiếu hụt."),
    )
    return Block(applied.standard.title, (*count, *points))


def _count_of_a(applied: AppliedStandard) -> Control:
    told = "Hộ có giấy đề nghị thì phải ghi; để trống nếu hộ không qua Phiếu A."
    return _number(f"{applied.code}:a", "Số tiêu chí Phiếu A hộ có", told)


def _income(without_points: Sequence[AppliedStandard] = ()) -> Block:
    titles = "; ".join(one.standard.title for one in without_points)
    note = f"Chuẩn không có điểm B1, cần thu nhập: {titles}." if titles else ""
    return Block("Thu nhập", (_income_month(),), note, key="income")


def _income_month() -> Control:
    return _number("income_month", "Thu nhập bình quân một người một tháng", unit="đồng")


def _deprivations(applied: AppliedStandard) -> Block:
    most = len(applied.standard.indicators)
    known = f"Từ 0 đến {most}." if most else "Danh sách chỉ số của chuẩn này chưa có; ghi số đã đếm được."
    count = (_count_of_a(applied),) if applied.standard.sheet_a else ()
    return Block(
        applied.standard.title, (*count, _number(f"{applied.code}:deprivations", "Số chỉ số thiếu hụt", known))
    )


def _full(standards: Sequence[AppliedStandard], variant: str) -> Sheet:
    blocks = [household_block(standards), *income_blocks(standards)]
    blocks += [_of_standard(applied, variant) for applied in standards]
    blocks += annual_blocks(standards)
    return Sheet(roster(standards), tuple(block for block in blocks if block.controls))


def household_block(standards: Sequence[AppliedStandard]) -> Block:
    """What the indicators ask of the household as a whole."""
    asked = household_questions(_fields(standards))
    return Block(
        "Nhà ở, nước, vệ sinh, thông tin", tuple(_control(f"h-{one.name}", one) for one in asked), key="household"
    )


def income_blocks(standards: Sequence[AppliedStandard]) -> list[Block]:
    """Only where a standard has no points of B1."""
    without_points = [one for one in standards if not one.by_scores]
    return [_income(without_points)] if without_points else []


def _fields(standards: Sequence[AppliedStandard]) -> Fields:
    found = Fields(frozenset(), frozenset())
    for applied in standards:
        found |= fields_read(applied.standard)
        found |= table_fields_read(applied.table) if applied.table else found
    return found


def roster(standards: Sequence[AppliedStandard]) -> tuple[Control, ...]:
    """Columns of a member. The two fields of the birth are one box: a date, or a year."""
    fields = _fields(standards)
    questions = [one for one in member_questions(fields) if one.name not in ("birth_date", "birth_year")]
    controls = [_control(one.name, one) for one in questions]
    if BIRTH in fields.member:
        controls.insert(1, BIRTH_BOX)
    return tuple(controls)


BIRTH_BOX = Control("birth", "text", "Ngày sinh", help="hoặc chỉ năm sinh")


def _control(name: str, question: Field) -> Control:
    if question.kind is Kind.FLAG:
        return Control(name, "choice", question.title, FLAG, question.asked)
    if question.kind is Kind.CHOICE:
        numbered = enumerate(question.options.items(), start=1)
        return Control(
            name, "choice", question.title, {code: f"{n} {words}" for n, (code, words) in numbered}, question.asked
        )
    if question.kind is Kind.CHOICES:
        return Control(
            name, "choices", question.title, {**question.options, NONE_OF_ALL: "Không có loại nào"}, question.asked
        )
    return Control(name, "number" if question.kind is Kind.AREA else "text", question.title, help=question.asked)


def _of_standard(applied: AppliedStandard, variant: str) -> Block:
    quick, points = quick_block(applied), b1_block(applied, variant)
    title = f"Phiếu A, Phiếu B1: {applied.standard.title}"
    return replace(points, title=title, controls=(*quick.controls, *points.controls))


def quick_block(applied: AppliedStandard) -> Block:
    """Phiếu A; without controls where the standard has none."""
    sheet = applied.standard.sheet_a
    controls: tuple[Control, ...] = ()
    if sheet and any(one.text for one in sheet.items):
        controls = tuple(_item(applied, one.code, one.text) for one in sheet.items)
    elif sheet:
        controls = (_count_of_a(applied),)
    return Block(f"Phiếu A: {applied.standard.title}", controls, key=f"a:{applied.code}")


def b1_block(applied: AppliedStandard, variant: str) -> Block:
    """Phiếu B1: boxes where there is a table of points, else the total; without controls where the standard has no points."""
    controls: tuple[Control, ...] = ()
    if applied.by_scores and applied.table:
        controls = tuple(_boxes(applied.code, applied.table, variant))
    elif applied.by_scores:
        controls = (_number(f"{applied.code}:b1", "Tổng điểm B1", "Ghi từ phiếu giấy."),)
    return Block(f"Phiếu B1: {applied.standard.title}", controls, _note(applied), key=f"b1:{applied.code}")


def _note(applied: AppliedStandard) -> str:
    if applied.table and applied.table.demonstration:
        least = (
            " Bảng thiếu nhóm nên tổng B1 là mức thấp nhất, thường chưa đủ để xếp loại."
            if applied.table.partial
            else ""
        )
        return f"Bảng điểm B1 minh họa, không phải bảng chính thức; kết quả chỉ để xem cách tính.{least}"
    if applied.region_open:
        return "B1 nhập bằng tổng điểm ghi trên phiếu giấy; chọn vùng của bảng điểm ở trên để tính từ các ô."
    if applied.by_scores and not applied.table:
        return "Chưa có bảng điểm B1 có hiệu lực: B1 nhập bằng tổng điểm ghi trên phiếu giấy."
    return ""


def _item(applied: AppliedStandard, code: str, text: str) -> Control:
    return Control(f"{applied.code}:a-{code}", "choice", f"{code}. {text}" if text else f"Tiêu chí {code}", FLAG)


def _boxes(code: str, table: B1Table, variant: str) -> list[Control]:
    """Groups of which something is ticked; the roster answers the rest."""
    controls = []
    for group in table.groups:
        boxes = {one.code: _box(one.name, one.points.get(variant)) for one in group.options if one.when is None}
        if boxes:
            kind = "choices" if group.multiple else "choice"
            controls.append(Control(f"{code}:t-{group.code}", kind, group.name, {**boxes, NONE_OF_ALL: "Không ô nào"}))
    return controls


def _box(name: str, points: int | None) -> str:
    return name if points is None else f"{name} ({points} điểm)"


def _surveys(standards: Sequence[AppliedStandard]) -> list[IncomeSurvey]:
    return [one.standard.income_survey for one in standards if one.standard.income_survey]


def _sources(standards: Sequence[AppliedStandard]) -> list[IncomeSource]:
    return list({source.code: source for survey in _surveys(standards) for source in survey.sources}.values())


def annual_blocks(standards: Sequence[AppliedStandard]) -> list[Block]:
    """Phụ lục VIII, where a standard has it."""
    return [_annual(standards)] if _sources(standards) else []


def _annual(standards: Sequence[AppliedStandard]) -> Block:
    controls = [_control("h-farming", vocabulary().household["farming"])]
    for one in _sources(standards):
        if one.net:
            controls.append(_number(f"y-{one.code}-revenue", f"{one.name}: tổng thu", unit="đồng"))
            controls.append(_number(f"y-{one.code}-cost", f"{one.name}: chi phí", unit="đồng"))
        else:
            controls.append(_number(f"y-{one.code}", one.name, unit="đồng"))
    note = (
        "Chỉ cần cho hộ có mức sống trung bình và người lao động có thu nhập thấp. Thu nhập 12 tháng, không kể trợ cấp."
    )
    names = {one.called for one in _surveys(standards)}
    called = names.pop() if len(names) == 1 else INCOME_SHEET
    return Block(f"{called}: thu nhập 12 tháng", tuple(controls), note, folded=True, key="annual")
