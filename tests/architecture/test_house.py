"""The house rules that a machine can keep (docs/design; import directions are in pyproject.toml)."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("povertyportal", "households", "programs", "reports")
ORDER = {"povertyportal": 0, "households": 1, "programs": 2, "reports": 3}
PLAIN = (
    "reports.tables",
    "reports.reported.series",
    "reports.charts",
    "reports.sentences",
    "reports.definitions",
    "povertyportal.vietnamese",
    "povertyportal.documents.parts",
    "programs.catalogue",
    "households.areas.planning.plan",
    "households.areas.restate",
    "households.areas.timeline",
    "households.areas.tree",
    "households.areas.units",
    "households.registry.demonstration.district",
    "households.registry.ethnicities",
    "households.surveys.codes",
    "households.surveys.demonstration.fitting",
    "households.surveys.checks.findings",
    "households.registry.identity",
    "households.registry.merging.spans",
    "households.registry.finding.misspelt",
    "households.registry.finding.name_keys",
    "households.registry.replaying",
    "households.registry.roster",
    "households.registry.withdrawing.adding_up",
    "households.review.calendar.shipped",
    "households.review.deadlines",
    "households.review.demonstration.timetable",
    "households.review.rights",
    "households.registry.finding.terms",
    "households.criteria.ages_asked",
    "households.criteria.law.parts",
    "households.criteria.law.proving",
    "households.criteria.vocabulary",
    "households.criteria.engine.classify",
    "households.criteria.columns.classify",
    "households.criteria.columns.reading",
    "households.criteria.questionnaire.filling",
    "households.criteria.questionnaire.outcomes",
    "households.criteria.engine.result",
)
COUNTING_CALLS = {"Count", "Sum", "Avg", "aggregate"}
MAY_COUNT = re.compile(r"^(reports/statistics/.*|households/review/progress\.py|(.*/)?findings\.py)$")


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)


def counting(tree: ast.AST) -> set[str]:
    """Names of counting functions called anywhere in the module."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found |= {name} & COUNTING_CALLS
    return found


def test_foreign_keys_point_down() -> None:
    """The app order is the import order: a table refers only to its own app or to one below."""
    wrong = []
    for model in apps.get_models():
        package = model.__module__.split(".")[0]
        for field in model._meta.get_fields():
            related = getattr(field, "related_model", None)
            if package in ORDER and related and field.concrete and not field.auto_created:
                target = related.__module__.split(".")[0]
                if ORDER.get(target, -1) > ORDER[package]:
                    wrong.append(f"{model.__name__}.{field.name} → {related.__name__}")
    assert wrong == []


def test_only_the_statistics_count() -> None:
    wrong = {
        str(path.relative_to(ROOT)): sorted(names)
        for path in sources()
        if not MAY_COUNT.match(str(path.relative_to(ROOT))) and (names := counting(ast.parse(path.read_text())))
    }
    assert wrong == {}


@pytest.mark.parametrize("line", ["q.aggregate(n=1)", "models.Sum('x')", "Count('x')"])
def test_a_count_in_the_wrong_place_would_be_seen(line: str) -> None:
    assert counting(ast.parse(line))


@pytest.mark.parametrize("module", PLAIN)
def test_plain_python_stays_plain(module: str) -> None:
    """Importing it brings neither Django nor a database driver, also not by a detour."""
    code = f"import sys, {module}; print([m for m in ('django', 'psycopg2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def templates() -> set[str]:
    return {str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.*")}


def test_every_template_is_used() -> None:
    texts = [path.read_text() for path in sources()]
    texts += [(ROOT / "templates" / name).read_text() for name in templates()]
    django_finds_by_name = {"400.html", "403.html", "404.html", "500.html", "403_csrf.html"}
    django_finds_by_name |= {"registration/login.html", "registration/password_change_form.html"}
    unused = {name for name in templates() - django_finds_by_name if not any(name in text for text in texts)}
    assert unused == set()


def test_every_template_named_in_code_exists() -> None:
    named = re.compile(r"""["']((?:[\w-]+/)+[\w-]+\.(?:html|txt))["']""")
    texts = [path.read_text() for path in sources()]
    texts += [(ROOT / "templates" / name).read_text() for name in templates()]
    missing = {name for text in texts for name in named.findall(text)} - templates()
    assert missing == set()


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        else:
            yield address, entry


def test_every_url_has_a_name() -> None:
    assert [address for address, pattern in patterns(get_resolver()) if not pattern.name] == []


def test_pages_are_closed_unless_they_say_otherwise() -> None:
    """Views that need no sign-in are few and listed here; every other one is refused to strangers by the middleware."""
    open_views = {p.name for _, p in patterns(get_resolver()) if not getattr(p.callback, "login_required", True)}
    assert open_views == {"login", "sign_in_code", "logout", "set_language", "set_theme", "healthz"}


LONG_TEMPLATE = 150


def test_no_function_module_or_template_has_grown_too_long() -> None:
    """House numbers: no function above 60 lines, no module above 400, no template above 150."""
    wrong = []
    for path in sources():
        text = path.read_text()
        if text.count("\n") > 400:
            wrong.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    for name in templates():
        if name.endswith(".html") and (ROOT / "templates" / name).read_text().count("\n") > LONG_TEMPLATE:
            wrong.append(name)
    assert wrong == []
