/* Rows of cells that are filled by keyboard. A grid is a table with data-grid; the rest is read from its markup.
   Enter       goes on: next cell, next row, after the last row a new one; where no row comes, the next field of the form, and
               after the last field the button that stores. A form with a grid is never sent by Enter in a field.
   Arrows      up and down change the row.
   Paste       of a block from a spreadsheet fills the cells from here on, with new rows as needed. A list takes the words of an
               option, marks or not, or its number. What finds no place is told in [data-grid-told] of the fieldset. Before it
               the table gets the event "grid:paste" (detail.cells); who prevents its default takes the block himself.
   data-most   rows come and go, so many at most, by the buttons value="add" and name="remove" of the fieldset. The first number
               before a hyphen in a name or id is the row's ("m-0-birth", "m0-birth"), the last one of aria-label counts from 1.
   data-grid   its value, where not empty, is the prefix of a formset: PREFIX-TOTAL_FORMS follows the rows.
   data-own    is what belongs to the person of one row only: no new row gets it.
   data-row    the page makes the rows itself: the table asks for one by the event "grid:row" (detail.row) and renumbers nothing.
               There all four arrows go from cell to cell, also out of a list; cells with data-skip are passed over by Enter, and
               Enter in an empty row below the others goes on to the next question. */
(function () {
  "use strict";
  var FIELDS = "input:not([type=hidden]), select";

  function seen(one) {
    return one.checkVisibility ? one.checkVisibility() : one.offsetParent !== null;  // also of a folded part of the form
  }
  function fieldsOf(box) {
    return Array.from(box.querySelectorAll(FIELDS)).filter(function (one) { return seen(one) && !one.disabled; });
  }
  /* One control a column, so that a block keeps its columns where a cell asks a second question. */
  function columnsOf(row) {
    return Array.from(row.cells).map(function (cell) { return cell.querySelector(FIELDS); }).filter(Boolean);
  }
  function columnOf(control) {
    return columnsOf(control.closest("tr")).indexOf(control.closest("td").querySelector(FIELDS));
  }
  function goTo(control) {
    if (!control) return false;
    control.focus();
    if (control.select) control.select();
    return true;
  }
  /* Boxes of one question are one stop. */
  function goPast(form, control) {
    var fields = fieldsOf(form), group = control.closest("[data-choices]");
    var next = fields.slice(fields.indexOf(control) + 1).find(function (one) { return !group || !group.contains(one); });
    goTo(next || form.querySelector(".form-actions .btn-primary") || document.querySelector("[data-grid-end]"));
  }

  function renumber(table) {
    var rows = Array.from(table.tBodies[0].rows);
    rows.forEach(function (row, place) {
      row.cells[0].textContent = String(place + 1);
      row.querySelectorAll("[name], [id], [for], [aria-label], [aria-describedby]").forEach(function (one) {
        if (one.name === "remove") one.value = String(place);
        ["name", "id", "for", "aria-describedby"].forEach(function (attribute) {
          var text = one.getAttribute(attribute);
          if (text) one.setAttribute(attribute, text.replace(/\d+(?=-)/, String(place)));
        });
        var label = one.getAttribute("aria-label");
        if (label) one.setAttribute("aria-label", label.replace(/\d+$/, String(place + 1)));
      });
    });
    var total = table.dataset.grid && table.closest("form").elements[table.dataset.grid + "-TOTAL_FORMS"];
    if (total) total.value = String(rows.length);
  }
  function empty(row) {
    row.querySelectorAll(".field-error, [data-own]").forEach(function (one) { one.remove(); });
    row.querySelectorAll("input, select").forEach(function (control) {
      if (control.type === "checkbox" || control.type === "radio") control.checked = false;
      else control.value = "";
      control.classList.remove("is-invalid");
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    });
  }
  function made(table) {
    var asked = new CustomEvent("grid:row", {bubbles: true, detail: {row: null}});
    table.dispatchEvent(asked);
    return asked.detail.row;
  }
  function addRow(table) {
    var body = table.tBodies[0];
    if (table.dataset.row) return made(table);
    if (body.rows.length >= Number(table.dataset.most || 0)) return null;
    var row = body.rows[body.rows.length - 1].cloneNode(true);
    empty(row);
    body.appendChild(row);
    renumber(table);
    return row;
  }
  function removeRow(table, row) {
    if (table.tBodies[0].rows.length > 1) row.remove();
    else empty(row);
    renumber(table);
  }

  function isBlank(row) {
    return fieldsOf(row).every(function (one) { return !one.value.trim(); });
  }
  function goOn(table, control) {
    var row = control.closest("tr"), fields = fieldsOf(row), next = fields.slice(fields.indexOf(control) + 1);
    if (table.dataset.row && !row.nextElementSibling && isBlank(row)) return goPast(control.form, fields[fields.length - 1]);
    if (goTo(next.find(function (one) { return !one.closest("[data-skip]"); }))) return undefined;
    row = row.nextElementSibling || addRow(table);
    return row ? goTo(columnsOf(row)[0]) : goPast(control.form, fields[fields.length - 1]);
  }
  /* To the neighbour, where the caret is at that end of the text. */
  function goAside(control, key) {
    var fields = fieldsOf(control.closest("tr")), step = key === "ArrowRight" ? 1 : -1;
    if (control.tagName !== "SELECT") {
      var edge = step === 1 ? control.value.length : 0, whole = control.selectionEnd - control.selectionStart === control.value.length;
      if (!whole && (control.selectionStart !== edge || control.selectionEnd !== edge)) return false;
    }
    return goTo(fields[fields.indexOf(control) + step]);
  }
  function goAcross(control, key) {
    var row = control.closest("tr");
    row = key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    goTo(row && columnsOf(row)[columnOf(control)]);
  }

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").trim().replace(/\s+/g, " ").toLowerCase();
  }
  function namesOf(option) {
    var words = plain(option.textContent), numbered = /^(\d+) (.+)$/.exec(words);
    return option.value ? [words].concat(numbered ? numbered.slice(1) : []) : [""];
  }
  /* Whether it could be filled. */
  function fill(control, text) {
    var value = text.trim(), wanted = plain(text);
    if (control.tagName === "SELECT") {
      var option = Array.from(control.options).find(function (one) { return namesOf(one).indexOf(wanted) >= 0; });
      if (!option) return false;
      value = option.value;
    }
    control.value = value;
    control.dispatchEvent(new Event("change", {bubbles: true}));
    return true;
  }
  /* As spreadsheets give them: a cell of several lines stands in quotes, its own quotes doubled. */
  function cellsOf(text) {
    var plainEnds = text.replace(/\r\n?/g, "\n").replace(/\n+$/, ""), lines = [[]];
    var one = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y, found;
    do {
      found = one.exec(plainEnds);
      var quoted = found[1] !== undefined && /[\t\n]/.test(found[1]);
      lines[lines.length - 1].push(quoted ? found[1].replace(/""/g, '"').replace(/\s+/g, " ") : found[0].slice(0, found[0].length - found[3].length));
      if (found[3] === "\n") lines.push([]);
    } while (found[3]);
    return lines;
  }
  /* What found no place: pairs of the row's number and the text. */
  function spread(table, control, cells) {
    var first = columnOf(control), row = control.closest("tr"), number = row.sectionRowIndex, lost = [];
    cells.forEach(function (line) {
      row = row || addRow(table);
      number += 1;
      line.forEach(function (text, step) {
        var cell = row && columnsOf(row)[first + step];
        if (cell ? !fill(cell, text) : text.trim()) lost.push([number, text.trim()]);
      });
      row = row && row.nextElementSibling;
    });
    return lost;
  }
  function tell(table, lost) {
    var box = table.closest("fieldset, form").querySelector("[data-grid-told]");
    if (!box) return;
    var told = lost.slice(0, 10).map(function (one) { return one[0] + ": “" + one[1] + "”"; }).join("; ");
    box.classList.toggle("field-error", lost.length > 0);
    box.textContent = lost.length ? box.dataset.gridTold + " " + told + (lost.length > 10 ? "; …" : ".") : "";
  }

  function onKey(event) {
    var control = event.target, table = control.closest("[data-grid]");
    if (!control.matches(FIELDS) || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    var arrow = event.key === "ArrowDown" || event.key === "ArrowUp", aside = event.key === "ArrowLeft" || event.key === "ArrowRight";
    var text = /^(text|tel|search|number)$/.test(control.type) && !control.list;
    if (arrow && table && (text || table.dataset.row)) goAcross(control, event.key);
    else if (aside && table && table.dataset.row) { if (!goAside(control, event.key)) return; }
    else if (event.key === "Enter" && table) goOn(table, control);
    else if (event.key === "Enter") goPast(control.form, control);
    else return;
    event.preventDefault();
  }
  function onPaste(event) {
    var table = event.target.matches(FIELDS) && event.target.closest("[data-grid]");
    var text = table && event.clipboardData && event.clipboardData.getData("text");
    if (!text || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    var cells = cellsOf(text), asked = {detail: {cells: cells, text: text}, bubbles: true, cancelable: true};
    if (event.target.dispatchEvent(new CustomEvent("grid:paste", asked))) tell(table, spread(table, event.target, cells));
  }
  function onClick(event) {
    var button = event.target.closest("button"), box = button && button.closest("fieldset");
    var table = box && box.querySelector("[data-grid][data-most]");
    if (!table || table.dataset.row || (button.value !== "add" && button.name !== "remove")) return;
    event.preventDefault();
    if (button.name === "remove") return removeRow(table, button.closest("tr"));
    var row = addRow(table);
    if (row) goTo(columnsOf(row)[0]);
  }

  var forms = new Set(Array.from(document.querySelectorAll("[data-grid]")).map(function (one) { return one.closest("form"); }));
  forms.forEach(function (form) {
    form.addEventListener("keydown", onKey);
    form.addEventListener("paste", onPaste);
    form.addEventListener("click", onClick);
  });
})();
