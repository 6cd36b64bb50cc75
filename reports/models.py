"""The tables of this app; each lies with the code that writes it."""

from reports.reported.models import ReportedFigure

__all__ = ["ReportedFigure"]
