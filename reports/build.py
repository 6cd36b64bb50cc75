"""A definition, a source of figures and a scope → the report."""

from reports.definitions.base import Definition, Material, Place
from reports.definitions.tong_ket import TONG_KET
from reports.reported.source import ReportedSource
from reports.tables import ReportData, Scope

DEFINITIONS = {definition.code: definition for definition in (TONG_KET,)}


def build_report(definition: Definition, *, source: ReportedSource, scope: Scope, place: Place) -> ReportData:
    return definition.write(Material(scope=scope, place=place, source=source))
