/* Saves that the server does not have yet, kept on this device: IndexedDB, each sealed by AES-GCM under the account's key, which
   the server gives to a signed-in page and which stays in memory only. Another account cannot read them; signing out drops them.
   A record: {id, account, user, form, count, page, order, iv, sealed}. "page" names the page that wrote it: while that page lives it holds a lock of
   this name, so that no second page sends what the first is still changing. */
(function (desk) {
  "use strict";
  const DATABASE = "desk", TABLE = "unsent", LOCK = "desk-page-";
  const possible = Boolean(window.isSecureContext && window.crypto && crypto.subtle && window.indexedDB && navigator.locks);
  const page = possible ? crypto.randomUUID() : "";
  const lock = document.getElementById("idle-lock"), user = lock ? lock.dataset.user : "";  // whom signing out asks (leaving.js)
  const LONGEST = 4000;  // a device that does not answer keeps nothing from the server
  let account = "", key = null, line = Promise.resolve();

  /* One act after the other, in the order in which they were asked for: no older writing lands on a newer one. */
  function inTurn(work) {
    const late = () => new Promise((_resolve, reject) => { window.setTimeout(() => reject(new Error("the device does not answer")), LONGEST); });
    const act = () => Promise.race([work(), late()]);
    line = line.then(act, act);
    return line;
  }

  function promised(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
  /* Opened for each act: sign-out in another tab may have dropped the database meanwhile. safe: waits for the disk itself. */
  async function withTable(mode, work, safe) {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, {keyPath: "id"});
    const database = await promised(opening);
    try {
      const step = database.transaction(TABLE, mode, {durability: safe ? "strict" : "relaxed"});
      const done = new Promise((resolve, reject) => {
        step.oncomplete = resolve;
        step.onerror = step.onabort = () => reject(step.error);
      });
      const [found] = await Promise.all([work(step.objectStore(TABLE)), done]);
      return found;
    } finally {
      database.close();
    }
  }

  /* answer: of the address device-key. False where nothing can be kept here. */
  async function unlock(answer) {
    if (!possible) return false;
    const bytes = Uint8Array.from(atob(answer.key), (letter) => letter.charCodeAt(0));
    key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    account = answer.account;
    navigator.locks.request(LOCK + page, () => new Promise(() => {}));  // until the page is gone
    return true;
  }
  function put(save, safe) {
    return inTurn(() => keep(save, safe));
  }
  async function keep(save, safe) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(save));
    const sealed = await crypto.subtle.encrypt({name: "AES-GCM", iv: iv}, key, plain);
    const record = {
      id: save.key, account: account, user: user, form: save.form, count: save.changes.length, page: page, order: save.order,
      iv: iv, sealed: sealed
    };
    await withTable("readwrite", (table) => promised(table.put(record)), safe);
  }
  function remove(id) {
    return inTurn(() => withTable("readwrite", (table) => promised(table.delete(id))));
  }
  function records() {
    return possible ? inTurn(() => withTable("readonly", (table) => promised(table.getAll()))) : Promise.resolve([]);
  }
  async function opened(record) {
    try {
      const plain = await crypto.subtle.decrypt({name: "AES-GCM", iv: record.iv}, key, record.sealed);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch (refused) {
      return null;  // sealed under a key that is no more
    }
  }
  function abandoned(record) {
    if (record.page === page) return false;
    return navigator.locks.request(LOCK + record.page, {ifAvailable: true}, (lock) => lock !== null);
  }
  /* What earlier pages of this account left behind, oldest first; of one form, or of all. */
  async function leftBehind(form) {
    const found = [];
    for (const record of await records()) {
      if (record.account !== account || (form && record.form !== form) || !(await abandoned(record))) continue;
      const save = await opened(record);
      if (save) found.push(save);
    }
    return found.sort((one, other) => one.order - other.order);
  }
  desk.store = {
    possible: possible, unlock: unlock, put: put, remove: remove, leftBehind: leftBehind, records: records,
    ready: () => key !== null
  };
})(window.desk = window.desk || {});
