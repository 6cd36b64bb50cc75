/* The answers of a form: name → list of texts, [] where nothing is answered. A personal number stands in its field as a mask;
   its value is the token of the sealed number, until other digits are typed. */
(function (desk) {
  "use strict";
  const ASKED = "input[name]:not([name=csrfmiddlewaretoken]), select[name], textarea[name]";

  /* Whatever the order in which boxes were ticked. */
  function same(one, other) {
    if (one.length !== other.length) return false;
    const left = one.slice().sort(), right = other.slice().sort();
    return left.every((text, place) => text === right[place]);
  }
  function chosen(control) {
    if (control.type === "checkbox" || control.type === "radio") return control.checked ? [control.value] : [];
    const text = control.value.trim();
    if (control.dataset.mask && text === control.dataset.mask) return [control.dataset.token];
    return text ? [text] : [];
  }
  function put(control, values, masks) {
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = values.includes(control.value);
      return;
    }
    const text = values.length ? values[values.length - 1] : "";
    if (control.hasAttribute("data-mask")) {
      const mask = text.startsWith("#") ? (masks && masks[text]) || control.dataset.mask || "•••" : "";
      control.dataset.mask = mask;
      control.dataset.token = mask ? text : "";
      control.value = mask || text;
    } else {
      if (control.tagName === "SELECT" && text && !Array.from(control.options).some((one) => one.value === text)) {
        control.add(new Option(text, text));  // not offered, and yet it stands there: emptied it would be sent as deleted
      }
      control.value = text;
    }
  }

  desk.values = function (form) {
    const seen = new Set();  // also names of rows that were taken away: their value is then nothing

    function controls(name) {
      return Array.from(form.querySelectorAll('[name="' + CSS.escape(name) + '"]'));
    }
    function all() {
      const found = new Map();
      form.querySelectorAll(ASKED).forEach((control) => {
        found.set(control.name, (found.get(control.name) || []).concat(chosen(control)));
      });
      found.forEach((_values, name) => seen.add(name));
      seen.forEach((name) => { if (!found.has(name)) found.set(name, []); });
      return found;
    }
    function get(name) {
      return controls(name).flatMap(chosen);
    }
    /* Whether the page has the field. */
    function set(name, values, masks) {
      const found = controls(name);
      found.forEach((control) => put(control, values, masks));
      if (found.length) form.dispatchEvent(new CustomEvent("desk:filled", {detail: {name: name, controls: found}}));
      return found.length > 0;
    }
    /* As the page words them: of a list the option's words, of a box its label. */
    function told(name, values, masks) {
      const found = controls(name), words = values.map((value) => {
        const box = found.find((one) => one.type === "checkbox" && one.value === value);
        if (box) return box.closest("label").textContent.trim();
        const list = found.find((one) => one.tagName === "SELECT");
        const option = list && Array.from(list.options).find((one) => one.value === value);
        return option ? option.textContent.trim() : (masks && masks[value]) || value;
      });
      return words.join("; ");
    }
    return {all: all, get: get, set: set, controls: controls, told: told};
  };
  desk.same = same;
})(window.desk = window.desk || {});
