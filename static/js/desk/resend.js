/* On the desk's other pages: what forms could not send is sent from here, as soon as there is a connection, in its order. */
(function (desk) {
  "use strict";
  const box = document.getElementById("unsent");
  if (!box || !desk.store.possible) return;
  const AGAIN = 15000;

  function addressOf(form) {
    return box.dataset.save.replace("/0/", "/" + form + "/");
  }
  function tell(left, sentence) {
    const forms = Array.from(new Set(left.map((save) => save.form)));
    const count = left.reduce((sum, save) => sum + save.changes.length, 0);
    box.hidden = !left.length;
    const words = document.createElement("span");
    words.textContent = box.dataset.left.replace("{n}", count).replace("{m}", forms.length) + (sentence ? " " + sentence : "");
    const links = forms.slice(0, 5).map((form) => {
      const link = document.createElement("a");
      link.href = addressOf(form).replace("save/", "");
      link.textContent = box.dataset.open.replace("{form}", form);
      link.className = "ms-2";
      return link;
    });
    box.querySelector("[data-told]").replaceChildren(words, ...links);
  }
  /* Whether one may go on with the next of this form. */
  async function sent(save, later) {
    const content = {key: save.key, base: save.base, changes: save.changes};
    const answer = await desk.server.send(addressOf(save.form), content, true);
    if (answer.status !== 200) return answer;
    desk.rebase(later.filter((one) => one.form === save.form), save, answer.body);
    await desk.store.remove(save.key);
    return answer;
  }
  async function go() {
    if (!(await desk.store.records()).length) return tell([]);
    if (!desk.store.ready()) {
      const key = await desk.server.deviceKey(box.dataset.key);
      if (key.status !== 200) return again();
      await desk.store.unlock(key.body);
      desk.server.account = key.body.account;
    }
    const all = await desk.store.leftBehind(null), left = [], stuck = new Set();
    let sentence = "", cut = false;
    for (let place = 0; place < all.length; place += 1) {
      const save = all[place];
      if (cut || stuck.has(save.form)) { left.push(save); continue; }
      const answer = await sent(save, all.slice(place + 1));
      if (answer.status === 200) continue;
      left.push(save);
      stuck.add(save.form);
      cut = answer.status === 0 || answer.status >= 500 || answer.status === 401 || answer.status === 423;
      sentence = answer.body.refused || sentence;
    }
    tell(left, sentence);
    return cut ? again() : null;
  }
  function again() {
    window.setTimeout(go, AGAIN);
  }
  document.addEventListener("portal:opened", go);
  window.addEventListener("online", go);
  go();
})(window.desk = window.desk || {});
