/* Two values for one field: both are shown, with who and when; 1 keeps what stands, 2 (3 …) takes another. */
(function (desk) {
  "use strict";

  desk.conflicts = function (form, fields, decide) {
    const box = document.getElementById("conflicts"), pattern = document.getElementById("desk-conflict");
    let shown = "";

    function words(name, values, masks) {
      return fields.told(name, values, masks) || desk.told("none");
    }
    function way(key, told, taken, choose) {
      const line = document.createElement("li"), button = document.createElement("button"), small = document.createElement("small");
      button.type = "button";
      button.className = "btn btn-sm " + (key === 1 ? "btn-outline-secondary" : "btn-outline-primary");
      button.dataset.choice = String(key);
      button.textContent = key + "  " + taken;
      button.addEventListener("click", choose);
      small.textContent = told;
      line.append(button, small);
      return line;
    }
    function section(name, all, masks) {
      const one = pattern.content.firstElementChild.cloneNode(true), link = one.querySelector("[data-field]");
      one.dataset.about = name;
      const present = all[0], field = fields.controls(name)[0];
      link.textContent = (field && (field.getAttribute("aria-label") || (field.labels && field.labels[0] && field.labels[0].textContent.trim()))) || present.label || name;
      link.href = "#" + desk.idOf(name);
      const theirs = words(name, present.theirs, masks);
      const list = one.querySelector(".desk-two");
      list.append(way(1, desk.told("stands", {value: theirs, name: present.by || "", at: present.at || ""}),
        desk.told("keep", {value: theirs}), () => decide(name, present.theirs, present.theirs)));
      all.forEach((other, place) => {
        const yours = words(name, other.yours, masks), who = other.mine ? desk.told("you") : other.yours_by || "";
        list.append(way(place + 2, desk.told("waits", {name: who, at: other.yours_at || "", value: yours}),
          desk.told("take", {value: yours}), () => decide(name, present.theirs, other.yours)));
      });
      return one;
    }
    /* Whoever is deciding stays there; after a decision he comes to the next one. */
    function stay(about, choice) {
      const same = Array.from(box.children).find((one) => one.dataset.about === about);
      const wanted = (same && choice && same.querySelector('[data-choice="' + choice + '"]')) || box.querySelector("[data-choice]");
      if (wanted) wanted.focus();
    }
    function show(list, masks) {
      const told = JSON.stringify(list || []);
      if (told === shown) return;
      shown = told;
      const byName = new Map();
      (list || []).forEach((one) => byName.set(one.name, (byName.get(one.name) || []).concat(one)));
      const here = box.contains(document.activeElement) ? document.activeElement : null;
      const about = here && here.closest(".desk-conflict").dataset.about, choice = here && here.dataset.choice;
      box.replaceChildren(...Array.from(byName, ([name, all]) => section(name, all, masks)));
      box.hidden = !byName.size;
      if (here) stay(about, choice);
      form.querySelectorAll("[data-conflict]").forEach((one) => one.removeAttribute("data-conflict"));
      byName.forEach((_all, name) => fields.controls(name).forEach((control) => control.closest("td, .field").setAttribute("data-conflict", "")));
    }
    box.addEventListener("keydown", (event) => {
      const section_ = event.target.closest(".desk-conflict"), button = section_ && section_.querySelector('[data-choice="' + CSS.escape(event.key) + '"]');
      if (!button) return;
      event.preventDefault();
      button.click();
    });
    return {show: show, first: () => box.querySelector("[data-choice]")};
  };
})(window.desk = window.desk || {});
