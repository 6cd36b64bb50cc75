"""Every named address of the portal, found in the URL resolver; a new one without an entry here fails the walk."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

# Addresses with arguments, and addresses that are only whole with a query: name → paths to open.
OPENED_AS: dict[str, tuple[str, ...]] = {
    "areas:tree": ("/areas/", "/areas/?on=2019-12-31", "/areas/?on=2026-01-01&q=hạ+long"),
    "areas:detail": ("/areas/193/?on=2019-12-31", "/areas/20017/?on=2026-01-01", "/areas/22/?on=2026-01-01"),
    "areas:changes": ("/areas/changes/", "/areas/changes/?unit=01392"),
    "areas:change": (
        "/areas/changes/merge/?unit=hạ+long",
        "/areas/changes/merge/?unit=01392&on=2026-12-01",
        "/areas/changes/split/?unit=01392",
        "/areas/changes/rename/?unit=22",
        "/areas/changes/create/",
        "/areas/changes/dissolve-districts/?unit=04",
    ),
    "areas:villages": ("/areas/01392/villages/", "/areas/06688/villages/?on=2026-01-01"),
    "areas:village_new": ("/areas/01392/villages/new/",),
    "areas:village_merge": ("/areas/01392/villages/merge/",),
    "areas:village_rename": ("/areas/villages/01392-001/rename/",),
    "areas:village_correct": ("/areas/villages/01392-001/correct/",),
    "areas:village_close": ("/areas/villages/01392-001/close/",),
    "approvals:list": ("/approvals/", "/approvals/?show=all"),
    "approvals:detail": ("/approvals/1/", "/approvals/3/"),
    "households:list": (
        "/households/",
        "/households/?q=an",
        "/households/?q=không+ai+tên+này&sex=female",
        "/households/?unplaced=1",
        "/households/?on=2025-01-01&head=0",
    ),
    "households:detail": ("/households/1/", "/households/1/?on=2022-06-30"),
    "households:numbers": ("/households/1/numbers/",),
    "households:events": ("/households/1/events/",),
    "households:documents": ("/households/1/papers/",),
    "households:history": ("/households/1/history/",),
    "households:task": tuple(
        f"/households/1/do/{task}/"
        for task in ("birth", "join", "death", "move", "split", "merge", "end", "residence", "recognition")
    ),
    "households:withdraw": ("/households/1/events/1/withdraw/",),
    "households:correct_person": ("/households/1/persons/1/correct/",),
    "households:duplicate": ("/households/duplicates/1/2/",),
    "rounds:list": ("/rounds/", "/rounds/?year=2025&area=hà", "/rounds/?year=1999"),
    "rounds:open": ("/rounds/new/",),
    "rounds:detail": ("/rounds/1/", "/rounds/5/"),
    "rounds:totals": ("/rounds/4/totals/",),
    "rounds:bind": ("/rounds/4/opening-standard/",),
    "rounds:withdraw": ("/rounds/4/withdraw/",),
    "surveys:list": (
        "/surveys/",
        "/surveys/?who=all",
        "/surveys/?who=all&state=returned",
        "/surveys/?area=01392&who=all",
    ),
    "surveys:list_households": ("/surveys/list-households/",),
    "surveys:sheets": ("/surveys/sheets/", "/surveys/sheets/?area=01392"),
    "surveys:slip": ("/surveys/1/result.pdf",),
    "surveys:add": ("/surveys/add/", "/surveys/add/?household=H1"),
    "surveys:household": ("/surveys/households/1/", "/surveys/households/1/?on=2025-12-31"),
    "surveys:assign": ("/surveys/assign/",),
    "surveys:return": ("/surveys/1/return/",),
    "surveys:drop": ("/surveys/1/drop/",),
    "surveys:form": ("/surveys/1/",),
    "surveys:history": ("/surveys/1/history/", "/surveys/1/history/?field=m0-birth"),
    "surveys:now": ("/surveys/1/now/", "/surveys/1/now/?base=0"),
    "surveys:finish": ("/surveys/1/finish/",),
    "standards:detail": ("/standards/nd07-2021/", "/standards/nd351-2025/", "/standards/tphcm-2021/?version=1"),
    "standards:try": (
        "/standards/try/",
        "/standards/try/?way=scores&standard=qd59-2015",
        "/standards/try/?on=22/11/2026&province=79&way=income",
        "/standards/try/?standard=qd59-2015&demonstration=on&variant=nmm",
        "/standards/try/?on=31/02/2026",
    ),
    "standards:form_a": ("/standards/qd59-2015/phieu-a.pdf",),
    "standards:form_b": ("/standards/nd07-2021/phieu-b.pdf?variant=nmm",),
    "standards:form_viii": ("/standards/nd07-2021/phu-luc-viii.pdf",),
    "standards:compare": ("/standards/compare/", "/standards/compare/?left=qd59-2015&right=nd07-2021"),
    "review:list": ("/review/", "/review/?round=5", "/review/?q=không+có+xã+này"),
    "review:open": ("/review/rounds/6/01392/average/", "/review/rounds/6/01392/periodic/"),
    "review:board": ("/review/1/", "/review/6/"),
    "review:steps": ("/review/1/steps/",),
    "review:propose": ("/review/6/forms/69/propose/",),
    "review:village": ("/review/6/villages/01392-004/", "/review/3/villages/01392-004/?show=complaint"),
    "review:meeting": ("/review/6/villages/01392-004/meeting/",),
    "review:complain": ("/review/6/villages/01392-004/complain/",),
    "review:post": ("/review/6/posting/", "/review/6/posting/?turn=2"),
    "review:complaints": ("/review/1/complaints/", "/review/4/complaints/"),
    "review:complaint": ("/review/1/complaints/1/",),
    "review:household": ("/review/households/1/",),
    "review:inbox": ("/review/inbox/", "/review/inbox/?show=answered"),
    "review:compile": ("/review/1/compile/", "/review/1/compile/?show=left"),
    "review:ask": ("/review/1/ask/",),
    "review:answer": ("/review/1/answer/", "/review/1/answer/?show=found", "/review/1/answer/?show=found-0"),
    "review:decide": ("/review/1/decide/",),
    "review:papers": ("/review/1/papers/",),
    "review:paper": ("/review/papers/list_vi/1.pdf",),
    "review:paper_sheet": ("/review/papers/list_vi/1.xlsx",),
    "review:blank": ("/review/papers/form_01.pdf", "/review/papers/certificate.pdf"),
    "review:text": ("/review/texts/posting/", "/review/texts/decision_recognised/"),
    "review:text_version": ("/review/texts/posting/0.pdf",),
    "review:decisions": ("/review/1/decisions/",),
    "review:decision": ("/review/decisions/1/",),
    "review:correct": ("/review/decisions/1/correct/",),
    "review:certificates": ("/review/1/certificates/",),
    "review:reprint": ("/review/certificates/1/reprint/",),
    "review:intakes": ("/review/intake/", "/review/intake/?state=late&q=lò", "/review/intake/?year=1999"),
    "review:intakes_file": ("/review/intake/register.xlsx?state=listed",),
    "review:intake": ("/review/intake/1/",),
    "review:intake_withdraw": ("/review/intake/1/withdraw/",),
    "review:intake_refuse": ("/review/intake/1/refuse/",),
    "review:refusals": ("/review/refusals/", "/review/refusals/?year=1999"),
    "review:refuse": ("/review/1/refusals/",),
    "review:subjects": ("/review/requests/", "/review/requests/?show=late"),
    "review:subject": ("/review/requests/1/",),
    "review:calendar": ("/review/calendar/", "/review/calendar/?year=2021", "/review/calendar/?year=2030"),
    "review:procedure": (
        "/review/procedures/periodic/",
        "/review/procedures/before_2022/",
        "/review/procedures/worker/",
    ),
    "standards:document": ("/standards/nd07-2021/1/document.toml", "/standards/tphcm-2021/1/document.json"),
    "standards:step": ("/standards/nd07-2021/1/check/", "/standards/caobang-2028/1/publish/"),
    "standards:b1": ("/standards/nd07-2021/b1/", "/standards/qd59-2015/b1/", "/standards/qd09-2011/b1/"),
    "standards:b1_new": ("/standards/nd07-2021/b1/new/",),
    "standards:b1_table": ("/standards/qd59-2015/b1/1/", "/standards/qd59-2015/b1/2/"),
    "standards:b1_points": ("/standards/qd59-2015/b1/1/points.csv", "/standards/qd59-2015/b1/2/points.xlsx"),
    "standards:b1_step": ("/standards/qd59-2015/b1/2/publish/",),
    "standards:b1_demonstration": ("/standards/qd59-2015/b1/demonstration/",),
    "standards:b1_template": ("/standards/nd07-2021/b1/template.csv", "/standards/qd59-2015/b1/template.xlsx"),
    "records:changes": ("/records/", "/records/?q=không+có+dòng+này"),
    "records:changes_file": ("/records/changes.csv?table=areas.areasuccession", "/records/changes.xlsx?since=1/1/2199"),
    "records:sign_ins_file": ("/records/sign-ins.csv", "/records/sign-ins.xlsx"),
    "records:displays_file": ("/records/displays.csv", "/records/displays.xlsx"),
    "access:account": ("/access/accounts/canbo/", "/access/accounts/quantri2/"),
    "access:account_sees": ("/access/accounts/canbo/sees/",),
    "access:account_change": ("/access/accounts/canbo/suspend/", "/access/accounts/canbo/move/"),
    "access:accounts": ("/access/accounts/", "/access/accounts/?q=khong-co"),
    "access:give": ("/access/accounts/canbo/grant/",),
    "access:end": ("/access/grants/1/end/",),
    "access:rights": ("/access/rights/", "/access/rights/?q=trường+hà"),
    "access:rights_area": ("/access/rights/01392/", "/access/rights/nation/"),
    "access:rights_review": ("/access/rights/signed/1/",),
    "reports:wrap_up": ("/reports/tong-ket/193/2016-2020/", "/reports/tong-ket/045/2016-2020/"),
    "reports:wrap_up_pdf": ("/reports/tong-ket/193/2016-2020/pdf",),
    "reports:wrap_up_json": ("/reports/tong-ket/193/2016-2020/json",),
    "reports:figures": ("/reports/figures/", "/reports/figures/?page=2", "/reports/figures/?year=1900"),
    "reports:figure_new": ("/reports/figures/new/", "/reports/figures/new/?q=hạ+long&on=2020-12-29"),
    "reports:figure": ("/reports/figures/59/",),
    "reports:figure_correct": ("/reports/figures/59/correct/",),
}

# Addresses that answer with a file or with data instead of a page.
FILES = {"healthz", "reports:wrap_up_pdf", "reports:wrap_up_json", "reports:figure_template", "reports:figure_example"}
FILES |= {
    "areas:village_template",
    "session_state",
    "surveys:now",
    "surveys:device_key",
    "surveys:slip",
    "review:paper",
    "review:paper_sheet",
    "review:blank",
    "review:text_version",
    *(f"review:{name}_file" for name in ("intakes", "refusals", "subjects")),
    "standards:document",
    "standards:b1_template",
    "standards:b1_points",
    "records:changes_file",
    "records:sign_ins_file",
    "records:displays_file",
    "standards:form_a",
    "standards:form_b",
    "standards:form_viii",
}

# Addresses that only take a form: tests/pages shows that they refuse GET.
FORMS_ONLY = {
    "logout",
    "session_lock",
    "session_ping",
    "set_language",
    "set_theme",
    "standards:try_slip",
    "households:filter_save",
    "households:filter_delete",
    "surveys:save",
    "surveys:confirm",
    "surveys:last_year",
    "surveys:hand_over",
    "surveys:take",
    "review:intake_list",
    "review:package",
    "review:package_cancel",
    "surveys:sheets_cancel",
    "review:take_down",
    "review:end",
}


# Addresses of what an account had made for itself: tests/surveys/test_sheets.py, tests/papers/review/test_package.py open them.
OWN = {"review:preview", "surveys:sheets_job", "surveys:sheets_state", "surveys:sheets_file"}
OWN |= {"review:package_job", "review:package_state", "review:package_file"}


def named_patterns(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from named_patterns(entry, inner)
        elif entry.name:
            yield namespace + entry.name, entry


def to_open() -> list[tuple[str, str]]:
    """(name, path) of every page to be looked at; a name without an entry comes with an empty path."""
    found: list[tuple[str, str]] = []
    for name, pattern in named_patterns():
        if name in FORMS_ONLY | OWN:
            continue
        paths = OPENED_AS.get(name) or (("",) if pattern.pattern.regex.groups else (reverse(name),))
        found += [(name, path) for path in paths]
    return sorted(set(found))
