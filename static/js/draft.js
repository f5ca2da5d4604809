// Keeps the draft while it is written: on the server, and on this machine until the server has it.
// The page works without this file. It never changes what stands in a text field by itself.

const PAUSE = 1500; // after the last key
const AT_MOST = 10000; // while typing goes on
const SLOW = 1000; // before “Saving” is worth saying
const RETRY = 15000;
const SMALL = 60000; // browsers carry no more than this from a page that is being left

for (const done of document.querySelectorAll("[data-draft-done]")) {
  for (const key of places(done.dataset.draftDone)) forget(key);
}
for (const form of document.querySelectorAll("form[data-draft]")) keep(form);

function keep(form) {
  const [place, besides] = places(form.dataset.key);
  const areas = [...form.querySelectorAll("textarea")];
  const revision = form.elements.namedItem("revision");
  const back = form.querySelector("[data-back]"); // from the resolution to where one was writing
  const say = sayings(form);
  let kept = "unsaved" in form.dataset ? {} : texts(); // what the server has
  let since = 0; // when the oldest unsaved key was pressed
  let unheard; // what was sent and never answered: the server may have it or not
  let timer, saving;
  let stopped = ""; // why saving by itself makes no sense any more: "conflict", "signed out"
  let leaving = false;
  let composing = false; // a word of an input method that is not finished: no time to save
  let pending = offerCopy();

  form.addEventListener("input", (event) => {
    if (!areas.includes(event.target)) return;
    since ||= Date.now();
    hold();
    plan();
  });
  form.addEventListener("compositionstart", () => (composing = true));
  form.addEventListener("compositionend", () => {
    composing = false;
    plan();
  });
  form.addEventListener("focusout", (event) => areas.includes(event.target) && save());
  form.addEventListener("submit", submit);
  form.addEventListener("focusin", (event) => {
    if (areas.includes(event.target)) back.hash = event.target.closest("section").id;
  });
  form.addEventListener("click", (event) => event.target.closest("[data-again]") && again());
  document.addEventListener("visibilitychange", () => document.hidden && save({ last: true }));
  addEventListener("pagehide", () => save({ last: true }));
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("online", () => save());
  addEventListener("beforeunload", (event) => {
    if (isChanged() && !leaving) event.preventDefault();
  });

  // A refusal answers a form; reloaded, or gone back to, it should be the page itself.
  if (location.pathname !== form.dataset.page && !isChanged()) {
    history.replaceState(null, "", form.dataset.page + location.hash);
  }

  function plan() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(save, Math.max(0, Math.min(PAUSE, since + AT_MOST - Date.now())));
  }

  // One save at a time, or revisions would collide.
  async function save({ last = false } = {}) {
    clearTimeout(timer);
    if (saving || stopped || leaving || (composing && !last) || !isChanged()) return saving;
    saving = send(last).finally(() => (saving = undefined));
    await saving;
    if (isChanged() && !stopped) since ? plan() : (timer = setTimeout(save, RETRY));
  }

  async function send(last) {
    const sent = texts();
    const fields = Object.fromEntries(new FormData(form));
    const body = new Blob([JSON.stringify(fields)], { type: "application/json" });
    const slow = setTimeout(() => say("saving"), SLOW);
    since = 0;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRF-Token": fields.csrf_token },
        keepalive: last && body.size < SMALL,
      });
      await hear(answer, sent);
    } catch {
      unheard = sent;
      say(hold() ? "offline" : "adrift");
    } finally {
      clearTimeout(slow);
    }
  }

  async function hear(answer, sent) {
    const told = await answer.json();
    if (!answer.ok && isOurs(told.draft)) return takeUp(told.revision);
    if (!answer.ok) return refuse(answer.status, told.error);
    unheard = undefined;
    revision.value = told.revision;
    kept = sent;
    isChanged() ? hold() : forget(pending ? besides : place);
    say("saved", told.saved);
  }

  // A save may arrive although its answer is lost, with the line or with the server: what stands
  // there is then our own, and no other window's.
  function isOurs(draft) {
    return draft && unheard && areas.every((area) => (draft[area.name.slice("text-".length)] ?? "") === unheard[area.name]);
  }

  function takeUp(told) {
    revision.value = told;
    kept = unheard;
    unheard = undefined;
    since = Date.now();
  }

  function refuse(status, error) {
    const isHeld = hold();
    stopped = { 401: "signed out", 403: "signed out", 409: "conflict" }[status] ?? "";
    if (stopped === "signed out" && isHeld) say("out");
    else say(stopped === "conflict" ? "conflict" : "failed", error);
  }

  function submit(event) {
    const saves = event.submitter?.matches("[data-keep]");
    if (saves && !stopped) {
      event.preventDefault();
      isChanged() ? save() : say("saved");
    } else if (saving) {
      event.preventDefault(); // the page has to know the new revision first
      saving.finally(() => form.requestSubmit(event.submitter));
    } else if (leaving) {
      event.preventDefault(); // a double click
    } else {
      clearTimeout(timer);
      hold();
      leaving = true;
    }
  }

  function again() {
    // Whoever is signed out sends the form as it is: the answer keeps every word.
    if (stopped) form.requestSubmit(form.querySelector("[data-keep]"));
    else save();
  }

  function texts() {
    return Object.fromEntries(areas.map((area) => [area.name, area.value]));
  }

  function isChanged() {
    return areas.some((area) => area.value !== kept[area.name]);
  }

  function hold() {
    if (!isChanged()) return true;
    return remember(pending ? besides : place, { revision: revision.value, texts: texts() });
  }

  // What was left on this machine last time is offered, never put back unasked.
  function offerCopy() {
    const note = document.querySelector("[data-recover]");
    const copy = recall(place);
    // What two windows differed about has been settled: the server has put the copy aside.
    const settled = copy && Number(copy.revision) < Number(form.dataset.settled ?? 0);
    if (!copy || settled || !areas.some((area) => (copy.texts[area.name] ?? area.value) !== area.value)) {
      forget(place);
      return false;
    }
    note.hidden = false;
    note.addEventListener("click", (event) => {
      if (event.target.closest("[data-recover-take]")) take(copy);
      else if (!event.target.closest("[data-recover-drop]")) return;
      note.hidden = true;
      pending = false;
      forget(place);
      forget(besides);
      hold();
    });
    return true;
  }

  function take(copy) {
    for (const area of areas) area.value = copy.texts[area.name] ?? area.value;
    revision.value = copy.revision; // if the server has moved on meanwhile, it shows both texts
    since = Date.now();
    areas[0].dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Shows one state of saving; read aloud only when the kind of state changes.
function sayings(form) {
  const box = form.querySelector("[data-save]");
  const aloud = form.querySelector("[data-announce]");
  const tones = { saved: "ok", offline: "warn", adrift: "bad", out: "bad", failed: "bad", conflict: "bad" };
  let before = "";
  for (const button of box.querySelectorAll("[data-again]")) button.hidden = false;
  return (kind, words) => {
    const line = box.querySelector(`[data-kind="${kind}"]`);
    const place = line.querySelector("[data-words]");
    if (words) place.textContent = words;
    for (const other of box.querySelectorAll("[data-kind]")) other.hidden = other !== line;
    box.className = `save ${tones[kind] ?? ""}`.trim();
    if (kind !== before && kind !== "saving") aloud.textContent = place.textContent;
    if (kind !== "saving") before = kind;
  };
}

function places(key) {
  return [`studyhub-draft-${key}`, `studyhub-draft-${key}-besides`];
}

function remember(key, copy) {
  try {
    localStorage.setItem(key, JSON.stringify(copy));
    return true;
  } catch {
    return false; // full, or not allowed: then nothing is claimed
  }
}

function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept either
  }
}
