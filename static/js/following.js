// The page of a session follows it: asks every quarter of a minute what has changed and shows those
// parts anew. What one is typing, or listening to, is never replaced under one's hands.
// A part that brings a script names it in data-module; after showing, “part-shown” is dispatched on it.

import { isBusy, note, patiently, show } from "./shown.js";

for (const place of document.querySelectorAll("[data-follow]")) follow(place);
for (const one of document.querySelectorAll("[data-part] [data-module]")) import(one.dataset.module); // those shown from the first

function follow(place) {
  const every = Number(place.dataset.every) * 1000;
  const waiting = new Map(); // parts that have come while somebody was busy in them
  let { follow: address, mark } = place.dataset;

  patiently(every, look, (isAway) => trouble(isAway ? place.dataset.away : ""));
  document.addEventListener("focusout", () => setTimeout(showWaiting, 300));
  for (const event of ["pause", "ended"]) document.addEventListener(event, showWaiting, true);

  // Whether to go on.
  async function look() {
    const answer = await fetch(address, { headers: { "If-None-Match": `"${mark}"` }, cache: "no-store" });
    if (answer.status === 404) return renew();
    if (answer.status === 304) return true;
    if (!answer.ok) throw new Error(answer.status);
    const { parts, spread, mark: fresh } = await answer.json();
    const shown = [];
    for (const [name, html] of Object.entries(parts)) {
      if (html !== null) put(name, html, shown);
      else setTimeout(() => fetchOwn(name), spread * 1000 * Math.random());
    }
    tell(shown);
    mark = fresh;
    return true;
  }

  // What is one's own in the part is fetched through the door; not by all in the same instant.
  async function fetchOwn(name) {
    const answer = await fetch(place.dataset.parts + name, { cache: "no-store" }).catch(() => undefined);
    if (!answer) return setTimeout(() => fetchOwn(name), every);
    if (!answer.ok || answer.redirected) return;
    const shown = [];
    put(name, await answer.text(), shown);
    tell(shown);
  }

  function put(name, html, shown) {
    const part = document.querySelector(`[data-part="${name}"]`);
    if (!part) return;
    if (isBusy(part)) {
      waiting.set(name, html);
      return note(part, place.dataset.waits);
    }
    waiting.delete(name);
    if (show(part, html)) shown.push(part.dataset.name);
  }

  function showWaiting() {
    const shown = [];
    for (const [name, html] of [...waiting]) put(name, html, shown);
    tell(shown);
  }

  function tell(names) {
    if (names.length) place.querySelector("[data-told]").textContent = place.dataset.changed.replace("{parts}", names.join(", "));
  }

  function trouble(words) {
    const said = place.querySelector("[data-trouble]");
    if (said.textContent !== words) said.textContent = words;
    said.hidden = !words;
  }

  // The key has grown old, or the session has gone: the page itself tells which.
  async function renew() {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-follow]");
    if (answer.redirected || !fresh) return trouble(place.dataset.ended);
    address = fresh.dataset.follow;
    return true;
  }
}
