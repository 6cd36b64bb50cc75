/* Fast typing: an option by its number or its letters, boxes by their digit, days without strokes, `"` as in the row above,
   `=` as last year. */
(function (desk) {
  "use strict";
  const PAUSE = 800, KEYS = "123456789abcdefghijklmnopqrstuvwxyz";
  let typed = "", at = 0, within = null;

  /* What was typed in this list just now, with this key. */
  function buffer(list, key) {
    const now = Date.now();
    typed = within === list && now - at < PAUSE ? typed + key : key;
    at = now;
    within = list;
    return desk.plain(typed.trimStart());
  }
  function numberOf(option, place) {
    const found = /^(\d+) /.exec(option.textContent.trim());
    return found ? found[1] : String(place + 1);
  }
  function fits(options, text) {
    const words = (option) => desk.plain(option.textContent).replace(/^\d+ /, "");
    return options.find((option, place) => numberOf(option, place) === text) ||
      options.find((option) => words(option).startsWith(text)) ||
      options.find((option) => words(option).split(" ").some((word) => word.startsWith(text)));
  }
  function choose(list, key) {
    const options = Array.from(list.options).filter((one) => one.value);
    let found = fits(options, buffer(list, key));
    if (!found && key !== " ") { typed = key; found = fits(options, desk.plain(key)); }
    if (found) fill(list, found.value);
  }
  function fill(control, value) {
    if (control.value === value) return;
    control.value = value;
    control.dispatchEvent(new Event("input", {bubbles: true}));
  }

  function number(boxes) {
    let place = 0;
    boxes.forEach((box) => {
      box.dataset.digit = box.value === "-" ? "0" : KEYS[place++];
      const key = document.createElement("kbd");
      key.setAttribute("aria-hidden", "true");
      key.textContent = box.dataset.digit;
      box.after(key);
    });
  }
  function tick(box, key) {
    const boxes = Array.from(box.closest("[data-choices]").querySelectorAll("[type=checkbox]"));
    const found = boxes.find((one) => one.dataset.digit === key.toLowerCase());
    if (!found) return false;
    found.checked = !found.checked;
    found.focus();
    found.dispatchEvent(new Event("input", {bubbles: true}));
    return true;
  }
  /* "None of these" and the others shut each other out. */
  function alone(box) {
    if (!box.checked) return;
    box.closest("[data-choices]").querySelectorAll("[type=checkbox]").forEach((one) => {
      if (one !== box && (one.value === "-") !== (box.value === "-")) one.checked = false;
    });
  }

  /* 05021980, 5/2/1980, 5.2.1980 → 05/02/1980; a year alone stays one. */
  function day(text) {
    const bare = /^(\d{2})(\d{2})(\d{4})$/.exec(text) || /^(\d{1,2})[\s/.-](\d{1,2})[\s/.-](\d{4})$/.exec(text);
    return bare ? [bare[1].padStart(2, "0"), bare[2].padStart(2, "0"), bare[3]].join("/") : text;
  }

  /* 12 000 000, with whatever blank a spreadsheet puts there → 12000000. */
  function amount(text) {
    return /^\d{1,3}(\s\d{3})+(,\d+)?$/.test(text) ? text.replace(/\s/g, "") : text;
  }

  function above(control) {
    const row = control.closest("tr"), before = row && row.previousElementSibling;
    const name = control.dataset.name;
    return before && name !== "identity" ? before.querySelector('[data-name="' + name + '"]') : null;
  }
  /* Who surveyed, and when, is mostly as on the form before: kept in this browser, dropped at sign-out. */
  const AS_BEFORE = ["s-day", "s-reviewer"];
  function formBefore(name, value) {
    if (!AS_BEFORE.includes(name)) return "";
    try {
      if (value) localStorage.setItem("portal.desk." + name, value);
      return localStorage.getItem("portal.desk." + name) || "";
    } catch (refused) { return ""; }
  }
  function lastYear(name) {
    return (desk.data.previous || {})[name] || [];
  }
  /* Whether the key meant something here. */
  function meant(control, key) {
    const list = control.tagName === "SELECT", free = list || !control.value.trim();
    if (key === '"' && free && above(control)) { fill(control, above(control).value); return true; }
    if (key === '"' && free && formBefore(control.name)) { fill(control, formBefore(control.name)); return true; }
    if (key === "=" && free && lastYear(control.name).length && !lastYear(control.name)[0].startsWith("#")) {
      fill(control, lastYear(control.name)[0]);
      return true;
    }
    if (!list) return false;
    if (key === "Delete" || key === "Backspace") { fill(control, ""); return true; }
    const goesOn = within === control && typed && Date.now() - at < PAUSE;  // a space inside of words; else it opens the list
    if (key.length === 1 && (key !== " " || goesOn)) { choose(control, key); return true; }
    return false;
  }
  function again(box) {
    const before = lastYear(box.name);
    box.closest("[data-choices]").querySelectorAll("[type=checkbox]").forEach((one) => { one.checked = before.includes(one.value); });
    box.dispatchEvent(new Event("input", {bubbles: true}));
  }

  desk.formBefore = formBefore;
  desk.typing = function (form) {
    form.querySelectorAll("[data-choices]").forEach((group) => number(group.querySelectorAll("[type=checkbox]")));
    form.addEventListener("keydown", (event) => {
      const control = event.target;
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !control.name) return;
      if (control.type === "checkbox") {
        if (event.key === "=" && lastYear(control.name).length) again(control);
        else if (event.key.length !== 1 || event.key === " " || !tick(control, event.key)) return;
        event.preventDefault();
      } else if (control.matches("select, input") && meant(control, event.key)) {
        event.preventDefault();
      }
    });
    form.addEventListener("input", (event) => { if (event.target.type === "checkbox") alone(event.target); });
    form.addEventListener("change", (event) => {
      const control = event.target;
      if (control.hasAttribute("data-date")) control.value = day(control.value.trim());
      if (control.inputMode === "decimal") control.value = amount(control.value.trim());
      if (control.hasAttribute("data-mask") && control.value !== control.dataset.mask && control.value.includes("•")) {
        control.value = control.dataset.mask;  // half a mask is no number
      }
      formBefore(control.name, control.value.trim());
    }, true);
  };
})(window.desk = window.desk || {});
