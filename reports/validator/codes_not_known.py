from collections.abc import Iterator

from programs.catalogue import find_programme
from reports.reported.vocabulary import find_measure
from reports.tables import Finding
from reports.validator.evidence import Evidence, finding


def codes_not_known(evidence: Evidence) -> Iterator[Finding]:
    """Measures and programmes without a name in the portal: they are printed by their code."""
    strange = [figure for figure in evidence.figures if _codes(figure.key.measure, figure.key.programme)]
    if strange:
        codes = dict.fromkeys(code for one in strange for code in _codes(one.key.measure, one.key.programme))
        message = f"Chưa có tên tiếng Việt trong danh mục, báo cáo in nguyên mã: {', '.join(codes)}."
        yield finding("codes_not_known", "note", message, evidence, *strange)


def _codes(measure: str, programme: str) -> list[str]:
    unknown = [] if find_measure(measure).known else [measure]
    return unknown + ([programme] if programme and not find_programme(programme).known else [])
