/* The members of a household as a grid: rows come and go, Enter and the arrows move, cells of a spreadsheet can be pasted. */
(function () {
  "use strict";
  var table = document.querySelector("[data-roster]");
  if (!table) return;
  var form = table.closest("form"), body = table.tBodies[0];
  var total = form.querySelector("[name=" + table.dataset.roster + "-TOTAL_FORMS]");

  function controls(row) {
    return Array.prototype.slice.call(row.querySelectorAll("input:not([type=hidden]), select"));
  }
  function renumber() {
    Array.prototype.forEach.call(body.rows, function (row, place) {
      row.cells[0].textContent = String(place + 1);
      row.querySelectorAll("[name], [id], [aria-label], [aria-describedby]").forEach(function (one) {
        ["name", "id", "aria-describedby"].forEach(function (attribute) {
          var text = one.getAttribute(attribute);
          if (text && one.name !== "remove") one.setAttribute(attribute, text.replace(/-\d+-/, "-" + place + "-"));
        });
        if (one.name === "remove") one.value = String(place);
        var label = one.getAttribute("aria-label");
        if (label) one.setAttribute("aria-label", label.replace(/\d+$/, String(place + 1)));
      });
    });
    total.value = String(body.rows.length);
  }
  function empty(row) {
    row.querySelectorAll(".field-error").forEach(function (error) { error.remove(); });
    controls(row).forEach(function (control) {
      control.value = "";
      control.classList.remove("is-invalid");
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    });
  }
  function addRow() {
    if (body.rows.length >= Number(table.dataset.most)) return null;
    var row = body.rows[body.rows.length - 1].cloneNode(true);
    empty(row);
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
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").trim().toLowerCase();
  }
  function put(control, text) {
    if (control.tagName !== "SELECT") {
      control.value = text.trim();
      return;
    }
    var wanted = plain(text);
    Array.prototype.some.call(control.options, function (option) {
      var hit = wanted && plain(option.textContent).replace(/^\d+ /, "") === wanted;
      if (hit) control.value = option.value;
      return hit;
    });
  }
  function paste(control, lines) {
    var row = control.closest("tr"), place = controls(row).indexOf(control);
    lines.forEach(function (line) {
      row = row || addRow();
      if (!row) return;
      line.split("\t").forEach(function (text, step) {
        var cell = controls(row)[place + step];
        if (cell) put(cell, text);
      });
      row = row.nextElementSibling;
    });
  }

  body.addEventListener("keydown", function (event) {
    var control = event.target.closest("input, select");
    if (!control || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    var arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (event.key === "Enter" || (arrow && control.tagName === "INPUT" && !control.list)) {
      event.preventDefault();
      move(control, event.key);
    }
  });
  body.addEventListener("paste", function (event) {
    var text = event.clipboardData && event.clipboardData.getData("text");
    if (!text || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    paste(event.target, text.replace(/\r/g, "").replace(/\n+$/, "").split("\n"));
  });
  form.addEventListener("keydown", function (event) {
    var one = event.target;
    if (event.key !== "Enter" || event.ctrlKey || event.isComposing || table.contains(one)) return;
    if (one.tagName !== "INPUT" && one.tagName !== "SELECT") return;
    var fields = Array.prototype.slice.call(form.querySelectorAll("input:not([type=hidden]), select"));
    event.preventDefault();
    var next = fields[fields.indexOf(one) + 1];
    if (next) next.focus();
  });
  form.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button || (button.value !== "add" && button.name !== "remove")) return;
    event.preventDefault();
    if (button.value === "add") return focusIn(addRow(), 0);
    if (body.rows.length > 1) button.closest("tr").remove();
    else empty(body.rows[0]);
    renumber();
  });
})();

/* The relations to a new head are asked only when the head is the one who goes. */
(function () {
  "use strict";
  document.querySelectorAll("[data-needs-head-of]").forEach(function (block) {
    var form = block.closest("form"), name = block.dataset.needsHeadOf;
    function show() {
      var chosen = form.querySelector("[name=" + name + "]:checked");
      block.hidden = !chosen || chosen.value !== block.dataset.head;
      block.querySelectorAll("select").forEach(function (one) {
        var row = one.closest("tr");
        row.hidden = one.name === "relation0_" + (chosen ? chosen.value : "");
      });
    }
    form.addEventListener("change", show);
    show();
  });
})();
