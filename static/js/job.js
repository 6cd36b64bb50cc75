/* Progress of work in the background: asks every second and a half, and loads the page anew when it has ended. */
(function () {
  "use strict";
  var box = document.querySelector("[data-job]");
  if (!box) return;
  var bar = box.querySelector("progress"), told = box.querySelector("[data-job-told]"), stage = box.querySelector("[data-job-stage]");
  function shown(state) {
    if (state.ended) return window.location.reload();
    if (state.total) {
      bar.max = state.total;
      bar.value = state.done;
      told.textContent = box.dataset.words.replace("%done", state.done).replace("%total", state.total);
    }
    stage.textContent = state.stage;
    return window.setTimeout(ask, 1500);
  }
  function ask() {
    fetch(box.dataset.job, { headers: { Accept: "application/json", "X-Passive": "1" } })
      .then(function (answer) { if (!answer.ok) throw new Error(answer.status); return answer.json(); })
      .then(shown)
      .catch(function () { window.setTimeout(ask, 5000); });
  }
  window.setTimeout(ask, 800);
})();
