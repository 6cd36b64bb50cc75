/* One line below the form: what may be typed in the field where one stands. */
(function (desk) {
  "use strict";

  desk.hint = function (form, fields, said) {
    const box = document.getElementById("hint-field");

    function part(kind, text) {
      const one = document.createElement("span");
      one.className = "desk-hint-" + kind;
      one.textContent = text;
      return one;
    }
    function labelOf(control) {
      const cell = control.closest("[data-column]");
      if (cell) return cell.dataset.label;
      const home = control.closest(".field");
      const label = home && home.querySelector(".form-label");
      return label ? label.textContent.trim() : "";
    }
    function show(control) {
      const cell = control.closest("[data-column]"), parts = [part("label", labelOf(control))];
      if (control.tagName === "SELECT" && cell) {
        Array.from(control.options).filter((one) => one.value).slice(0, 14).forEach((one) => parts.push(part("option", one.textContent)));
      }
      if (cell && cell.hasAttribute("data-skip")) parts.push(part("quiet", desk.told("not_asked")));
      if (cell) said.of(control.name).forEach((one) => parts.push(part(one.strength, one.text)));
      const last = said.before(control.name);
      if (last) parts.push(part("before", last.text));
      if (last && !last.same) parts.push(part("quiet", desk.told("equals", {year: desk.data.previous_year})));
      const earlier = control.value ? "" : desk.formBefore(control.name);
      if (earlier) parts.push(part("quiet", desk.told("form_before", {value: earlier})));
      box.replaceChildren(...parts);
    }
    form.addEventListener("focusin", (event) => { if (event.target.name) show(event.target); });
    form.addEventListener("focusout", () => box.replaceChildren());
    return {refresh: () => {
      const control = document.activeElement;
      if (control && control.form === form && control.name) show(control);
    }};
  };
})(window.desk = window.desk || {});
