/* Saving while one types. What the page shows is compared with what the server is known to have; the difference is the tail. The
   tail stands on the device at once, is sent a second after the last key or on leaving a field, and has a key of its own, so that a
   save that is sent again is stored once. One save is on its way at a time; one that failed goes again, unchanged, until it arrives.

   options: {form: key of the form; version; fields: of values.js; masks; save: address; held: () => names that are still being typed;
   unlocked: () => whether the session is this account's (null: no connection); strange: (name, values) of a field that the page does
   not have yet; changed, answered, touched, notTaken: called after each step, with the server's answer, with the name others wrote,
   with the sentences for fields that were refused}. */
(function (desk) {
  "use strict";
  const PAUSE = 1000, OFTEN = 3000, WAITS = [1000, 2000, 4000, 8000, 15000, 30000];
  let last = 0;

  function order() {
    last = Math.max(last + 1, Date.now());
    return last;
  }
  /* Random, also where the page is not in a secure context and randomUUID is missing. */
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /* Of a number's field: what stands in place of the digits that were sent. Anything else that the server has otherwise is of
     others. */
  function isToken(name, values) {
    return name.endsWith("-identity") && values.length === 1 && values[0].startsWith("#");
  }

  class Saver {
    constructor(options) {
      Object.assign(this, options);
      this.known = this.fields.all();  // what the server has, as far as this page was told
      this.queue = [];                 // saves that may have been sent: they never change again
      this.tail = null;
      this.later = new Map();          // of others, for a field in which somebody stands now
      this.decided = new Map();        // of two values that clash one was taken: name → what stood there
      this.masks = Object.assign({}, options.masks);
      this.barred = new Map();         // refused as they stand: name → value; sent again when they were changed
      this.flight = null;
      this.sentAt = 0;
      this.failures = 0;
      this.state = "saved";            // saved, typed, saving, cut, refused, out
      this.told = "";
      this.savedAt = null;
      this.busy = false;
      this.timer = 0;
      this.writing = null;
      this.noticed = false;            // that something was typed, to be looked at when the event is over
      this.kept = true;                // whether what is unsent stands on the device
    }
    /* As it will be once all that was sent has arrived. */
    expected(name) {
      for (let place = this.queue.length - 1; place >= 0; place -= 1) {
        const change = this.queue[place].changes.find((one) => one.name === name);
        if (change) return change.after;
      }
      return this.known.get(name) || [];
    }
    difference(held) {
      const changes = [];
      this.fields.all().forEach((after, name) => {
        const before = this.expected(name);
        if (this.decided.has(name)) changes.push({name: name, before: this.decided.get(name), after: after, decides: true});
        else if (!held.has(name) && !desk.same(before, after)) changes.push({name: name, before: before, after: after});
      });
      return changes;
    }
    unsent() {
      const names = this.queue.concat(this.tail || []).flatMap((save) => save.changes.map((change) => change.name));
      return new Set(names).size;
    }
    show(state, told) {
      this.state = state;
      this.told = told || "";
      this.changed(this);
    }

    /* After each key; once after a block of cells that was pasted. */
    typed() {
      if (this.noticed) return;
      this.noticed = true;
      queueMicrotask(() => {
        this.noticed = false;
        this.keep();
        if (this.tail && this.state !== "cut" && this.state !== "out") this.show(this.busy ? "saving" : "typed");
        this.soon(PAUSE);
      });
    }
    /* The tail as it is now, on the page and on the device. */
    keep() {
      const changes = this.difference(new Set());
      const key = this.tail ? this.tail.key : newKey();
      if (changes.length) this.tail = {key: key, form: this.form, base: this.version, changes: changes, order: order()};
      else if (this.tail) this.dropTail();
      if (this.tail) this.write();
    }
    dropTail() {
      this.forget(this.tail.key);
      this.tail = null;
    }
    /* From the device, after what is just being written there. */
    forget(key) {
      if (desk.store.ready()) (this.writing || Promise.resolve()).then(() => desk.store.remove(key)).catch(() => {});
    }
    /* One writing at a time, always the newest tail; while the server cannot be reached down to the disk. */
    write() {
      if (!desk.store.ready()) { this.kept = false; return Promise.resolve(); }
      if (this.writing) { this.again = true; return this.writing; }
      const save = this.tail;
      this.again = false;
      this.writing = desk.store.put(save, this.failures > 0).then(() => true, () => false).then((kept) => {
        this.writing = null;
        this.kept = kept;
        if (this.tail !== save && !this.has(save.key)) desk.store.remove(save.key).catch(() => {});
        if (this.again && this.tail) return this.write();
        this.changed(this);
        return null;
      });
      this.changed(this);  // not on the device yet
      return this.writing;
    }
    has(key) {
      return Boolean(this.tail && this.tail.key === key) || this.queue.some((save) => save.key === key);
    }
    soon(pause) {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.send(), pause);
    }
    /* Left the field, left the page, asked for it. */
    now() {
      this.keep();
      return this.send();
    }
    /* Whoever types fast leaves a field each second: the server is asked less often, the device has everything. */
    leftField() {
      this.typed();
      queueMicrotask(() => { if (Date.now() - this.sentAt > OFTEN) this.send(); });
    }

    /* The tail becomes a save that does not change any more; what is held back stays in a new tail. */
    close(leaving) {
      const held = new Set(leaving ? [] : this.held());
      this.stillBarred().forEach((name) => held.add(name));
      const changes = this.difference(held), rest = this.difference(new Set()).length > changes.length;
      if (!changes.length) return;
      const key = this.tail && !rest ? this.tail.key : newKey();  // one key never stands for two contents
      const save = {key: key, form: this.form, base: this.version, changes: changes, order: order()};
      this.queue.push(save);
      this.decided.clear();
      if (!rest) { this.tail = null; return; }
      if (desk.store.ready()) desk.store.put(save, false).catch(() => { this.kept = false; });
      this.keep();
    }
    stillBarred() {
      this.barred.forEach((value, name) => { if (!desk.same(value, this.fields.get(name))) this.barred.delete(name); });
      return Array.from(this.barred.keys());
    }
    send(leaving) {
      if (!this.busy) this.flight = this.sendFirst(leaving);
      return this.flight;
    }
    /* The page goes away: what waits behind a save that is on its way goes beside it, where it is about other fields; if it must
       go again, it goes under the same key. */
    leave() {
      if (!this.busy) return this.send(true);
      if (this.state === "out" || desk.left) return null;
      this.close(true);
      const before = new Set(this.queue[0].changes.map((change) => change.name));
      this.queue.slice(1).forEach((save) => {
        if (!save.changes.some((change) => before.has(change.name))) desk.server.send(this.save, this.content(save), true);
        save.changes.forEach((change) => before.add(change.name));
      });
      return null;
    }
    /* Everything, before the page is left by one of its own doors; whether it arrived. */
    async flush() {
      this.keep();
      for (let tries = 0; tries < 5 && this.unsent(); tries += 1) {
        await this.send();
        if (this.failures || this.state === "refused") return false;
      }
      return !this.unsent();
    }
    async sendFirst(leaving) {
      if (this.state === "out" || desk.left) return;
      window.clearTimeout(this.timer);
      if (!this.queue.length) this.close(leaving);
      const save = this.queue[0];
      if (!save) {
        if (this.state === "cut" && !this.tail) { this.failures = 0; this.show("saved"); }
        return;
      }
      this.busy = true;
      this.sentAt = Date.now();
      this.show(this.failures ? this.state : "saving", this.told);
      if (desk.store.ready() && !leaving) await desk.store.put(save, this.failures > 0).catch(() => { this.kept = false; });
      const answer = await desk.server.send(this.save, this.content(save), this.failures > 0);
      this.busy = false;
      await this.heard(save, answer);
    }
    content(save) {
      return {key: save.key, base: save.base, changes: save.changes};
    }
    async heard(save, answer) {
      if (answer.status === 200) return this.arrived(save, answer.body);
      if (answer.status === 401) return this.fail("out");
      if (answer.status === 403 && !this.renewed) return this.renew();
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 423 && answer.status !== 429) {
        return this.refused(save, answer.body);
      }
      return this.fail("cut");
    }
    fail(state) {
      const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
      this.failures += 1;
      this.show(state);
      if (state === "cut") this.soon(wait + Math.random() * 500);
    }
    /* Signed in again, here or in another tab. */
    resume() {
      this.state = "cut";
      this.renewed = false;
      return this.renew();
    }
    /* The session is another one: its token, if it is the same account's. */
    async renew() {
      this.renewed = true;
      const same = await this.unlocked();
      if (same === null) return this.fail("cut");
      if (!same) return this.fail("out");
      return this.send();
    }
    /* Nothing of a refused save was stored: its changes are the page's again, for another save. */
    refused(save, body) {
      this.queue = this.queue.filter((one) => one !== save);
      this.renewed = false;
      save.changes.filter((change) => change.decides).forEach((change) => this.decided.set(change.name, change.before));
      Object.keys(body.fields || {}).forEach((name) => this.barred.set(name, this.fields.get(name)));
      this.keep();
      this.forget(save.key);
      this.why = body.refused || body.sentence || "";
      this.show("refused", this.why);
      this.notTaken(body.fields || {});
      if (this.barred.size && this.difference(new Set(this.stillBarred())).length) this.soon(0);
    }
    arrived(save, body) {
      this.queue = this.queue.filter((one) => one !== save);
      this.failures = 0;
      this.renewed = false;
      this.version = body.version;
      this.savedAt = body.saved_at;
      save.changes.forEach((change) => this.known.set(change.name, change.after));
      Object.assign(this.masks, body.masks);
      this.take(body, save);
      this.forget(save.key);
      this.keep();
      if (this.stillBarred().length) this.show("refused", this.why);
      else this.show(this.queue.length || this.tail ? "typed" : "saved");
      this.answered(body);
      if (this.queue.length || this.tail) this.soon(this.queue.length ? 0 : PAUSE);
    }

    /* What the server has otherwise than this page thinks: tokens of numbers, and what others wrote. */
    take(body, save) {
      if (save) desk.rebase(this.queue, save, body);
      const clashes = new Set((body.conflicts || []).map((one) => one.name));
      Object.entries(body.values || {}).forEach(([name, values]) => {
        const mine = save && save.changes.find((one) => one.name === name);
        const sent = mine ? mine.after : this.known.get(name) || [];
        const shown = this.fields.get(name);
        const own = mine && !clashes.has(name) && isToken(name, values);
        if (this.queue.some((one) => one.changes.some((change) => change.name === name))) return;
        if (desk.same(shown, values)) { this.later.delete(name); this.known.set(name, values); return; }
        if (desk.same(shown, sent) && this.standsIn(name) && !own) { this.later.set(name, values); return; }
        if (desk.same(shown, sent)) this.put(name, values, !own);
        else if (own) this.known.set(name, values);
      });
    }
    standsIn(name) {
      return document.hasFocus() && Boolean(document.activeElement) && document.activeElement.name === name;
    }
    put(name, values, others) {
      if (!this.fields.set(name, values, this.masks)) this.strange(name, values);
      this.known.set(name, this.fields.get(name));  // what a field cannot show is not taken for deleted
      if (others && !this.quiet) this.touched(name);
    }
    /* Left a field for which something of others waited: shown now, unless he typed there. */
    left(name) {
      const waiting = this.later.get(name);
      this.later.delete(name);
      if (waiting && desk.same(this.fields.get(name), this.known.get(name) || [])) this.put(name, waiting, true);
    }
    /* One of two values that clash, for good. */
    decide(name, before, after) {
      this.later.delete(name);
      this.decided.set(name, before);
      if (!this.fields.set(name, after, this.masks)) this.strange(name, after);
      return this.now();
    }
    /* What an earlier page could not send: on the page again, and first in the queue. */
    adopt(saves) {
      const last = new Map(saves.flatMap((save) => save.changes.map((change) => [change.name, change.after])));
      last.forEach((after, name) => {
        if (!desk.same(this.fields.get(name), this.known.get(name) || [])) return;  // he has typed there already
        if (!this.fields.set(name, after, this.masks)) this.strange(name, after);
      });
      this.queue = saves.concat(this.queue);
      if (!saves.length) return null;
      this.keep();
      this.show("cut");
      return this.send();
    }
  }

  /* Saves that wait and were typed on what the server now words otherwise: a number is a token now. */
  desk.rebase = function (queue, save, body) {
    const clashes = new Set((body.conflicts || []).map((one) => one.name)), values = body.values || {};
    queue.filter((one) => one !== save).flatMap((one) => one.changes).forEach((change) => {
      const mine = save.changes.find((one) => one.name === change.name), now = values[change.name];
      if (!mine || !now || clashes.has(change.name) || !isToken(change.name, now)) return;
      if (desk.same(change.before, mine.after)) change.before = now;
    });
  };
  desk.Saver = Saver;
})(window.desk = window.desk || {});
