/* A form that takes nothing any more: what its reader typed and could not send is told, until the form is given back. */
(function (desk) {
  "use strict";
  const box = document.getElementById("kept-here"), form = document.getElementById("survey-form");
  if (!box || !desk.data || !desk.store.possible) return;

  function worded(fields, name, values) {
    const field = fields.controls(name)[0], digits = name.endsWith("-identity") && values.length && !values[0].startsWith("#");
    const label = (field && (field.getAttribute("aria-label") || (field.labels && field.labels[0] && field.labels[0].textContent.trim()))) || name;
    const told = digits ? "•••" + values[0].slice(-3) : fields.told(name, values, desk.data.masks);
    return label + ": " + (told || desk.told("none"));
  }
  async function begin() {
    if (!(await desk.store.records()).some((one) => one.form === desk.data.form)) return;  // who only reads has no key
    const answer = await desk.server.deviceKey(form.dataset.key);
    if (answer.status !== 200 || !(await desk.store.unlock(answer.body))) return;
    const left = await desk.store.leftBehind(desk.data.form), last = new Map();
    left.forEach((save) => save.changes.forEach((change) => last.set(change.name, change.after)));
    const fields = desk.values(form), lines = Array.from(last, ([name, values]) => worded(fields, name, values));
    box.querySelector("[data-told]").textContent = box.dataset.words.replace("{n}", last.size).replace("{list}", lines.join("; "));
    box.hidden = !last.size;
  }
  begin().catch(() => {});
})(window.desk = window.desk || {});
