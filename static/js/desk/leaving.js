/* Signing out drops what this account keeps unsent on the device (store.js); who would lose something is asked first. What
   others could not send stays: it is sealed, and theirs. */
(function (desk) {
  "use strict";
  const box = document.getElementById("unsent-leaving"), lock = document.getElementById("idle-lock");
  if (!box || !lock || !window.indexedDB) return;
  const STAYED = 5000;  // he answered the browser's own question with staying, or the server did not answer
  const leave = lock.dataset.leave, user = lock.dataset.user;
  let allowed = false, waiting = null;

  function promised(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
  async function opened() {
    const opening = indexedDB.open("desk", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("unsent", {keyPath: "id"});
    return promised(opening);
  }
  /* The records, without making the database where there is none and the browser can tell. */
  async function records() {
    const known = indexedDB.databases ? await indexedDB.databases() : [{name: "desk"}];
    if (!known.some((one) => one.name === "desk")) return [];
    const database = await opened();
    const found = await promised(database.transaction("unsent").objectStore("unsent").getAll());
    database.close();
    return found;
  }
  async function drop(own) {
    const database = await opened();
    const table = database.transaction("unsent", "readwrite").objectStore("unsent");
    await Promise.all(own.map((record) => promised(table.delete(record.id))));
    database.close();
  }
  async function go(form, others) {
    if (others) {
      const kept = document.createElement("input");
      kept.type = "hidden";
      kept.name = "device";
      kept.value = "kept";
      form.append(kept);
    }
    allowed = desk.left = true;
    form.requestSubmit();
    window.setTimeout(() => { allowed = desk.left = false; }, STAYED);
  }
  async function asked(form) {
    if (desk.flush) await Promise.race([desk.flush(), new Promise((resolve) => window.setTimeout(resolve, 3000))]);
    const all = await records().catch(() => []), own = all.filter((one) => one.user === user);
    const others = own.length < all.length;
    waiting = async () => { await drop(own); go(form, others); };
    if (!own.length) return go(form, others);
    const count = own.reduce((sum, one) => sum + one.count, 0);
    box.querySelectorAll("[data-words]").forEach((one) => { one.textContent = one.dataset.words.replace("{n}", count); });
    return box.showModal();
  }
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") !== leave || allowed) return;
    event.preventDefault();
    asked(event.target);
  });
  box.querySelector("[data-drop]").addEventListener("click", () => waiting());
  box.querySelector("[data-stay]").addEventListener("click", () => box.close());
})(window.desk = window.desk || {});
