/* A panel of the household's page that could not be loaded says so; its heading stays a link to the panel's own page. */
(function () {
  "use strict";
  function failed(event) {
    var told = event.detail.elt.querySelector(".household-failed");
    if (told) told.hidden = false;
  }
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
})();
