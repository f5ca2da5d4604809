// The list of a bridge point: ticks are kept on this phone at once and sent when there is a connection;
// names are found without marks; count and list are compared while one types. Without it, a button saves.

import { heldAt, hold, send } from "./marks.js";
import { ownShelf, shelve } from "./shelf.js";

const RETRY = 10000;

for (const form of document.querySelectorAll("form[data-bridge]")) keep(form);

async function keep(form) {
  const { bridge: address, person, worker, stands } = form.dataset;
  const boxes = [...form.querySelectorAll("input[name=here]")];
  const state = form.querySelector("[data-state]");
  const token = form.elements.csrf_token;
  let marks = {}; // what the server does not know yet
  let sending = false;
  let again;
  let refused = "";

  form.querySelector("[data-save]").hidden = true;
  navigator.locks?.request(`studyhub marks ${address}`, { ifAvailable: true }, (lock) => lock && new Promise(() => {}));
  await ownShelf(person).catch(() => {});
  marks = await heldAt(person, address);
  for (const box of boxes) if (box.value in marks) box.checked = marks[box.value];
  count();
  shelve(worker, address); // also where this is the answer to a form, at another address
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ticked);
  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => document.hidden || deliver());
  form.dataset.ready = "";
  look();

  async function ticked({ target }) {
    if (!boxes.includes(target)) return;
    marks = { ...marks, [target.value]: target.checked };
    count();
    const isHeld = await hold(person, address, marks);
    say(isHeld ? "kept" : "loose");
    deliver();
  }

  // How things stand on the server: another phone may have ticked, and the token may be old.
  async function look() {
    const told = await fetch(stands, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : undefined))
      .catch(() => undefined);
    if (told) {
      token.value = told.token;
      const here = new Set(told.here);
      for (const box of boxes) if (!(box.value in marks)) box.checked = here.has(box.value);
      count();
    }
    deliver();
  }

  async function deliver() {
    if (sending || refused) return;
    clearTimeout(again);
    if (!Object.keys(marks).length) return say("saved");
    sending = true;
    const sent = marks;
    const told = await send(address, sent, token.value);
    sending = false;
    if (told?.ok) {
      const left = Object.entries(marks).filter(([one, here]) => sent[one] !== here);
      marks = Object.fromEntries(left);
      await hold(person, address, marks);
      for (const { name, hall } of told.twice) warn(name, hall);
      return deliver();
    }
    if (told && [404, 409, 422].includes(told.status)) {
      refused = told.error ?? "";
      return say("refused", refused);
    }
    say("kept");
    again = setTimeout(told ? look : deliver, RETRY);
  }

  function say(kind, words) {
    const left = Object.keys(marks).length;
    state.dataset.kind = kind;
    state.textContent = words || form.dataset[kind].replace("{n}", left);
    state.classList.toggle("warn", kind !== "saved");
  }

  function warn(name, hall) {
    const line = document.createElement("p");
    line.textContent = form.dataset.twice.replace("{name}", name).replace("{hall}", hall);
    form.querySelector("[data-warnings]").append(line);
  }

  function count() {
    for (const bench of form.querySelectorAll("[data-bench]")) {
      bench.querySelector("[data-here]").textContent = bench.querySelectorAll("input[name=here]:checked").length;
    }
    const here = boxes.filter((box) => box.checked).length;
    for (const place of document.querySelectorAll("[data-marked]")) place.textContent = here;
    compare();
  }
}

// Hides the names that do not match while one types.
for (const field of document.querySelectorAll("[data-find]")) {
  field.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    for (const bench of document.querySelectorAll("[data-bench]")) {
      const seats = [...bench.querySelectorAll("li")];
      for (const seat of seats) seat.hidden = !words.every((word) => fold(seat.textContent).includes(word));
      bench.hidden = seats.length > 0 && seats.every((seat) => seat.hidden);
    }
  });
}

// Says whether the people counted are as many as those ticked.
function compare() {
  const typed = document.querySelector("input[name=headcount]");
  const told = document.querySelector("[data-compare]");
  if (!typed || !told) return;
  const here = Number(document.querySelector("[data-marked]").textContent);
  const isTyped = /^\d+$/.test(typed.value.trim());
  told.textContent = isTyped && Number(typed.value) !== here ? told.dataset.differ.replace("{n}", Math.abs(Number(typed.value) - here)) : "";
}
document.querySelector("input[name=headcount]")?.addEventListener("input", compare);

// Lower case without any mark, đ as d.
function fold(text) {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}
