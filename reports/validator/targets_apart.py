from collections.abc import Iterator

from reports.tables import Finding, Qualifier
from reports.validator.evidence import Evidence, finding, name_of


def targets_apart(evidence: Evidence) -> Iterator[Finding]:
    """A target measure entered as a result would be told as something reached."""
    for figure in evidence.figures:
        if figure.key.measure.startswith("target_") and figure.qualifier is not Qualifier.TARGET:
            message = f"{name_of(figure.key)} là chỉ tiêu phấn đấu nhưng được nhập như một kết quả."
            yield finding("targets_apart", "error", message, evidence, figure, expected="loại giá trị “target”")
