/* Locks the screen when nobody has done anything for a while, and opens it again with the password, without leaving the page:
   what was typed stays where it is. Tabs of one browser agree through localStorage; the server keeps its own clock. */
(function () {
  "use strict";
  var box = document.getElementById("idle-lock");
  if (!box || !box.showModal) return;
  var limit = Number(box.dataset.idleSeconds) * 1000;
  var owner = box.dataset.user;
  var form = box.querySelector("form");
  var field = box.querySelector("input[type=password]");
  var told = box.querySelector("[data-told]");
  var PING_EVERY = 60000;
  var title = document.title;
  var lastActive = Date.now();
  var pinged = Date.now();
  var pingWaits = false;

  function shared(name, value) {
    try {
      if (value !== undefined) localStorage.setItem("portal." + name, value);
      return localStorage.getItem("portal." + name);
    } catch (refused) { return null; }
  }

  function say(sentence) {
    told.textContent = sentence || "";
    told.closest(".notice").hidden = !sentence;
  }

  /* Asks the server; answers with {status, ...its JSON}. status 0: no connection. */
  function ask(address, fields) {
    var data = fields && new URLSearchParams(fields);
    return fetch(address, {
      method: data ? "POST" : "GET",
      body: data,
      headers: {"Accept": "application/json", "X-CSRFToken": box.querySelector("[name=csrfmiddlewaretoken]").value},
      credentials: "same-origin"
    }).then(function (response) {
      return response.json().catch(function () { return {}; }).then(function (json) {
        json.status = response.status;
        return json;
      });
    }, function () { return {status: 0}; });
  }

  function show(view) {
    box.querySelectorAll("[data-view]").forEach(function (part) { part.hidden = part.dataset.view !== view; });
  }

  function hidePage(view) {
    show(view);
    if (box.open) return;
    say("");
    document.documentElement.classList.add("screen-locked");
    document.title = box.dataset.title;
    box.showModal();
    if (view === "password") field.focus();
  }

  function showPage() {
    box.close();
    field.value = "";
    document.documentElement.classList.remove("screen-locked");
    document.title = title;
    lastActive = pinged = Date.now();
    document.dispatchEvent(new Event("portal:opened"));
  }

  function lockHere() {
    if (!box.open) hidePage("password");
  }

  function lockAll() {
    if (box.open) return;
    lockHere();
    shared("locked", String(Date.now()));
    ask(box.dataset.lock, {});
  }

  function endedHere(sentence) {
    hidePage("ended");
    if (sentence) say(sentence);
  }

  /* Forms on the page carry a token that a new sign-in has replaced. */
  function renewToken(token) {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (input) { input.value = token; });
  }

  /* Another tab may have opened the screen, or signed in again as somebody else. */
  function lookAgain() {
    ask(box.dataset.state).then(function (answer) {
      if (answer.status === 200 && String(answer.user) !== owner) window.location.reload();
      else if (answer.status === 200 && answer.state === "open" && box.open) { renewToken(answer.token); showPage(); }
      else if (answer.status === 200 && answer.state === "locked") lockHere();
      else if (answer.status === 401) endedHere(answer.sentence);
    });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var button = form.querySelector("[type=submit]");
    button.disabled = true;
    ask(form.action, {password: field.value}).then(function (answer) {
      button.disabled = false;
      if (answer.status === 200) {
        renewToken(answer.token);
        showPage();
        shared("opened", String(Date.now()));
      } else if (answer.status === 401) {
        endedHere(answer.sentence);
      } else {
        say(answer.sentence || box.dataset.offline);
        field.select();
        field.focus();
      }
    });
  });
  box.addEventListener("cancel", function (event) { event.preventDefault(); });
  /* Chromium closes a dialog at the second Escape whatever "cancel" says: it is opened again. */
  box.addEventListener("close", function () {
    if (document.documentElement.classList.contains("screen-locked")) box.showModal();
  });

  function ping() {
    pingWaits = false;
    pinged = Date.now();
    ask(box.dataset.ping, {idle: String(Math.max(0, pinged - lastActive))}).then(function (answer) {
      if (answer.status === 423) lockHere();
      else if (answer.status === 401) endedHere(answer.sentence);
    });
  }

  function active() {
    if (box.open) return;
    var now = Date.now();
    if (now - lastActive >= limit) return; /* the tick below locks first: the machine has slept */
    if (now - lastActive > 1000) shared("active", String(now));
    lastActive = now;
    if (pingWaits) return;
    pingWaits = true;
    window.setTimeout(ping, Math.max(1000, PING_EVERY - (now - pinged)));
  }

  function tick() {
    if (!box.open && Date.now() - lastActive >= limit) lockAll();
  }

  ["keydown", "input", "pointerdown", "wheel", "touchstart"].forEach(function (name) {
    document.addEventListener(name, active, {capture: true, passive: true});
  });
  window.addEventListener("storage", function (event) {
    if (event.key === "portal.active") lastActive = Math.max(lastActive, Number(event.newValue) || 0);
    else if (event.key === "portal.locked") lockHere();
    else if (event.key === "portal.opened") lookAgain();
    else if (event.key === "portal.left") window.setTimeout(lookAgain, 1000);
  });
  document.addEventListener("visibilitychange", function () {
    tick();
    if (!document.hidden) lookAgain();
  });
  /* Locked or signed out by the menu: the other tabs hide their pages too. */
  document.addEventListener("submit", function (event) {
    var address = event.target.getAttribute("action");
    if (address === box.dataset.lock) shared("locked", String(Date.now()));
    if (address === box.dataset.leave) shared("left", String(Date.now()));
  });
  /* A page taken from the browser's store of visited pages may be older than the lock or the sign-out. */
  window.addEventListener("pageshow", function (event) { if (event.persisted) lookAgain(); });
  window.setInterval(tick, 1000);
  shared("active", String(lastActive));
  shared("opened", String(lastActive));

  /* Whatever else on the page asks the server learns of the lock by 423 and of the end by 401. */
  var plainFetch = window.fetch;
  window.fetch = function () {
    return plainFetch.apply(window, arguments).then(function (response) {
      if (response.status === 423) lockHere();
      return response;
    });
  };
  document.addEventListener("htmx:beforeSwap", function (event) {
    var status = event.detail.xhr.status;
    if (status === 423) lockHere();
    if (status === 401) endedHere("");
  });
})();
