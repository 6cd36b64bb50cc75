/* The roster of the try-out page: rows come and go without asking the server; Enter and the arrows move in the grid. */
(function () {
  "use strict";
  var form = document.querySelector("[data-trial]");
  var table = form && form.querySelector(".trial-roster");
  if (!table) return;
  var body = table.tBodies[0];

  function controls(row) {
    return Array.prototype.slice.call(row.querySelectorAll("input, select"));
  }
  function renumber() {
    Array.prototype.forEach.call(body.rows, function (row, place) {
      row.cells[0].textContent = String(place + 1);
      controls(row).forEach(function (control) {
        control.setAttribute("aria-label", control.getAttribute("aria-label").replace(/\d+$/, String(place + 1)));
      });
    });
  }
  function nextIndex() {
    return Array.prototype.reduce.call(body.rows, function (top, row) {
      return Math.max(top, Number(row.dataset.index) + 1);
    }, 0);
  }
  function rename(row, index) {
    row.dataset.index = String(index);
    row.querySelectorAll(".field-error").forEach(function (error) { error.remove(); });
    row.querySelector("[name=remove]").value = String(index);
    controls(row).forEach(function (control) {
      control.name = control.name.replace(/^m\d+-/, "m" + index + "-");
      control.id = "id_" + control.name;
      control.value = "";
      control.classList.remove("is-invalid");
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    });
  }
  function addRow() {
    if (body.rows.length >= Number(table.dataset.most)) return null;
    var row = body.rows[body.rows.length - 1].cloneNode(true);
    rename(row, nextIndex());
    body.appendChild(row);
    renumber();
    return row;
  }
  function focusIn(row, place) {
    var found = row && controls(row)[place];
    if (found) found.focus();
  }
  function move(control, key) {
    var row = control.closest("tr"), place = controls(row).indexOf(control);
    if (key === "ArrowDown") return focusIn(row.nextElementSibling, place);
    if (key === "ArrowUp") return focusIn(row.previousElementSibling, place);
    if (place + 1 < controls(row).length) return focusIn(row, place + 1);
    focusIn(row.nextElementSibling || addRow(), 0);
  }

  body.addEventListener("keydown", function (event) {
    var control = event.target.closest("input, select");
    if (!control || event.ctrlKey || event.altKey || event.metaKey) return;
    var arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (event.key === "Enter" || (arrow && control.tagName === "INPUT")) {
      event.preventDefault();
      move(control, event.key);
    }
  });
  form.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.ctrlKey || table.contains(event.target)) return;
    var fields = Array.prototype.slice.call(form.querySelectorAll("input:not([type=hidden]), select"));
    var place = fields.indexOf(event.target);
    if (place < 0) return;
    event.preventDefault();
    if (fields[place + 1]) fields[place + 1].focus();
  });
  form.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button || (button.value !== "add" && button.name !== "remove")) return;
    event.preventDefault();
    if (button.value === "add") return focusIn(addRow(), 0);
    if (body.rows.length > 1) button.closest("tr").remove();
    else rename(body.rows[0], Number(body.rows[0].dataset.index));
    renumber();
  });
})();
