"""What a decision is based on, as the form proposes it: from the round, its standard, the procedure and the superior's letter.
The official puts it right; what he leaves is kept with the decision."""

from collections.abc import Iterator

from households.criteria.queries import standard_of
from households.review.actions.authorities import authority_on
from households.review.models import Dossier
from households.review.procedures.shelf import procedure
from households.review.superior_models import Opinion
from povertyportal.vietnamese import format_date

LAWS = ("Luật", "Nghị định", "Nghị quyết", "Quyết định", "Thông tư")


def proposed_bases(dossier: Dossier, opinion: Opinion | None) -> list[str]:
    """Texts of papers, Vietnamese only; 1 query for each standard not read before."""
    return list(dict.fromkeys(_bases(dossier, opinion)))


def _bases(dossier: Dossier, opinion: Opinion | None) -> Iterator[str]:
    for source in procedure(dossier.procedure).sources:
        yield from (one.strip() for one in source.article.split(";") if one.strip().startswith(LAWS))
    for standard in (dossier.round.closing, dossier.round.opening):
        if standard is not None:
            law = standard_of(standard).provenance.basis
            yield f"{law.number} ngày {format_date(law.date)}" if law.date else law.number
    if not dossier.round.invented and (basis := dossier.round.legal_basis.strip()):
        yield basis
    if opinion is not None and opinion.answered_on is not None:
        known = authority_on(procedure(dossier.procedure), opinion.answered_on)
        number = f" số {opinion.answer_number}" if opinion.answer_number else ""
        who = known.title if known else "cấp trên"
        yield f"Văn bản{number} ngày {format_date(opinion.answered_on)} của {who}"
