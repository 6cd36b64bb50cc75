"""The parts of the form's page alone, in the moments in which something could be lost: an answer cut in the midst, a page that
was left and comes back while one types, a value that somebody else wrote between a save and its answer."""

import json

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.browser
SCRIPTS = ROOT / "static/js/desk"
PAGE = """
<form id="f"><input name="s-note"><input name="s-respondent"><input name="m0-identity" data-mask="">
<select name="m0-work"><option value=""></option><option value="own">Tự làm</option></select></form>
"""
STAGE = """
desk.kept = []; desk.sent = []; desk.answers = []; desk.here = [];
desk.store = {ready: () => true, remove: () => Promise.resolve(),
  put: (save) => { desk.kept.push(JSON.parse(JSON.stringify(save))); return Promise.resolve(); }};
desk.server = {send: (address, content) => { desk.sent.push(JSON.parse(JSON.stringify(content)));
  return new Promise((resolve) => desk.answers.push((body, status) => resolve({status: status || 200, body: body}))); }};
desk.fields = desk.values(document.getElementById("f"));
const add = (name, values) => {
  const input = document.createElement("input"); input.name = name;
  document.getElementById("f").append(input); desk.fields.set(name, values);
};
const nothing = () => {};
desk.saver = new desk.Saver({form: 1, version: 1, masks: {}, fields: desk.fields, save: "/", held: () => desk.here,
  unlocked: async () => true, strange: add, changed: nothing, answered: nothing, touched: nothing, notTaken: nothing});
desk.type = (name, text) => { desk.fields.set(name, [text]); desk.saver.typed(); };
desk.answer = async (told) => {
  await desk.answers.shift()(Object.assign({version: 2, saved_at: "1", values: {}, masks: {}, conflicts: []}, told));
  await new Promise((resolve) => setTimeout(resolve, 20));
};
"""


@pytest.fixture
def stage(browser):
    """A form of four fields with a saver; what it keeps and sends is written down, and answered by hand."""
    context = browser.new_context()
    page = context.new_page()
    page.set_content(PAGE)
    for name in ("values", "saver"):
        page.add_script_tag(path=SCRIPTS / f"{name}.js")
    page.evaluate(f"async () => {{ {STAGE} }}")
    yield page
    context.close()


def sent(page) -> list[list[dict[str, object]]]:
    """Of each save that went off its changes."""
    return [save["changes"] for save in page.evaluate("desk.sent")]


def test_what_is_typed_while_an_earlier_page_s_saves_come_back_stays(stage):
    stage.evaluate("""async () => {
        desk.type("s-note", "mới");
        desk.saver.adopt([{key: "k", form: 1, base: 0, order: 1, changes: [
            {name: "s-note", before: [], after: ["cũ"]}, {name: "s-respondent", before: [], after: ["Mỷ"]}]}]);
        await new Promise((resolve) => setTimeout(resolve, 50));
        await desk.answer({});
        desk.saver.now();
        await new Promise((resolve) => setTimeout(resolve, 50));
    }""")
    assert stage.evaluate("[desk.fields.get('s-note'), desk.fields.get('s-respondent')]") == [["mới"], ["Mỷ"]]
    assert sent(stage)[1] == [{"name": "s-note", "before": ["cũ"], "after": ["mới"]}]


def test_saves_of_an_earlier_page_that_come_back_while_one_is_on_its_way_are_sent_too(stage):
    stage.evaluate("""async () => {
        desk.type("s-note", "mới");
        desk.saver.now();
        await new Promise((resolve) => setTimeout(resolve, 20));
        desk.saver.adopt([{key: "k", form: 1, base: 0, order: 1, changes: [{name: "s-respondent", before: [], after: ["Mỷ"]}]}]);
        await desk.answer({});
        await new Promise((resolve) => setTimeout(resolve, 200));
    }""")
    assert [save[0]["name"] for save in sent(stage)] == ["s-note", "s-respondent"]


def test_one_key_never_stands_for_two_contents(stage):
    """A number is held back while one types it: kept on the device it must not share the key of what was sent without it."""
    stage.evaluate("""async () => {
        desk.here = ["m0-identity"];
        desk.type("s-note", "xa");
        desk.type("m0-identity", "00407");
        await new Promise((resolve) => setTimeout(resolve, 20));
        desk.saver.now();
        await new Promise((resolve) => setTimeout(resolve, 50));
    }""")
    (save,) = stage.evaluate("desk.sent")
    names = [change["name"] for change in save["changes"]]
    kept = stage.evaluate("desk.kept")
    alike = [[change["name"] for change in one["changes"]] for one in kept if one["key"] == save["key"]]
    assert alike
    assert all(one == names == ["s-note"] for one in alike)
    assert "00407" in json.dumps(kept[-1])


def test_a_value_of_others_written_before_a_repeated_answer_is_not_overwritten_unseen(stage):
    """Stored, answer lost; then somebody else changed it, while this page typed on."""
    stage.evaluate("""async () => {
        desk.type("s-note", "một");
        desk.saver.now();
        await new Promise((resolve) => setTimeout(resolve, 20));
        desk.type("s-note", "một hai");
        await desk.answer({version: 3, repeated: true, values: {"s-note": ["của người khác"]}});
        desk.saver.now();
        await new Promise((resolve) => setTimeout(resolve, 50));
    }""")
    assert sent(stage)[1] == [{"name": "s-note", "before": ["một"], "after": ["một hai"]}]


def test_a_value_taken_of_two_reaches_a_row_that_was_removed_here(stage):
    stage.evaluate("""async () => {
        desk.saver.decide("m1-name", [], ["Lục Văn Sử"]);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }""")
    assert sent(stage) == [[{"name": "m1-name", "before": [], "after": ["Lục Văn Sử"], "decides": True}]]


def test_an_answer_that_a_list_does_not_offer_is_not_sent_as_deleted(stage):
    stage.evaluate("""async () => {
        desk.saver.take({values: {"m0-work": ["code_of_later"]}, conflicts: []}, null);
        desk.type("s-note", "xa");
        desk.saver.now();
        await new Promise((resolve) => setTimeout(resolve, 50));
    }""")
    assert [change["name"] for change in sent(stage)[0]] == ["s-note"]
    assert stage.evaluate("desk.fields.get('m0-work')") == ["code_of_later"]


def test_what_waits_behind_a_save_on_its_way_goes_beside_it_when_the_page_is_left(stage):
    stage.evaluate("""async () => {
        desk.type("s-note", "xa");
        desk.saver.now();
        await new Promise((resolve) => setTimeout(resolve, 20));
        desk.type("s-respondent", "Mỷ");
        desk.saver.leave();
    }""")
    assert [[change["name"] for change in save] for save in sent(stage)] == [["s-note"], ["s-respondent"]]


@pytest.mark.parametrize(
    ("body", "told"), [('{"version": 3, "saved_at": "17:', 0), ("<html>Wi-Fi</html>", 0), ('{"version": 3}', 200)]
)
def test_an_answer_cut_in_the_midst_is_none(browser, body, told):
    context = browser.new_context()
    page = context.new_page()
    page.route("http://desk.test/**", lambda route: route.fulfill(status=200, body=body, content_type="text/html"))
    page.goto("http://desk.test/")
    page.set_content('<input name="csrfmiddlewaretoken" value="x">')
    page.add_script_tag(path=SCRIPTS / "server.js")
    assert page.evaluate("desk.server.send('/save/', {}, false).then((answer) => answer.status)") == told
    context.close()


GRID = """
<form><fieldset><table data-grid data-most="9"><tbody><tr><td>1</td><td><input type="text" name="m-0-a"></td>
<td><input type="text" name="m-0-b"></td></tr></tbody></table></fieldset></form>
"""
PASTE = """text => {
    const data = new DataTransfer(), cell = document.querySelector("[name=m-0-a]");
    data.setData("text", text);
    cell.focus();
    cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
    const rows = Array.from(document.querySelectorAll("tbody tr"));
    return rows.map((row) => Array.from(row.querySelectorAll("input"), (one) => one.value));
}"""


def test_a_cell_of_several_lines_is_pasted_as_one(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_content(GRID)
    page.add_script_tag(path=ROOT / "static/js/grid.js")
    pasted = page.evaluate(PASTE, '"Lục Văn\nThàng ""Cả"""\t1980\r\nLục Thị Mỷ\t\r\n"Tí"\t2019\r\n')
    assert pasted == [['Lục Văn Thàng "Cả"', "1980"], ["Lục Thị Mỷ", ""], ['"Tí"', "2019"]]
    context.close()


def test_a_block_that_was_pasted_is_looked_at_once(stage):
    """Cell by cell a household of sixty would stop the page for seconds."""
    looked = stage.evaluate("""async () => {
        let looked = 0;
        const keep = desk.saver.keep.bind(desk.saver);
        desk.saver.keep = () => { looked += 1; keep(); };
        for (let cell = 0; cell < 100; cell += 1) { desk.type("s-note", "ô " + cell); desk.saver.leftField(); }
        await Promise.resolve();
        return looked;
    }""")
    assert looked == 1
    assert sent(stage)[0][0]["after"] == ["ô 99"]


ROSTER = """
<form id="f"><table data-row="row" data-most="9"><tbody></tbody></table></form>
<template id="row"><table><tbody><tr><td></td><td data-column="name"><input data-name="name"></td>
<td data-column="birth"><input data-name="birth"></td></tr></tbody></table></template>
"""
ROWS = """
const pattern = document.getElementById("row"), row = pattern.content.querySelector("tr");
pattern.content.replaceChildren(row);
desk.told = () => "";
desk.idOf = (name) => "id_" + name;
desk.data = {answers: {"m0-name": ["Páo"], "m1953653009-name": ["Mỷ"]}, on: 0, columns: [
  {name: "name", label: "Họ tên", options: [], ages: []}, {name: "birth", label: "Sinh", options: [], ages: []}]};
desk.rows = desk.roster(document.getElementById("f"));
desk.names = () => Array.from(document.querySelectorAll("#f [name$=-name]"), (one) => [one.name, one.value]);
"""


@pytest.fixture
def roster(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_content(ROSTER)
    page.evaluate("window.desk = {}")
    page.add_script_tag(path=SCRIPTS / "roster.js")
    page.evaluate(f"() => {{ {ROWS} }}")
    yield page
    context.close()


@pytest.mark.parametrize("clock", [1_000, 1_795_000_000_000, 2_300_000_000_000])
def test_a_row_is_added_below_the_others_whatever_the_device_s_clock_says(roster, clock):
    """An empty battery puts it to 1970: to count up from there would stop the page for minutes."""
    roster.evaluate("clock => { Date.now = () => clock; desk.rows.add(); }", clock)
    name = roster.evaluate("desk.names().at(-1)[0]")
    assert 1953653009 < int(name[1:].split("-")[0]) < 10**10


def test_a_row_brought_back_keeps_what_somebody_else_wrote_in_it_meanwhile(roster):
    shown = roster.evaluate("""() => {
        const row = desk.rows.rows()[1];
        row.querySelector("[data-name=name]").value = "Mỷ";
        desk.rows.remove(row);
        desk.rows.rowFor("m1953653009-birth").querySelector("[data-name=birth]").value = "1978";
        desk.rows.back(row);
        return Array.from(document.querySelectorAll("[name^=m1953653009]"), (one) => one.value);
    }""")
    assert shown == ["Mỷ", "1978"]


def test_a_closed_form_tells_what_was_typed_and_could_not_be_sent(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_content(
        '<form id="survey-form"><input name="s-note" aria-label="Ghi chú"><input name="m0-identity" aria-label="Số"></form>'
        '<div id="kept-here" data-words="{n}: {list}" hidden><p data-told></p></div>'
    )
    page.add_script_tag(path=SCRIPTS / "values.js")
    page.evaluate("""() => Object.assign(desk, {
        data: {form: 7, masks: {}}, told: () => "trống",
        server: {deviceKey: async () => ({status: 200, body: {}})},
        store: {possible: true, records: async () => [{form: 7}], unlock: async () => true,
          leftBehind: async (form) => form !== 7 ? [] : [
          {changes: [{name: "s-note", after: ["một"]}, {name: "m0-identity", after: ["004075012345"]}]},
          {changes: [{name: "s-note", after: ["hai"]}]}]}
    })""")
    page.add_script_tag(path=SCRIPTS / "kept-here.js")
    box = page.locator("#kept-here")
    box.wait_for()
    assert box.inner_text() == "2: Ghi chú: hai; Số: •••345"
    context.close()
