/* What is said of a field, at the field: faults, questions, hints of the checks; last year's answer; that others wrote there. */
(function (desk) {
  "use strict";
  const RANK = ["error", "question", "hint"];

  desk.said = function (form, fields) {
    let findings = {};
    const byOthers = new Set(), barred = new Map();

    function boxOf(name) {
      return document.getElementById(desk.idOf(name) + "_said");
    }
    function strongest(list) {
      return RANK.find((strength) => list.some((one) => one.strength === strength && !one.confirmed)) || "";
    }
    function of(name) {
      const refused = (barred.get(name) || []).map((text) => ({strength: "error", text: text}));
      return refused.concat(findings[name] || []).filter((one) => !one.confirmed && one.strength !== "todo");
    }
    function before(name) {
      const old = (desk.data.previous || {})[name];
      if (!old || !old.length || old[0].startsWith("#")) return null;
      const now = fields.get(name);
      if (desk.same(old, now)) return {same: true, text: desk.told("same_as_last_year", {year: desk.data.previous_year})};
      const words = fields.told(name, old).replace(/^\d+ /, "");
      return {same: false, text: desk.told("last_year", {year: desk.data.previous_year, old: words})};
    }
    function line(box, kind, text) {
      const one = document.createElement("div");
      one.className = "desk-say desk-say-" + kind;
      one.textContent = text;
      box.append(one);
    }
    function show(name) {
      const box = boxOf(name), control = fields.controls(name)[0];
      if (!box || !control) return;
      const list = of(name), last = before(name), home = control.closest("td, .field");
      const lines = list.map((one) => [one.strength, one.text]);
      if (last) lines.push([last.same ? "same" : "before", last.text]);
      if (byOthers.has(name)) lines.push(["others", desk.told("by_others")]);
      const told = JSON.stringify(lines);
      if (box.dataset.told === told) return;
      box.dataset.told = told;
      box.replaceChildren();
      lines.forEach(([kind, text]) => line(box, kind, text));
      home.dataset.strength = strongest(list);
      home.dataset.before = last ? (last.same ? "same" : "other") : "";
      if (control.type !== "checkbox") control.toggleAttribute("aria-invalid", false);
      if (home.dataset.strength === "error" && control.type !== "checkbox") control.setAttribute("aria-invalid", "true");
    }
    function showAll() {
      const names = new Set(Array.from(form.querySelectorAll("[name]"), (one) => one.name));
      names.forEach(show);
    }
    return {
      found: (list) => { findings = list || {}; showAll(); },
      barred: (list) => { barred.clear(); Object.entries(list || {}).forEach(([name, texts]) => barred.set(name, texts)); showAll(); },
      others: (name) => { byOthers.add(name); show(name); },
      typed: (name) => { byOthers.delete(name); barred.delete(name); show(name); },
      of: of, before: before, showAll: showAll
    };
  };
})(window.desk = window.desk || {});
