/* The rows of the roster: made from the template, named by an index that no two people give at once, taken away and brought back.
   Cells that the law does not ask at somebody's age are marked and passed over by Enter. */
(function (desk) {
  "use strict";
  const NAME = /^m(\d{1,10})-(\w+)$/, START = 1.6e12;

  desk.roster = function (form) {
    const table = form.querySelector("[data-row]"), pattern = document.getElementById(table.dataset.row);
    const columns = new Map(desk.data.columns.map((one) => [one.name, one]));
    const most = Number(table.dataset.most);

    function rows() { return Array.from(table.tBodies[0].rows); }
    function indexOf(row) { return Number(row.dataset.index); }
    function cell(row, column) { return row.querySelector('[name="m' + row.dataset.index + "-" + column + '"]'); }
    function isEmpty(row) {
      return Array.from(row.querySelectorAll("[name^=m]")).every((one) => !one.value.trim());
    }
    function numbered() {
      rows().forEach((row, place) => {
        row.cells[0].textContent = String(place + 1);
        const person = desk.told("person", {n: place + 1});
        row.querySelectorAll("[data-column]").forEach((box) => {
          box.querySelector("input, select").setAttribute("aria-label", columns.get(box.dataset.column).label + ", " + person);
        });
        const button = row.querySelector("[name=remove]");
        if (button) button.setAttribute("aria-label", desk.told("remove", {n: place + 1}));
      });
    }
    function choices(list, options) {
      list.add(new Option("", ""));
      options.forEach(([value, words]) => list.add(new Option(words, value)));
    }
    function made(index) {
      const row = pattern.content.firstElementChild.cloneNode(true);
      row.dataset.index = String(index);
      row.querySelectorAll("[data-name]").forEach((control) => {
        control.name = "m" + index + "-" + control.dataset.name;
        control.id = desk.idOf(control.name);
        control.disabled = form.hasAttribute("data-only-read");
        const column = columns.get(control.dataset.name);
        if (control.tagName === "SELECT") choices(control, column.options);
        const said = control.parentElement.querySelector(".desk-said");
        if (said) { said.id = control.id + "_said"; control.setAttribute("aria-describedby", said.id); }
      });
      return row;
    }
    /* In the order of the indexes, which is the order of adding. */
    function place(row) {
      const after = rows().find((one) => indexOf(one) > indexOf(row));
      table.tBodies[0].insertBefore(row, after || null);
      numbered();
      return row;
    }
    function find(index) { return rows().find((row) => indexOf(row) === index); }
    function rowFor(name) {
      const found = NAME.exec(name);
      if (!found || !columns.has(found[2])) return null;
      return find(Number(found[1])) || place(made(Number(found[1])));
    }
    function add() {
      if (rows().length >= most) return null;
      const byClock = Math.floor((Date.now() - START) / 100), last = Math.max(-1, ...rows().map(indexOf));
      const behind = last + 1 + Math.floor(Math.random() * 100);  // this device's clock is slow: below the others, as a rule alone
      return place(made(byClock > last ? byClock : behind));
    }
    /* Its answers become nothing; it can be brought back as it was. */
    function remove(row) {
      const number = row.cells[0].textContent, name = cell(row, "name").value.trim();
      row.remove();
      if (!rows().length) add();
      numbered();
      return {row: row, told: desk.told("removed", {name: name || desk.told("row_without_name", {n: number})})};
    }

    /* Meanwhile somebody else may have written in it: that stays. */
    function back(row) {
      const there = find(indexOf(row));
      if (there) {
        there.querySelectorAll("[data-name]").forEach((control) => {
          if (control.value) row.querySelector('[data-name="' + control.dataset.name + '"]').replaceWith(control);
        });
        there.remove();
      }
      return place(row);
    }

    function born(row) {
      const text = cell(row, "birth") ? cell(row, "birth").value.trim() : "";
      const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
      if (day) return [new Date(Date.UTC(day[3], day[2] - 1, day[1])), new Date(Date.UTC(day[3], day[2] - 1, day[1]))];
      return /^\d{4}$/.test(text) ? [new Date(Date.UTC(text, 0, 1)), new Date(Date.UTC(text, 11, 31))] : null;
    }
    function years(birth, on) {
      const early = on.getUTCMonth() < birth.getUTCMonth() ||
        (on.getUTCMonth() === birth.getUTCMonth() && on.getUTCDate() < birth.getUTCDate());
      return on.getUTCFullYear() - birth.getUTCFullYear() - (early ? 1 : 0);
    }
    function surveyDay() {
      const typed = form.elements["s-day"], day = typed && /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed.value.trim());
      return new Date(day ? Date.UTC(day[3], day[2] - 1, day[1]) : desk.data.on);
    }
    /* A year of birth alone gives two ages: asked if either is. */
    function asked(ages, birth, on) {
      if (!ages.length || !birth) return true;
      const oldest = years(birth[0], on), youngest = years(birth[1], on);
      return ages.some(([low, high]) => oldest >= low && (high === null || youngest < high));
    }
    function mark(row) {
      const birth = born(row), on = surveyDay();
      row.querySelectorAll("[data-column]").forEach((box) => {
        const wanted = asked(columns.get(box.dataset.column).ages, birth, on);
        box.classList.toggle("desk-not-asked", !wanted);
        box.toggleAttribute("data-skip", !wanted);
      });
    }

    const indexes = new Set(Object.keys(desk.data.answers).map((name) => NAME.exec(name)).filter(Boolean).map((one) => Number(one[1])));
    Array.from(indexes).sort((one, other) => one - other).forEach((index) => place(made(index)));
    return {
      table: table, rows: rows, add: add, remove: remove, back: back, rowFor: rowFor, cell: cell, isEmpty: isEmpty, mark: mark,
      columns: columns, full: () => rows().length >= most
    };
  };
})(window.desk = window.desk || {});
