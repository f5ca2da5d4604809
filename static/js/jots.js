// Comments are saved on the server as they are typed, each under a name this page gave it: sent
// twice, it is still one. Without a connection they wait on this machine and go when it is back.

const PAUSE = 1200;
const AGAIN = 15000;

export function jots(form, said, hold) {
  const offline = form.querySelector("[data-desk-offline]");
  const timers = new WeakMap();
  let turn = Promise.resolve();
  let waiting = 0;

  form.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-jot]")) later(event.target, PAUSE);
  });
  form.addEventListener("focusout", (event) => {
    if (event.target.matches?.("[data-jot]")) later(event.target, 0);
  });
  addEventListener("online", saveAll);
  setInterval(saveAll, AGAIN);
  addEventListener("pagehide", () => unsaved().forEach((area) => post(area, { keepalive: true }).catch(() => {})));

  return { isBusy: () => waiting > 0, settled: () => turn, saveAll };

  function later(area, pause) {
    clearTimeout(timers.get(area));
    timers.set(area, setTimeout(() => save(area), pause));
  }

  function saveAll() {
    unsaved().forEach(save);
  }

  function unsaved() {
    return [...form.querySelectorAll("textarea[data-jot]")].filter(isUnsaved);
  }

  // One after the other: two savings of one comment must not overtake each other.
  function save(area) {
    if (!isUnsaved(area)) return;
    waiting += 1;
    turn = turn.then(() => send(area)).finally(() => (waiting -= 1));
  }

  async function send(area) {
    const text = area.value;
    if (!isUnsaved(area)) return;
    area.dataset.comment ||= anyId();
    hold();
    const answer = await post(area).catch(() => undefined);
    offline.hidden = Boolean(answer);
    if (!answer) offline.querySelector("[data-words]").textContent = said.offline;
    else if (answer.ok) took(area, text, await answer.json());
    else refused(area, answer);
    hold();
  }

  function took(area, text, { saved }) {
    area.dataset.saved = text;
    area.name = `own-${area.dataset.comment}`;
    if (!text.trim()) startAnew(area);
    tell(area, saved);
  }

  // It was emptied, and so it is no comment any more.
  function startAnew(area) {
    area.name = `new-${area.dataset.jot}`;
    delete area.dataset.comment;
    delete area.dataset.saved;
  }

  async function refused(area, answer) {
    area.dataset.refused = area.value;
    const { error = "" } = await answer.json().catch(() => ({}));
    tell(area, error);
  }

  function post(area, more = {}) {
    area.dataset.comment ||= anyId();
    const { jot: spot, comment } = area.dataset;
    const version = form.elements.namedItem("version").value;
    return fetch(form.dataset.jottings, {
      method: "POST",
      body: new URLSearchParams({ version, spot, comment, text: area.value }),
      headers: { Accept: "application/json", "X-CSRF-Token": form.elements.namedItem("csrf_token").value },
      ...more,
    });
  }
}

function isUnsaved(area) {
  const saved = area.dataset.saved ?? (area.name.startsWith("own-") ? area.defaultValue : "");
  return area.value.trim() !== saved.trim() && area.value !== area.dataset.refused;
}

function tell(area, words) {
  const place = area.closest(".g").querySelector("[data-jotted]");
  if (place) place.textContent = words;
}

function anyId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const told = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return told.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
