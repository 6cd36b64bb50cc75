/* What pages of the desk ask of the server. Each answer is {status, body}; status 0: no connection. */
(function (desk) {
  "use strict";
  const PATIENCE = 30000;  // a connection that died without a word is given up, and tried anew

  function patience() {
    return AbortSignal.timeout ? {signal: AbortSignal.timeout(PATIENCE)} : {};
  }
  async function ask(address, options) {
    let response;
    try {
      response = await fetch(address, Object.assign({credentials: "same-origin", cache: "no-store"}, patience(), options));
    } catch (cut) {
      return {status: 0, body: {}};
    }
    const body = await response.json().catch(() => null);
    if (response.redirected) return {status: 401, body: {}};
    if (response.ok && !body) return {status: 0, body: {}};  // cut in the midst of it, or not ours: nothing was answered
    return {status: response.status, body: body || {}};
  }
  function headers(passive) {
    const said = {"Accept": "application/json", "Content-Type": "application/json"};
    if (desk.server.account) said["X-Desk-Account"] = desk.server.account;  // whose page this is, whoever signed in meanwhile
    return passive ? Object.assign(said, {"X-Passive": "1"}) : said;  // looking is not doing: the screen may lock
  }
  function tokens() {
    return document.querySelectorAll("input[name=csrfmiddlewaretoken]");
  }
  async function look(address, passive) {
    return ask(address, {headers: headers(passive)});
  }
  /* keepalive: goes on when the page is left meanwhile; browsers allow it 64 KB. */
  async function send(address, content, passive) {
    const said = Object.assign(headers(passive), {"X-CSRFToken": tokens()[0].value});
    const body = JSON.stringify(content);
    return ask(address, {method: "POST", headers: said, body: body, keepalive: new TextEncoder().encode(body).length < 60000});
  }
  /* The key of this account's saves on the device; forms of the page get the session's present token. */
  async function deviceKey(address) {
    const answer = await look(address, true);
    if (answer.status === 200) tokens().forEach((input) => { input.value = answer.body.csrf; });
    return answer;
  }

  desk.server = {account: "", look: look, send: send, deviceKey: deviceKey};
})(window.desk = window.desk || {});
