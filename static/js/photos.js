// Sends photos one by one, each with its progress; goes on by itself after a break, and after a
// reload. Pages are dragged into another order. Without it the forms send everything at once.

import { deliver, markOf } from "./delivery.js";
import { parcelsOf } from "./parcels.js";

const place = document.querySelector("[data-sending]");
const order = document.querySelector("form[data-order]");
const developing = document.querySelector("[data-developing]");

if (place) sendFrom(place);
if (order) arrange(order, document.querySelector("[data-pages]"));
if (place && developing) waitForPages();

function sendFrom(place) {
  const list = place.querySelector("[data-sending-list]");
  const said = place.querySelector("[data-sending-said]");
  const words = place.dataset;
  const parcels = parcelsOf(place);
  const rows = [];
  let busy = false;

  for (const form of document.querySelectorAll("form[data-photos]")) {
    const input = form.querySelector("input[type=file]");
    input.addEventListener("change", () => sendChosen(input, form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (input.files.length) sendChosen(input, form);
      else if (rows.every((one) => one.ended)) input.click();
    });
    if (input.files.length) sendChosen(input, form); // chosen before this script was here
  }
  resume();

  // At once: who goes on to the next page without pressing the button loses nothing.
  function sendChosen(input, form) {
    const files = [...input.files];
    input.value = "";
    if (files.length) take(files, form);
  }

  async function take(files, form) {
    const replaces = form.elements.replaces?.value || null;
    const fresh = files.map((file) => row({ file, name: file.name, replaces, address: form.dataset.photos }));
    for (const one of fresh) await pack(one);
    work();
  }

  // On the disk before it is sent: from now on it survives a reload.
  async function pack(one) {
    one.bytes = await one.file.arrayBuffer();
    one.mark = await markOf(one.bytes);
    await parcels.hold({ ...one, essay: words.essay });
    one.ready = true;
  }

  async function resume() {
    const address = document.querySelector("form[data-photos]")?.dataset.photos;
    for (const one of await parcels.found(words.essay)) row({ ...one, address, ready: true });
    work();
  }

  async function work() {
    if (busy) return;
    busy = true;
    for (let one; (one = rows.find((each) => each.ready && !each.ended)); ) await send(one);
    busy = false;
    if (rows.length) finish();
  }

  async function send(one) {
    const answer = await deliver(one, {
      address: one.address,
      token: () => words.token,
      at: (sent) => {
        one.bar.value = sent / one.bytes.byteLength;
        say(one, words.onTheWay.replace("{n}", Math.floor(100 * one.bar.value)));
      },
      broken: (status) => say(one, [401, 403].includes(status) ? words.out : words.broken, true),
    });
    one.ended = true;
    one.ok = answer.ok;
    say(one, answer.ok ? words.done : answer.error ?? words.refused, true);
    one.note.className = answer.ok ? "sm ok c" : "sm bad c";
    await parcels.forget(words.essay, one.mark);
    one.bytes = undefined;
  }

  // The pages are shown by themselves only where there is no sentence left to be read.
  function finish() {
    if (rows.some((one) => !one.ended)) return;
    if (rows.every((one) => one.ok)) location.reload();
    else place.querySelector("[data-sending-show]").hidden = !rows.some((one) => one.ok);
  }

  function say(one, sentence, aloud = false) {
    one.note.textContent = sentence;
    if (aloud) said.textContent = `${one.name}: ${sentence}`;
  }

  function row(one) {
    const item = document.createElement("li");
    const title = document.createElement("p");
    const note = document.createElement("p");
    const bar = document.createElement("progress");
    item.className = "sending stack-s";
    title.className = "words";
    note.className = "sm mut";
    title.textContent = one.name;
    note.textContent = words.waiting;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", one.name);
    item.append(title, bar, note);
    list.append(item);
    place.hidden = false;
    rows.push(Object.assign(one, { note, bar }));
    return one;
  }
}

// Asks how far the pages are; shows them when all are ready and nothing is being sent.
async function waitForPages() {
  const inWork = document.querySelectorAll("[data-page]").length;
  for (;;) {
    await new Promise((done) => setTimeout(done, 2000));
    const answer = await fetch(place.dataset.state, { headers: { Accept: "application/json" } }).catch(() => undefined);
    const pages = answer?.ok ? (await answer.json()).pages : undefined;
    if (pages && place.hidden && (pages.every((page) => page.state !== "in_work") || pages.length !== inWork)) return location.reload();
  }
}

function arrange(form, list) {
  let dragged = null;
  let before = "";
  for (const inner of list.querySelectorAll("[data-page] :is(a, img)")) inner.draggable = false;
  for (const page of list.querySelectorAll("[data-page]")) {
    page.draggable = true;
    page.addEventListener("dragstart", () => {
      dragged = page;
      before = ids();
      page.classList.add("dragged");
    });
    page.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      if (dragged === page) return;
      const all = [...list.querySelectorAll("[data-page]")];
      const behind = all.indexOf(dragged) < all.indexOf(page);
      page[behind ? "after" : "before"](dragged);
    });
    page.addEventListener("drop", (event) => event.preventDefault());
    page.addEventListener("dragend", () => {
      page.classList.remove("dragged");
      dragged = null;
      if (ids() !== before) send(ids());
    });
  }

  function ids() {
    return [...list.querySelectorAll("[data-page]")].map((one) => one.dataset.page).join(" ");
  }

  function send(wanted) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "do", value: `order:${wanted}` });
    form.append(field);
    form.submit();
  }
}
