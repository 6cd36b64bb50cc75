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
