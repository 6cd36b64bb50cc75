"""Mẫu 01 and Mẫu 04: what a household hands in, blank or with what the register knows already."""

from datetime import date

from households.papers.review.issuing import BLANK_DATE, issuer
from households.papers.review.layout.parts import Blanks, Column, Document, Head, Signer, Table
from households.papers.review.wording.parsing import lines_to_write_on
from households.papers.review.words import SIGNED, put_together, sentence, sex_words, short_day
from households.registry.codes import Relation
from households.registry.ethnicities import name_of
from households.registry.state import HouseholdState, MemberState, state_on
from households.review.models import Intake, IntakeKind

ROWS = 6  # of the members' table at least
TEXT_OF = {
    IntakeKind.REVIEW: "form_01",
    IntakeKind.AVERAGE: "form_01_average",
    IntakeKind.WORKER: "form_01_worker",
    IntakeKind.ESCAPE: "form_04",
}
LABELS = {"form_01": "Mẫu số 01", "form_01_average": "Mẫu số 01", "form_01_worker": "", "form_04": "Mẫu số 04"}
_COLUMNS = (
    Column("TT", 3, middle=True),
    Column("Họ và tên", 13),
    Column("Giới tính", 5, middle=True),
    Column("Ngày, tháng, năm sinh", 8, middle=True),
    Column("Quan hệ với chủ hộ", 8),
    Column("Tình trạng (có việc làm, không có việc làm, đang đi học)", 13),
)


def application(kind: str, *, on: date, intake: Intake | None = None) -> Document:
    code = TEXT_OF[IntakeKind(kind)]
    state = state_on(intake.household_id, intake.received_on) if intake and intake.household_id else None
    values: dict[str, str | None] = {"ly_do": (sentence(intake.content) if intake else "") or lines_to_write_on(2)}
    if intake:
        values["xa"] = issuer(intake.commune_code, on=intake.received_on).commune
    return put_together(
        code,
        on,
        head=Head(date_line=BLANK_DATE),
        values=values,
        blocks={"thong_tin": _person(intake, state, code), "thanh_vien": members(state.members if state else ())},
        signers=(Signer("Người đề nghị", intake.applicant if intake else "", note=SIGNED),),
        label=LABELS[code],
    )


def _person(intake: Intake | None, state: HouseholdState | None, code: str) -> Blanks:
    """Who applies need not be the head: only his name and place are taken from the register of papers."""
    name, address = (intake.applicant, intake.address) if intake else ("", "")
    own = next((one for one in state.members if one.full_name == name), None) if state else None
    return Blanks(
        (
            (("Họ và tên", name), ("Giới tính", sex_words(own.sex) if own else "")),
            (("Ngày, tháng, năm sinh", birth(own) if own else ""), ("Dân tộc", name_of(own.ethnicity) if own else "")),
            (("Số CCCD/số định danh cá nhân", ""), ("Ngày cấp", "")),
            *([(("Cơ quan cấp", ""),)] if code == "form_04" else []),
            (("Nơi thường trú", address),),
            (("Nơi ở hiện tại", ""),),
        )
    )


def members(known: tuple[MemberState, ...]) -> Table:
    rows = [_row(turn, one) for turn, one in enumerate(known, start=1)]
    rows += [(str(turn), "", "", "", "", "") for turn in range(len(rows) + 1, ROWS + 1)]
    return Table(_COLUMNS, rows, room=True)


def _row(turn: int, one: MemberState) -> tuple[str, ...]:
    return (str(turn), one.full_name, sex_words(one.sex), birth(one), str(Relation(one.relation).label), "")


def birth(one: MemberState) -> str:
    return short_day(one.birth_date) or str(one.birth_year or "")
