"""What somebody who asks about his data gets in writing: the answer, and all that is kept on his household."""

from datetime import date

from households.papers.review.applications import birth
from households.papers.review.issuing import Issuer, issuer, issuer_of
from households.papers.review.layout.parts import Blanks, Column, Document
from households.papers.review.words import (
    class_words,
    in_words,
    numbered,
    put_together,
    round_title,
    sentence,
    sex_words,
    short_day,
)
from households.registry.codes import Relation
from households.registry.ethnicities import name_of
from households.registry.models import Person, Recognition
from households.registry.numbers.sealed import masked
from households.registry.places import named_place
from households.registry.state import HouseholdState, state_on
from households.review.superior_models import SubjectRequest
from households.surveys.form_models import SurveyForm

_MEMBERS = (
    Column("Họ và tên", 12),
    Column("Sinh", 7, middle=True),
    Column("Giới tính", 4, middle=True),
    Column("Quan hệ", 8),
    Column("Dân tộc", 6),
    Column("Số định danh", 9, middle=True),
)
_RECOGNISED = (
    Column("Năm", 4, middle=True),
    Column("Phân loại", 10),
    Column("Quyết định", 12),
    Column("Từ ngày", 7, middle=True),
    Column("Đến trước", 7, middle=True),
)
_FORMS = (Column("Đợt", 10), Column("Vì sao rà soát", 16), Column("Tình trạng", 8))


def subject_answer(request: SubjectRequest) -> Document:
    """The last one that was given."""
    on = request.answered_on or request.first_on or request.received_on
    from_ = issuer(request.commune_code, on=request.received_on)
    return put_together(
        "subject_answer",
        on,
        head=from_.head(on=on),
        values=_values(request, from_),
        name=who.full_name if (who := request.answered_by or request.first_by) else "",
    )


def subject_data(request: SubjectRequest, *, on: date) -> Document:
    """Of the household that was found to be meant. Raises ValueError where none was."""
    if request.household_id is None:
        raise ValueError("no household is known of this request")
    from_ = issuer(request.commune_code, on=request.received_on)
    state = state_on(request.household_id, on)
    given = Recognition.objects.filter(household=request.household_id).order_by("validity__startswith", "pk")
    forms = (
        SurveyForm.objects.filter(household=request.household_id).select_related("round").order_by("round__year", "pk")
    )
    return put_together(
        "subject_data",
        on,
        head=from_.head(on=on),
        values=_values(request, from_) | {"tinh_den": in_words(on)},
        blocks={
            "ho": _home(state, on),
            "thanh_vien": numbered(_MEMBERS, _members(state), empty="Chưa ghi thành viên nào."),
            "cong_nhan": numbered(
                _RECOGNISED, [_recognised(one) for one in given], empty="Chưa được công nhận lần nào."
            ),
            "phieu": numbered(
                _FORMS,
                [(round_title(one.round), str(one.get_why_display()), str(one.get_state_display())) for one in forms],
                empty="Chưa có phiếu rà soát nào.",
            ),
        },
    )


def _promised(request: SubjectRequest, outcome: str) -> str:
    return f"{outcome}, hẹn làm xong {in_words(request.promised_on)}"


def _values(request: SubjectRequest, from_: Issuer) -> dict[str, str | None]:
    outcome = str(request.get_outcome_display())
    return {
        **from_.values(),
        "nguoi_yeu_cau": request.applicant,
        "yeu_cau": str(request.get_wish_display()),
        "noi_dung": sentence(request.content),
        "ngay": in_words(request.answered_on or request.first_on),
        "ngay_nhan": in_words(request.received_on),
        "ket_qua": outcome if request.outcome or not request.promised_on else _promised(request, outcome),
        "tra_loi": sentence(request.answer or request.first_answer),
    }


def _home(state: HouseholdState, on: date) -> Blanks:
    return Blanks(
        (
            (("Số hộ", f"H{state.household}"), ("Mã hộ của địa phương", state.local_code or "chưa ghi")),
            (("Nơi ở", _lives(state, on) or "chưa ghi"),),
        )
    )


def _lives(state: HouseholdState, on: date) -> str:
    if not state.area_code:
        return state.address
    place = named_place(state.area_code, on=on)
    return issuer_of(place).lived(state.address, place.village.name if place.village else "")


def _members(state: HouseholdState) -> list[tuple[str, ...]]:
    people = Person.objects.filter(pk__in=[one.person for one in state.members]).exclude(identity=None)
    numbers = {one.pk: masked(one.identity) for one in people.select_related("identity")}
    return [
        (
            one.full_name,
            birth(one),
            sex_words(one.sex),
            str(Relation(one.relation).label),
            name_of(one.ethnicity),
            numbers.get(one.person, ""),
        )
        for one in state.members
    ]


def _recognised(one: Recognition) -> tuple[str, ...]:
    decision = f"{one.decision_number}, {short_day(one.decision_date)}"
    return (
        str(one.year), class_words(one.klass), decision, short_day(one.validity.lower), short_day(one.validity.upper)
    )  # fmt: skip
