/* The totals of a round: Enter and the arrows move, cells of a spreadsheet can be pasted into the table. */
(function () {
  "use strict";
  var form = document.querySelector("[data-totals]");
  if (!form) return;
  var rows = Array.prototype.slice.call(form.querySelectorAll("tbody tr"));
  var planned = document.querySelector("[aria-invalid=true]");

  function cells(row) {
    return Array.prototype.slice.call(row.querySelectorAll("input:not([type=hidden])"));
  }
  function at(row, place) {
    var found = rows[row] && cells(rows[row])[place];
    if (found) {
      found.focus();
      found.select();
    }
    return Boolean(found);
  }
  function placeOf(control) {
    var row = control.closest("tr");
    return row && { row: rows.indexOf(row), place: cells(row).indexOf(control) };
  }
  form.addEventListener("keydown", function (event) {
    var here = event.target.matches("tbody input") && placeOf(event.target);
    if (!here || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (!at(here.row, here.place + 1) && !at(here.row + 1, 0)) form.elements.source.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (at(here.row + (event.key === "ArrowDown" ? 1 : -1), here.place)) event.preventDefault();
    }
  });
  /* Names among the cells, or more of them than there is room for: the server finds each row its commune, none is dropped. */
  function keepForNames(text) {
    var box = form.elements.pasted;
    box.closest("details").open = true;
    box.value = (box.value.trim() ? box.value.trim() + "\n" : "") + text;
    box.focus();
  }
  form.addEventListener("paste", function (event) {
    var here = event.target.matches("tbody input") && placeOf(event.target);
    var text = here && event.clipboardData.getData("text");
    if (!text || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    var lines = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map(function (line) { return line.split("\t"); });
    function cellFor(down, step) {
      var row = rows[here.row + down];
      return row && cells(row)[here.place + step];
    }
    var fits = lines.every(function (line, down) {
      return line.every(function (value, step) { return /^[0-9.\s]*$/.test(value) && cellFor(down, step); });
    });
    if (!fits) return keepForNames(text);
    lines.forEach(function (line, down) {
      line.forEach(function (value, step) { cellFor(down, step).value = value.trim(); });
    });
  });
  if (planned) planned.focus();
})();
