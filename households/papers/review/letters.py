"""What the commune writes to one person: the receipt, the refusal."""

from datetime import date

from households.papers.review.issuing import issuer
from households.papers.review.layout.parts import Document, Signer
from households.papers.review.words import SIGNED, in_words, put_together, round_title, sentence, short_day
from households.review.models import Intake
from households.review.superior_models import Refusal

IN_ROUND = "cùng kết quả của đợt rà soát mà hộ được đưa vào danh sách"
ASK_HERE = "hỏi tại bộ phận tiếp nhận của xã"


def receipt_paper(intake: Intake) -> Document:
    """It promises the day that was told when the paper came in."""
    on = intake.received_on
    from_ = issuer(intake.commune_code, on=on)
    values = from_.values() | {
        "nguoi_de_nghi": intake.applicant,
        "dia_chi": intake.address or from_.commune,
        "ly_do": sentence(intake.content),
        "so": f"{intake.number:02}/{intake.year}",
        "ngay_nhan": in_words(on),
        "loai_giay": str(intake.get_kind_display()),
        "cach_nhan": "gửi qua bưu chính" if intake.by_post else "nộp trực tiếp",
        "hen": f"chậm nhất {in_words(intake.due_on)}, {ASK_HERE}" if intake.due_on else f"{IN_ROUND}; {ASK_HERE}",
        "nguoi_nhan": intake.by.full_name,
    }
    signers = (Signer("Người nộp", note=SIGNED), Signer("Người tiếp nhận", intake.by.full_name, note=SIGNED))
    return put_together("receipt", on, head=from_.head(on=on), values=values, signers=signers)


def refusal_paper(refusal: Refusal) -> Document:
    day = _map_day(refusal)
    from_ = issuer(refusal.area_code, on=day)
    values = from_.values() | {
        "so": refusal.number,
        "ngay": in_words(refusal.on),
        "nguoi_ky": refusal.signer,
        "chuc_vu": refusal.position,
        "nguoi_nhan": refusal.addressee,
        "ve_viec": _about(refusal),
        "ly_do": sentence(refusal.reason),
        "vi_sao": str(refusal.get_ground_display()),
    }
    return put_together(
        "refusal", refusal.on, head=from_.head(on=refusal.on), values=values, number=refusal.number, name=refusal.signer
    )


def _map_day(letter: Refusal) -> date:
    return letter.form.round.area_on if letter.form else letter.on


def _about(letter: Refusal) -> str:
    if letter.intake:
        return f"giấy đề nghị số {letter.intake.number:02}/{letter.intake.year} nhận ngày {short_day(letter.intake.received_on)}"
    return f"kết quả rà soát hộ trong đợt {round_title(letter.form.round)}" if letter.form else "đề nghị của ông (bà)"
