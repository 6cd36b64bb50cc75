/* The page of a form: ties its parts together. */
(function (desk) {
  "use strict";
  const form = document.getElementById("survey-form");
  if (!form || !desk.data) return;
  const LOOK_EVERY = 15000, SHUT = ["done", "dropped"], NARROW = window.matchMedia("(max-width: 991.98px)"), ROOMY = window.matchMedia("(min-width: 1280px)");
  const saved = document.getElementById("saved"), others = document.getElementById("others"), panel = document.getElementById("panel");
  const readOnly = form.hasAttribute("data-only-read");
  const fields = desk.values(form), roster = desk.roster(form), said = desk.said(form, fields);
  const hint = desk.hint(form, fields, said);
  const saver = new desk.Saver({
    form: desk.data.form, version: desk.data.version, masks: desk.data.masks, fields: fill(), save: form.action,
    held: held, unlocked: unlocked, strange: strange, changed: status, answered: answered, touched: said.others,
    notTaken: said.barred
  });
  const conflicts = desk.conflicts(form, fields, (name, before, after) => saver.decide(name, before, after));
  let asking = false;
  desk.server.account = desk.data.account;

  function fill() {
    Object.entries(desk.data.answers).forEach(([name, values]) => fields.set(name, values, desk.data.masks));
    if (!roster.rows().length && !readOnly) roster.add();
    roster.rows().forEach(roster.mark);
    return fields;
  }
  /* A number is sent when it is typed to its end. */
  function held() {
    const here = document.activeElement;
    return here && here.form === form && here.hasAttribute("data-mask") && document.hasFocus() ? [here.name] : [];
  }
  function strange(name, values) {
    const row = roster.rowFor(name);
    if (row && fields.set(name, values, saver.masks)) roster.mark(row);
  }

  function status(now) {
    const kept = desk.store.ready() && now.kept, count = now.unsent();
    let name = now.state;
    if (name === "cut" && !count) name = "saved";
    if ((name === "cut" || name === "out") && !kept) name += "_lost";
    if (name === "saved" && !now.savedAt) name = "nothing";
    if (name === "refused" && !now.told) now.told = desk.told("refused_plain");
    saved.dataset.state = now.state;
    saved.dataset.kept = !count || (kept && !now.writing) ? "yes" : "no";
    const text = desk.told(name, {n: count, at: now.savedAt, told: now.told});
    if (saved.textContent !== text) saved.textContent = text;
  }
  /* Where there is room the reasons stand open from the start. */
  function unfold() {
    if (ROOMY.matches) panel.querySelectorAll(".desk-why").forEach((one) => { one.open = true; });
  }
  function keepOpen(html) {
    const open = new Set(Array.from(panel.querySelectorAll("details[open][data-key]"), (one) => one.dataset.key));
    const drawer = panel.querySelector(".desk-drawer"), wide = drawer && drawer.open;
    const reasons = new Map(Array.from(panel.querySelectorAll(".desk-confirm input"), (one) => [one.closest("details").dataset.key, one.value]));
    panel.innerHTML = html;
    panel.querySelectorAll("details[data-key]").forEach((one) => { one.open = open.has(one.dataset.key); });
    panel.querySelectorAll(".desk-confirm").forEach((one) => {
      opened(one);
      if (reasons.get(one.dataset.key) && one.open) one.querySelector("input").value = reasons.get(one.dataset.key);
    });
    panel.querySelector(".desk-drawer").open = wide || !NARROW.matches;
  }
  /* What somebody is writing in the panel is not taken from under his hands. */
  function showPanel(html) {
    const here = document.activeElement;
    if (!html || (panel.contains(here) && here.matches("input"))) return;
    const place = panel.contains(here) ? Array.from(panel.querySelectorAll("a, summary, button")).indexOf(here) : -1;
    keepOpen(html);
    const again = place >= 0 && panel.querySelectorAll("a, summary, button")[place];
    if (again) again.focus();
  }
  function answered(body) {
    others.textContent = body.others && body.others.length ? desk.told("others", {name: body.others.join(", ")}) : "";
    if (body.trouble) saved.textContent += " " + body.trouble;
    if (body.panel !== undefined) showPanel(body.panel);
    if (body.findings !== undefined) said.found(body.findings);
    conflicts.show(body.conflicts, saver.masks);
    hint.refresh();
  }

  async function unlocked() {
    const answer = await desk.server.deviceKey(form.dataset.key);
    if (answer.status === 0 || answer.status >= 500) return null;
    if (answer.status !== 200) return false;
    if (answer.body.account !== desk.data.account) return false;
    if (!desk.store.ready()) await desk.store.unlock(answer.body).catch(() => false);
    return true;
  }
  /* What others did meanwhile; does not count as doing something. */
  async function look(base) {
    if (asking || saver.busy) return;
    asking = true;
    const asked = saver.version, answer = await desk.server.look(form.dataset.now + "?base=" + (base === undefined ? asked : base), true);
    asking = false;
    if (answer.status !== 200 || saver.busy || saver.version !== asked) return;
    if (!desk.store.ready()) await unlocked();
    if (saver.state === "out") await saver.resume();
    if (saver.state === "refused" && saver.unsent() && !SHUT.includes(answer.body.state)) saver.send();  // given back meanwhile
    Object.assign(saver.masks, answer.body.masks);
    saver.take(answer.body, null);
    saver.version = Math.max(saver.version, answer.body.version);
    answered(answer.body);
    roster.rows().forEach(roster.mark);
    status(saver);
  }

  function fieldAt(anchor) {
    const found = document.getElementById(anchor);
    return found && (found.matches("input, select") ? found : found.querySelector("input:not([type=hidden]), select"));
  }
  function jump(anchor) {
    const field = fieldAt(anchor), folded = field && field.closest("details");
    if (!field) return false;
    if (folded) folded.open = true;
    if (NARROW.matches) panel.querySelector(".desk-drawer").open = false;
    field.focus();
    field.scrollIntoView({block: "center"});
    if (field.select) field.select();
    return true;
  }
  /* The next thing to put right, round and round. */
  function next() {
    const clash = conflicts.first();
    if (clash) return clash.focus();
    const links = Array.from(panel.querySelectorAll(".desk-part-error a, .desk-part-question a, .desk-part-missing a"));
    const anchors = links.map((one) => one.hash.slice(1)), here = anchors.findIndex((one) => fieldAt(one) === document.activeElement);
    return anchors.length ? jump(anchors[(here + 1) % anchors.length]) : null;
  }

  async function post(address, content) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const response = await fetch(address, {
      method: "POST", body: new URLSearchParams(content), headers: {"Accept": "application/json", "X-CSRFToken": token}
    }).catch(() => null);
    return {ok: Boolean(response && response.ok), body: response ? await response.json().catch(() => ({})) : {}};
  }
  async function confirmed(asked) {
    const about = asked.closest("details").dataset;
    const sent = {check: about.check, field: about.field, fingerprint: about.key, reason: asked.elements.reason.value};
    await saver.flush();
    const answer = await post(form.dataset.confirm, sent);
    const told = asked.querySelector(".field-error");
    told.hidden = answer.ok;
    told.textContent = answer.body.refused || desk.told("refused_plain");
    if (answer.ok) { panel.querySelector("summary").focus(); await look(0); }
  }
  /* A question of the panel that is opened asks for the reason. */
  function opened(question) {
    if (!question.open || question.querySelector("form")) return;
    question.append(document.getElementById("desk-confirming").content.cloneNode(true));
    if (question.contains(document.activeElement)) question.querySelector("input").focus();
  }
  async function leave(link) {
    if (await saver.flush()) window.location.assign(link);
  }

  function typedHere(control) {
    if (!control.name) return;
    said.typed(control.name);
    const row = control.closest("tr");
    if (row && control.name.endsWith("-birth")) roster.mark(row);
    if (control.name === "s-day") roster.rows().forEach(roster.mark);
    saver.typed();
  }
  function takeAway(button) {
    const gone = roster.remove(button.closest("tr")), told = document.getElementById("roster-told"), back = document.createElement("button");
    back.type = "button";
    back.className = "btn btn-link btn-sm";
    back.textContent = told.dataset.back;
    back.addEventListener("click", () => { roster.back(gone.row); told.replaceChildren(); saver.now(); roster.cell(gone.row, "name").focus(); });
    told.replaceChildren(gone.told + " ", back);
    saver.now();
    back.focus();
  }
  function added() {
    const row = roster.add();
    if (row) roster.cell(row, "name").focus();
  }
  function onKeys(event) {
    if (event.key === "F8") next();
    else if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) saver.now();
    else return;
    event.preventDefault();
  }

  function listen() {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => typedHere(event.target));
    form.addEventListener("change", (event) => { typedHere(event.target); saver.leftField(); });
    form.addEventListener("focusout", (event) => { if (event.target.name) saver.left(event.target.name); });
    form.addEventListener("desk:filled", (event) => { said.typed(event.detail.name); });
    form.addEventListener("grid:row", (event) => { event.detail.row = roster.add(); });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button && button.name === "remove") takeAway(button);
      else if (button && button.hasAttribute("data-add-row")) added();
    });
    form.addEventListener("focusin", (event) => { if (event.target.dataset.mask) event.target.select(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) saver.send(true); else look(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) look(); });
    window.addEventListener("pagehide", () => saver.leave());
    window.addEventListener("online", () => { if (saver.state === "cut") saver.send(); });
    window.addEventListener("beforeunload", (event) => {
      if (saver.unsent() && !(desk.store.ready() && saver.kept && !(saver.writing && (saver.failures || !navigator.onLine)))) event.preventDefault();
    });
    document.addEventListener("portal:opened", () => saver.resume());
    desk.typing(form);
  }
  function listenBeside() {
    document.addEventListener("keydown", onKeys);
    panel.addEventListener("toggle", (event) => { if (event.target.matches(".desk-confirm")) opened(event.target); }, true);
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link && link.hash.length > 1 && link.pathname === location.pathname && jump(link.hash.slice(1))) event.preventDefault();
      else if (link && link.hasAttribute("data-saves-first") && saver.unsent()) { event.preventDefault(); leave(link.href); }
    });
    document.addEventListener("submit", (event) => {
      if (event.target.hasAttribute("data-confirming")) { event.preventDefault(); confirmed(event.target); }
      else if (event.target.hasAttribute("data-last-year")) { event.preventDefault(); lastYear(event.target); }
    });
  }
  async function lastYear(asked) {
    await saver.flush();
    const answer = await post(asked.action, {});
    const told = document.getElementById("roster-told");
    told.textContent = answer.ok ? desk.told(answer.body.taken ? "taken" : "none_taken", {n: answer.body.taken}) : answer.body.refused || "";
    if (!answer.ok) return;
    saver.quiet = true;
    await look();
    saver.quiet = false;
  }
  async function begin() {
    said.found(desk.data.findings);
    unfold();
    if (NARROW.matches) panel.querySelector(".desk-drawer").open = false;
    if (location.hash) jump(location.hash.slice(1));
    if (readOnly) return;
    desk.flush = () => saver.flush();
    listen();
    listenBeside();
    status(saver);
    if (!desk.store.possible) document.getElementById("roster-told").textContent = desk.told("no_device");
    await unlocked();
    const left = desk.store.ready() ? await desk.store.leftBehind(desk.data.form).catch(() => []) : [];
    await saver.adopt(left);
    await look();
    window.setInterval(() => { if (!document.hidden) look(); }, LOOK_EVERY);
  }
  begin();
})(window.desk = window.desk || {});
