"""What a decision is based on, as the form proposes it: from the round, its standard, the procedure and the superior's letter.
The official puts it right; what he leaves is kept with the decision."""

from collections.abc import Iterator

from households.areas.units import split_name
from households.criteria.law.parts import LegalText
from households.criteria.queries import standard_of
from households.review.actions.authorities import authority_on
from households.review.models import Dossier
from households.review.procedures.parts import Authority
from households.review.procedures.shelf import procedure
from households.review.superior_models import Opinion
from povertyportal.documents.unit_names import named
from povertyportal.vietnamese import day_in_text

LAWS = ("Luật", "Nghị định", "Nghị quyết", "Quyết định", "Thông tư")
# Named whole where day and title were read; what is only recalled stands by its number for the official to complete.
NAMED = {
    "Quyết định 24/2021/QĐ-TTg": (
        "Quyết định số 24/2021/QĐ-TTg ngày 16/7/2021 của Thủ tướng Chính phủ quy định quy trình rà soát hộ nghèo, "
        "hộ cận nghèo hằng năm"
    )
}
ISSUERS = {"NĐ-CP": "Chính phủ", "QĐ-TTg": "Thủ tướng Chính phủ", "NQ-CP": "Chính phủ"}


def proposed_bases(dossier: Dossier, opinion: Opinion | None) -> list[str]:
    """Texts of papers, Vietnamese only; 1 query for each standard not read before."""
    return list(dict.fromkeys(_bases(dossier, opinion)))


def _bases(dossier: Dossier, opinion: Opinion | None) -> Iterator[str]:
    bound = [standard_of(one) for one in (dossier.round.closing, dossier.round.opening) if one is not None]
    known_laws = NAMED | {law.number: cited(law) for standard in bound for law in standard.texts}
    for source in procedure(dossier.procedure).sources:
        told = (one.strip() for one in source.article.split(";"))
        yield from (known_laws.get(one, one) for one in told if one.startswith(LAWS))
    yield from (cited(one.provenance.basis) for one in bound)
    if not dossier.round.invented and (basis := dossier.round.legal_basis.strip()):
        yield basis
    if opinion is not None and opinion.answered_on is not None:
        known = authority_on(procedure(dossier.procedure), opinion.answered_on)
        number = f" số {opinion.answer_number}" if opinion.answer_number else ""
        who = _named(dossier, known) if known else "cấp trên"
        yield f"Văn bản{number} ngày {day_in_text(opinion.answered_on)} của {who}"


def cited(law: LegalText) -> str:
    """ "Nghị định số 07/2021/NĐ-CP ngày 27/01/2021 của Chính phủ quy định chuẩn nghèo đa chiều giai đoạn 2021 - 2025"."""
    kind, blank, number = law.number.rpartition(" ")
    issuer = ISSUERS.get(number.rpartition("/")[2], "")
    parts = [f"{kind} số {number}" if blank else law.number]
    parts += [f"ngày {day_in_text(law.date)}"] if law.date else []
    parts += [f"của {issuer} {law.title[:1].lower()}{law.title[1:]}"] if issuer else []
    return " ".join(parts)


def _named(dossier: Dossier, known: Authority) -> str:
    """The chair who answered, by the name of his unit; his title where the map has none of that level."""
    unit = next((one for one in dossier.place.chain if one.level == known.level), None)
    return f"Chủ tịch Ủy ban nhân dân {named(*split_name(unit.name))}" if unit else known.title
