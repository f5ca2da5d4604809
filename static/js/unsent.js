// On every page: sends what was typed while there was no connection and the writing page is closed;
// and asks before a person signs out of a machine that still holds such words.

import { copiesOf, forgetSent } from "./copies.js";
import { openWindows } from "./presence.js";
import { clearShelf, ownShelf } from "./shelf.js";

for (const place of document.querySelectorAll("[data-unsent]")) look(place);

async function look(place) {
  const { person } = place.dataset;
  const copies = copiesOf(place);
  let turn = Promise.resolve();
  for (const form of document.querySelectorAll("form[action*='/sign-out']")) form.addEventListener("submit", signOut);
  await ownShelf(person).catch(() => {});
  await forgetSent(person);
  sendMarks();
  addEventListener("online", sendMarks);
  const open = await openWindows();
  tell(await send((copy) => !open.includes(copy.window))); // open windows send by themselves
  addEventListener("online", async () => tell(await send((copy) => !open.includes(copy.window))));

  // Ticks at a bridge point that wait for a connection (marks.js).
  function sendMarks() {
    return import("./marks.js").then((found) => found.sendAll(person, place.dataset.token)).catch(() => 0);
  }

  // Those that could not be sent. One after the other: the page may still be at it when one signs out.
  function send(wanted) {
    turn = turn.then(() => sendAll(wanted));
    return turn;
  }

  async function sendAll(wanted) {
    const left = [];
    for (const copy of (await copies.found()).filter((one) => one.changes && wanted(one))) {
      const isSent = await post(copy).catch(() => false);
      if (isSent) await copies.forget((one) => one.id === copy.id);
      else left.push(copy);
    }
    return left;
  }

  // First what was sent and never answered, word for word: it is no other window's.
  async function post(copy) {
    const { essay, revision, texts, unheard } = copy;
    const answer = await fetch(`/essays/${essay}/draft`, {
      method: "POST",
      body: JSON.stringify({ ...(unheard ?? texts), revision }),
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": place.dataset.token },
    });
    if (!answer.ok || !unheard || JSON.stringify(unheard) === JSON.stringify(texts)) return answer.ok;
    const next = { ...copy, revision: (await answer.json()).revision, unheard: undefined };
    await copies.hold({ ...next, unheard: texts });
    return post(next);
  }

  function tell(left) {
    place.hidden = left.length === 0;
    if (!left.length) return;
    const count = left.reduce((sum, copy) => sum + copy.changes, 0);
    const said = count === 1 ? place.dataset.one : place.dataset.many;
    place.querySelector("[data-words]").textContent = said.replace("{n}", count);
    place.querySelector("a").href = `/essays/${left.at(-1).essay}/edit`;
    place.querySelector("[data-text]").textContent = left.flatMap((copy) => Object.values(copy.texts)).join("\n\n");
    place.querySelector("[data-drop]").onclick = async () => {
      await copies.forget((copy) => left.some((one) => one.id === copy.id));
      tell([]);
    };
  }

  async function signOut(event) {
    const form = event.target;
    event.preventDefault();
    const left = await send(() => true);
    const photos = await import("./parcels.js").then((found) => found.unsentOf(person)).catch(() => 0);
    const marks = await sendMarks();
    if ((left.length || photos || marks) && !(await isWilling())) return;
    await copies.forget((copy) => !left.some((one) => one.id === copy.id));
    await clearShelf().catch(() => {});
    form.submit();
  }

  function isWilling() {
    const dialog = document.querySelector("[data-unsent-leaving]");
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.onclose = () => resolve(dialog.returnValue === "leave");
    });
  }
}
