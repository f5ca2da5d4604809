// Keeps what is typed on the review page: on this machine until it has been sent, comments on the
// server as well, as they are typed. The page works without this file: its buttons save on the server.

import { jots } from "./jots.js";
import { stretches } from "./stretches.js";
import { watch } from "./reading.js";

for (const done of document.querySelectorAll("[data-desk-done]")) forget(done.dataset.deskDone);
for (const form of document.querySelectorAll("form[data-desk]")) keep(form);

function keep(form) {
  const key = form.dataset.desk;
  const back = form.querySelector("[data-desk-back]");
  const left = form.querySelector("[data-desk-left]");
  const waits = "waits" in form.dataset;
  const words = JSON.parse(form.dataset.said);
  const comments = stretches(form, words);
  const notes = waits ? jots(form, words, hold) : undefined;
  let leaving = false;
  let kept = true; // false: this machine takes nothing, so leaving has to be asked about

  if ("unsent" in form.dataset) hold();
  else putBack(recall(key) ?? {});
  if (waits) watch(form);
  form.dataset.ready = "";

  form.addEventListener("input", hold);
  form.addEventListener("submit", submit);
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("beforeunload", (event) => {
    if (!leaving && !kept) event.preventDefault();
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-desk-drop]")) drop();
  });

  // First what is being saved: the form must not send a second time what is on its way.
  async function submit(event) {
    if (leaving) return event.preventDefault(); // a double click
    leaving = true;
    if (!notes?.isBusy()) return;
    event.preventDefault();
    await notes.settled();
    leaving = false;
    form.requestSubmit(event.submitter);
  }

  function hold() {
    const typed = unsent(form);
    kept = Object.keys(typed.words).length ? remember(key, typed) : forget(key);
  }

  function putBack({ words: typed = {}, ids = {} }) {
    const lost = [];
    let count = 0;
    for (const [name, value] of Object.entries(typed)) {
      const field = fieldOf(name, ids[name]);
      if (field) count += write(field, name, value, ids[name]);
      else if (isText(name) && !waits) lost.push(value);
    }
    back.hidden = count === 0;
    left.hidden = lost.length === 0;
    left.querySelector("[data-words]").textContent = lost.join("\n\n");
    if (!lost.length) hold();
    if (count) notes?.saveAll();
  }

  // The comment that arrived although nobody heard of it; else the field, made anew for some words.
  function fieldOf(name, id) {
    const arrived = id && form.elements.namedItem(`own-${id}`);
    return arrived || form.elements.namedItem(name) || (waits && name.includes(":") && comments.fieldAt(name.slice(4)));
  }

  function drop() {
    form.reset();
    forget(key);
    back.hidden = left.hidden = true;
    form.querySelector("h1").focus();
  }
}

// What stands on the page and not on the server, and the names under which comments were sent there.
function unsent(form) {
  const words = {};
  const ids = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "csrf_token" || name === "version") continue;
    const field = form.elements.namedItem(name);
    if (name.startsWith("own-") ? value !== saved(field) : value.trim()) words[name] = value;
    if (name in words && field.dataset?.comment) ids[name] = field.dataset.comment;
  }
  return { words, ids };
}

// Whether something was put back: not where it already stands.
function write(field, name, value, id) {
  if (field.value === value || (name.startsWith("new-") && isSaved(field, value))) return 0;
  field.value = value;
  if (id && field.dataset) field.dataset.comment = id;
  const details = field.closest?.("details");
  if (details) details.open = true;
  return 1;
}

// A comment that was saved meanwhile is not put back as a second one.
function isSaved(field, value) {
  const own = field.closest(".margin").querySelectorAll("[name^='own-']");
  return [...own].some((area) => saved(area).trim() === value.trim());
}

// A comment of one's own as the server has it.
function saved(area) {
  return area.dataset.saved ?? area.closest(".g").querySelector(".words").textContent;
}

function isText(name) {
  return name === "remark" || name.startsWith("new-") || name.startsWith("own-");
}

function remember(key, typed) {
  try {
    localStorage.setItem(`studyhub-desk-${key}`, JSON.stringify(typed));
    return true;
  } catch {
    return false;
  }
}

function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(`studyhub-desk-${key}`));
  } catch {
    return null;
  }
}

function forget(key) {
  try {
    localStorage.removeItem(`studyhub-desk-${key}`);
  } catch {
    // nothing was kept either
  }
  return true;
}
