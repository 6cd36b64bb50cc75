"""What hangs where everybody reads it (name, village, class and nothing else), and what a complaint is answered."""

from households.papers.review.issuing import village_in_text
from households.papers.review.layout.parts import Column, Document, Signer
from households.papers.review.lists import LEADER, commune_of, village_name
from households.papers.review.words import (
    SIGNED,
    about_round,
    class_words,
    escape_words,
    in_words,
    numbered,
    put_together,
    sentence,
)
from households.registry.codes import RecognisedClass
from households.review.listed import Listed, listed
from households.review.models import Complaint, DossierPart, Posting

OF_TURN = {1: "kết quả rà soát", 2: "kết quả phúc tra"}
_COLUMNS = (Column("Họ và tên chủ hộ", 16), Column("Thôn, tổ dân phố", 14), Column("Kết quả", 12))


def posting_paper(posting: Posting) -> Document:
    """From what was frozen when it was posted."""
    part = posting.part
    from_ = commune_of(part.dossier)
    rows = [(one["name"], one["village"], shown_class(one["class"], one.get("before", ""))) for one in posting.shown]
    values = {
        "thon": village_in_text(village_name(part.dossier, part.area_code)) or from_.commune,
        "lan": str(posting.turn),
        "cua": OF_TURN[posting.turn],
        "tu_ngay": in_words(posting.starts_on),
        "den_ngay": in_words(posting.ends_on),
        "noi_niem_yet": "; ".join(posting.places) + ("; thông báo trên loa" if posting.loudspeaker else ""),
    }
    return put_together(
        "posting",
        posting.starts_on,
        head=from_.board(on=posting.starts_on),
        values=from_.values() | about_round(part.dossier.round) | values,
        blocks={"danh_sach": numbered(_COLUMNS, rows)},
        signers=(LEADER,),
    )


def shown_class(klass: str, before: str) -> str:
    """ "hộ nghèo", of one that is so no more "hộ thoát nghèo"."""
    return escape_words(before, klass) if klass in ("", RecognisedClass.NOT_POOR) else class_words(klass)


def complaint_receipt(complaint: Complaint) -> Document:
    signers = (
        Signer("Người khiếu nại", complaint.complainant, note=SIGNED),
        Signer("Người nhận", complaint.by.full_name, note=SIGNED),
    )
    return _of_complaint("complaint_receipt", complaint, signers=signers)


def complaint_answer(complaint: Complaint) -> Document:
    return _of_complaint("complaint_answer", complaint, signers=(LEADER,))


def _of_complaint(code: str, complaint: Complaint, *, signers: tuple[Signer, ...]) -> Document:
    part = complaint.part
    from_ = commune_of(part.dossier)
    answered = code == "complaint_answer"
    on = (complaint.answered_on if answered else None) or complaint.received_on
    told = {
        "thon": village_in_text(village_name(part.dossier, part.area_code)) or from_.commune,
        "nguoi_khieu_nai": complaint.complainant,
        "ve_ho": _about(complaint, part),
        "noi_dung": sentence(complaint.matter),
        "ngay_nhan": in_words(complaint.received_on),
        "han": in_words(complaint.due_on),
    }
    if answered:
        told |= {
            "ket_qua": str(complaint.get_outcome_display()),
            "tra_loi": sentence(complaint.answer),
            "ngay_tra_loi": in_words(complaint.answered_on),
        }
        told["ngay_nhan"] = f"Ngày{told['ngay_nhan'].removeprefix('ngày')}"
    values = from_.values() | about_round(part.dossier.round) | told
    return put_together(code, on, head=from_.board(on=on), values=values, signers=signers)


def _about(complaint: Complaint, part: DossierPart) -> str:
    if complaint.form_id is None:
        return complaint.about
    rows = listed(part.dossier, day=complaint.received_on, village=part.area_code)
    found: Listed | None = next((one for one in rows if one.form == complaint.form_id), None)
    return f"hộ ông (bà) {found.name}" if found else f"hộ H{complaint.form.household_id}" if complaint.form else ""
