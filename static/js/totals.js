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
  form.addEventListener("paste", function (event) {
    var here = event.target.matches("tbody input") && placeOf(event.target);
    var text = here && event.clipboardData.getData("text");
    if (!text || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach(function (line, down) {
      line.split("\t").forEach(function (value, step) {
        var row = rows[here.row + down], cell = row && cells(row)[here.place + step];
        if (cell) cell.value = value.trim();
      });
    });
  });
  if (planned) planned.focus();
})();
