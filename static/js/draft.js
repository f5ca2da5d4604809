// Keeps the draft while it is written: on the server, and on this machine until the server has it.
// The page works without this file. It never changes what stands in a text field while one types.

import { copiesOf, forgetSent } from "./copies.js";
import { watchDeadline } from "./deadline.js";
import { ask, nameOfWindow, openWindows, stay } from "./presence.js";
import { ownShelf, shelve } from "./shelf.js";
import { signIn } from "./visit.js";

const PAUSE = 1500; // after the last key
const AT_MOST = 10000; // while typing goes on
const SLOW = 1000; // before “Saving” is worth saying
const RETRY = 10000;
const SMALL = 60000; // browsers carry no more than this from a page that is being left

for (const form of document.querySelectorAll("form[data-draft]")) keep(form);

async function keep(form) {
  const { draft, here, key: essay } = form.dataset;
  const areas = [...form.querySelectorAll("textarea")];
  const { revision, csrf_token: token } = form.elements;
  const back = form.querySelector("[data-back]"); // from the resolution to where one was writing
  const say = sayings(form);
  const copies = copiesOf(form);
  const setClock = watchDeadline(form.querySelector("[data-deadline]"));
  // Where one typed before this file had arrived. (A text that the browser puts back has no cursor in it.)
  const early = areas.find((area) => area === document.activeElement && area.value !== area.defaultValue);
  let kept = "unsaved" in form.dataset ? {} : { ...texts(), ...(early && { [early.name]: early.defaultValue }) }; // what the server has
  let since = early ? Date.now() : 0; // when the oldest unsaved key was pressed
  let sending; // what is on its way
  let unheard; // what was sent and never answered: it is sent again, word for word, before anything else
  let timer, saving;
  let stopped = ""; // why saving by itself makes no sense: "out", "conflict", "handed in"
  let leaving = false;
  let composing = false; // a word of an input method that is not finished
  let touched = Boolean(early);
  let isHeld = true; // whether this machine has what the server does not
  let isAgain = false; // a save that is repeated with a new token
  let unfit; // what the server does not take as it is: sent again when it has changed, or when asked to
  const naming = nameOfWindow();

  form.addEventListener("input", (event) => {
    if (!areas.includes(event.target)) return;
    touched = true;
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
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-again], [data-keep], [data-hand-in]")) unfit = undefined;
    if (event.target.closest("[data-again]")) stopped === "out" ? comeBack() : save();
  });
  document.addEventListener("visibilitychange", () => document.hidden && save({ last: true }));
  addEventListener("pagehide", () => save({ last: true }));
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("online", () => save());
  addEventListener("beforeunload", (event) => {
    if (isChanged() && !leaving && !isHeld) event.preventDefault();
  });

  // A refusal answers a form; reloaded, or gone back to, it should be the page itself.
  if (location.pathname !== form.dataset.page) history.replaceState(null, "", form.dataset.page + location.hash);

  const { name } = await naming;
  await restore();
  form.dataset.ready = "";
  if (early) plan();
  stay(here, name, () => token.value, hear);
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve));
  await ownShelf(form.dataset.person).catch(() => {});
  forgetSent(form.dataset.person);
  shelve(form.dataset.worker);

  function plan() {
    clearTimeout(timer);
    // Nothing is sent amid a word, unless the method never ends one, as on many telephones.
    const pause = composing ? AT_MOST : PAUSE;
    timer = setTimeout(save, Math.max(0, Math.min(pause, since + AT_MOST - Date.now())), { amid: true });
  }

  // One save at a time, or revisions would collide.
  async function save({ last = false, amid = false } = {}) {
    clearTimeout(timer);
    if (saving || stopped || leaving || (composing && !last && !amid) || !isChanged() || isUnfit()) return saving;
    saving = send(last).finally(() => (saving = undefined));
    const wasHeard = await saving;
    if (!isChanged() || stopped) return;
    wasHeard ? plan() : (timer = setTimeout(save, RETRY));
  }

  async function send(last) {
    const sent = unheard ?? texts();
    const body = JSON.stringify({ ...sent, revision: revision.value });
    const slow = setTimeout(() => say("saving"), SLOW);
    if (!unheard) since = 0;
    sending = sent;
    hold();
    try {
      const answer = await post(body, last);
      return await heard(answer, await answer.json(), sent);
    } catch {
      unheard = sent;
      sending = undefined;
      (await hold()) ? say("offline", undefined, changes()) : say("adrift");
      return false;
    } finally {
      clearTimeout(slow);
      sending = undefined;
    }
  }

  function post(body, last) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": token.value };
    return fetch(draft, { method: "POST", body, headers, keepalive: last && body.length < SMALL / 3 });
  }

  async function heard(answer, told, sent) {
    // The token is too old where somebody signed in anew, or the visit has ended, or is another's.
    isAgain = [403, 404].includes(answer.status) && !isAgain && (await renew());
    if (isAgain) return true; // once more
    if (!answer.ok) return refuse(answer.status, told, sent);
    const isRepeat = Boolean(unheard);
    point();
    unheard = sending = undefined;
    revision.value = told.revision;
    kept = sent;
    since = isChanged() ? Date.now() : 0;
    hold();
    if (!isRepeat || !isChanged()) say("saved", told.saved);
    return true;
  }

  async function refuse(status, told, sent) {
    unheard = sending = undefined;
    await hold();
    if (stopped) return false; // it has been said
    stopped = { 401: "out", 409: told.reason === "handed in" ? "handed in" : "conflict" }[status] ?? "";
    if (told.about && !stopped) {
      unfit = JSON.stringify(sent);
      point(told.about, told.error);
      say("failed", undefined, changes());
    } else if (stopped === "out" || stopped === "handed in") say(isHeld ? stopped : "failed", undefined, changes());
    else say(stopped || "failed", told.error);
    return false;
  }

  // A new token, if the visit goes on: people sign in anew in another window.
  async function renew() {
    const { name } = await naming;
    const told = await ask(here, { window: name });
    hear(told);
    return told?.status === 200;
  }

  // How things stand, as the server tells from time to time.
  function hear(told) {
    if (!told) return;
    if (told.status === 401) {
      stopped ||= "out";
      if (stopped === "out") say("out", undefined, changes());
      return;
    }
    if (told.status === 403 || told.status === 404) return giveWay();
    if (told.status !== 200 || told.now === undefined) return;
    token.value = told.token;
    setClock(told.now);
    const isOld = told.revision > Number(revision.value) && !saving && !isChanged();
    form.querySelector("[data-newer]").hidden = !isOld;
    form.querySelector("[data-elsewhere]").hidden = !told.elsewhere || isOld;
    if (!told.writable && !stopped && !leaving) {
      stopped = "handed in";
      return say(stopped, undefined, changes());
    }
    if (stopped !== "out" && !(stopped === "handed in" && told.writable)) return;
    stopped = "";
    isChanged() ? save() : say("saved");
  }

  // Somebody else has signed in at this machine: the words stay put aside for their author.
  async function giveWay() {
    stopped = "out";
    await hold();
    leaving = true;
    location.replace("/");
  }

  async function comeBack() {
    const dialog = document.querySelector("[data-visit]");
    if (dialog.open) return false;
    const told = await signIn(dialog, `${here}?window=${(await naming).name}`);
    if (told === "other") giveWay();
    else hear(told);
    return told?.status === 200;
  }

  async function submit(event) {
    const { submitter } = event;
    if (leaving) return event.preventDefault(); // a double click
    if (submitter?.matches("[data-keep]") && !stopped) {
      event.preventDefault();
      isChanged() ? save() : say("saved");
    } else if (submitter?.matches("[data-hand-in]") && !submitter.isSure) {
      event.preventDefault();
      handIn(submitter);
    } else if (!navigator.onLine) {
      event.preventDefault();
      say((await hold()) ? "offline" : "adrift", undefined, changes());
    } else if (saving) {
      event.preventDefault(); // the page has to know the new revision first
      saving.finally(() => form.requestSubmit(submitter));
    } else {
      clearTimeout(timer);
      hold();
      leaving = true;
    }
  }

  // Only when all is saved and the visit goes on: otherwise it is asked for here, in place.
  async function handIn(button) {
    if (button.isBusy) return;
    button.isBusy = true;
    try {
      await save();
      if (isChanged() && !stopped) await save();
      if (!isChanged() && !stopped && !(await renew()) && !stopped) return say("offline", undefined, changes());
      if (stopped === "out" && !(await comeBack())) return;
      await saving;
      // It has been said why: no connection, or a text that does not fit.
      if (isChanged() && !stopped) return form.querySelector("[data-wrong]:not([hidden])")?.scrollIntoView({ block: "center" });
      button.isSure = true;
      form.requestSubmit(button);
    } finally {
      button.isBusy = button.isSure = false;
    }
  }

  // Says beside a text why it cannot be kept; of the others nothing.
  function point(name = "", words = "") {
    for (const place of form.querySelectorAll("[data-wrong]")) {
      place.hidden = place.dataset.wrong !== name;
      place.querySelector("[data-words]").textContent = place.hidden ? "" : words;
      form.elements[place.dataset.wrong].setAttribute("aria-invalid", String(!place.hidden));
    }
  }

  function isUnfit() {
    return Boolean(unfit) && unfit === JSON.stringify(texts());
  }

  function texts() {
    return Object.fromEntries(areas.map((area) => [area.name, area.value]));
  }

  function isChanged() {
    return Boolean(unheard) || areas.some((area) => area.value !== kept[area.name]);
  }

  // The paragraphs that the server does not have yet.
  function changes() {
    return areas.reduce((sum, area) => sum + difference(area.value, kept[area.name] ?? ""), 0) || Number(isChanged());
  }

  // What the server has is held too, without changes: a page opened offline is older than that.
  async function hold() {
    const { page } = await naming;
    const copy = { essay, window: page, revision: revision.value, texts: texts(), unheard: unheard ?? sending };
    isHeld = await copies.hold({ ...copy, changes: isChanged() ? changes() : 0 });
    return isHeld;
  }

  // What was not sent last time is put back where it was and sent. Where the essay has been changed
  // elsewhere since, it is offered.
  async function restore() {
    const open = await openWindows();
    const left = (await copies.found(essay)).filter((copy) => !open.includes(copy.window)).map(goneOn);
    const settled = Number(form.dataset.settled ?? 0); // what two windows differed about, put aside by the server
    const isAhead = (copy) => Number(copy.revision) > Number(revision.value);
    const isUnsent = (copy) => copy.changes && Number(copy.revision) >= settled && differs(copy);
    const worth = left.filter((copy) => isUnsent(copy) || (isAhead(copy) && differs(copy)));
    const newest = worth.at(-1);
    const fits = newest && Number(newest.revision) >= Number(revision.value) && !touched;
    if (fits) takeUp(worth.pop());
    if (fits) await hold();
    const waiting = worth.filter(isUnsent);
    await copies.forget((copy) => left.some((one) => one.id === copy.id) && !waiting.some((one) => one.id === copy.id));
    if (waiting.length) offer(waiting.at(-1));
  }

  // What was sent last did arrive, though its answer did not: the copy goes on from what stands here.
  function goneOn(copy) {
    const arrived = copy.unheard && areas.every((area) => copy.unheard[area.name] === area.value);
    return arrived ? { ...copy, revision: revision.value, unheard: undefined } : copy;
  }

  function differs(copy) {
    return areas.some((area) => (copy.texts[area.name] ?? area.value) !== area.value);
  }

  function takeUp(copy) {
    const isUnsent = copy.changes > 0;
    revision.value = copy.revision;
    unheard = copy.unheard;
    for (const area of areas) area.value = copy.texts[area.name] ?? area.value;
    if (!isUnsent) kept = texts();
    areas[0].dispatchEvent(new Event("input", { bubbles: true })); // for the counting
    if (!isUnsent) return;
    say("back", undefined, copy.changes);
    setTimeout(save, SLOW);
  }

  function offer(copy) {
    const note = document.querySelector("[data-recover]");
    note.hidden = false;
    note.addEventListener("click", async (event) => {
      const takes = event.target.closest("[data-recover-take]");
      if (!takes && !event.target.closest("[data-recover-drop]")) return;
      note.hidden = true;
      if (takes) takeUp(copy); // the server has moved on meanwhile: it shows both texts
      if (takes) await hold();
      await copies.forget((one) => one.id === copy.id);
    });
  }
}

// Paragraphs of the one that are not in the other, or the other way round: the greater number.
function difference(text, before) {
  const lines = (all) => all.split("\n").filter((line) => line.trim());
  const beyond = (one, other) => {
    const rest = lines(other);
    return lines(one).filter((line) => !(rest.includes(line) && rest.splice(rest.indexOf(line), 1))).length;
  };
  return Math.max(beyond(text, before), beyond(before, text));
}

// Shows one state of saving; read aloud only when the kind of state changes.
function sayings(form) {
  const box = form.querySelector("[data-save]");
  const aloud = form.querySelector("[data-announce]");
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const tones = { saved: "ok", offline: "warn", back: "warn", adrift: "bad", out: "bad", failed: "bad", conflict: "bad", "handed in": "bad" };
  let before = "";
  for (const button of box.querySelectorAll("[data-again]")) button.hidden = false;
  return (kind, words, count) => {
    const line = box.querySelector(`[data-kind="${kind}"]`);
    const place = line.querySelector("[data-words]");
    place.dataset.usual ??= place.textContent;
    if (kind === "failed") words ||= place.dataset.usual;
    if (words) place.textContent = words;
    const unsent = line.querySelector("[data-unsent-count]");
    if (unsent && count !== undefined) {
      const said = count === 1 ? form.dataset.oneChange : form.dataset.manyChanges;
      unsent.textContent = count ? said.replace("{n}", number.format(count)) : "";
    }
    for (const other of box.querySelectorAll("[data-kind]")) other.hidden = other !== line;
    box.className = `save ${tones[kind] ?? ""}`.trim();
    if (kind !== before && kind !== "saving") aloud.textContent = place.textContent;
    if (kind !== "saving") before = kind;
  };
}
