/* The totals of a round are a grid of given rows; a pasted block that holds names, or does not fit, goes to the server's box. */
(function () {
  "use strict";
  var form = document.querySelector("[data-totals]");
  if (!form) return;
  var rows = Array.from(form.querySelectorAll("tbody tr")), wrong = document.querySelector("[aria-invalid=true]");

  function fits(control, cells) {
    var first = rows.indexOf(control.closest("tr")), place = control.closest("td").cellIndex;
    return cells.every(function (line, down) {
      return line.every(function (value, step) {
        var cell = rows[first + down] && rows[first + down].cells[place + step];
        return /^[0-9.\s]*$/.test(value) && cell && cell.querySelector("input");
      });
    });
  }
  /* The server finds each row its commune, none is dropped. */
  form.addEventListener("grid:paste", function (event) {
    if (fits(event.target, event.detail.cells)) return;
    event.preventDefault();
    var box = form.elements.pasted;
    box.closest("details").open = true;
    box.value = (box.value.trim() ? box.value.trim() + "\n" : "") + event.detail.text;
    box.focus();
  });
  if (wrong) wrong.focus();
})();
