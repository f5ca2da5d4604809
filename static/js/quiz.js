// Saves each answer of a quiz as it is given; what cannot be sent is kept on this machine, through a
// reload too, and sent when there is a connection. The clock is the server's, and so is the end.
// The page works without this file.

const PAUSE = 400; // several taps go together
const RETRY = 5000;
const MINUTE = 60000;

for (const form of document.querySelectorAll("form[data-quiz]")) take(form);

function take(form) {
  const { quiz: attempt, answers: address, person, total } = form.dataset;
  const shelf = `quiz ${person} ${attempt}`;
  const { csrf_token: token } = form.elements;
  const questions = [...form.querySelectorAll("[data-question]")];
  const ends = Number(form.dataset.ends);
  let ahead = Number(form.dataset.now) - Date.now(); // of this machine's clock
  let unsent = taken(); // by position: the places chosen, and when
  let timer, sending;
  let leaving = false;
  let stopped = false; // the server takes no more

  for (const [position, { places }] of Object.entries(unsent)) putBack(find(position), places);
  count();
  if (waiting()) send();

  form.addEventListener("change", (event) => {
    const question = event.target.closest("[data-question]");
    if (!question) return;
    unsent[question.dataset.question] = { places: chosen(question), at: Date.now() + ahead };
    hold();
    count();
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    if (leaving) return event.preventDefault(); // a double click
    if (!navigator.onLine) {
      event.preventDefault();
      return say("offline");
    }
    leaving = true;
    clearTimeout(timer);
    // What the server has is not sent again: it may have been changed on another device since.
    for (const question of questions) question.disabled = !(question.dataset.question in unsent);
  });
  addEventListener("online", send);
  addEventListener("pageshow", () => {
    leaving = false;
    for (const question of questions) question.disabled = false;
  });
  addEventListener("pagehide", () => waiting() && !leaving && post(true).catch(() => {}));
  form.dataset.ready = "";
  watch();

  // One request at a time; what is chosen meanwhile goes with the next.
  async function send() {
    clearTimeout(timer);
    if (sending || leaving || stopped || !waiting()) return;
    sending = true;
    const sent = { ...unsent };
    try {
      say("saving");
      const answer = await post(false);
      const told = await answer.json();
      answer.ok ? heard(told, sent) : refused(answer.status, told);
    } catch {
      say("offline");
    } finally {
      sending = false;
    }
    if (waiting() && !stopped) timer = setTimeout(send, form.querySelector("[data-save]").dataset.kind === "saved" ? PAUSE : RETRY);
  }

  function post(last) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": token.value };
    return fetch(address, { method: "POST", body: JSON.stringify({ answers: unsent }), headers, keepalive: last });
  }

  function heard(told, sent) {
    ahead = told.now - Date.now();
    for (const [position, { at }] of Object.entries(sent)) if (unsent[position]?.at === at) delete unsent[position];
    hold();
    say("saved", told.saved);
  }

  // Too late, or handed in on another machine: the page that tells the result is the same address.
  function refused(status, told) {
    stopped = true;
    if (status !== 409) return say("refused", told.error);
    forget();
    leaving = true;
    location.reload();
  }

  // The minutes that are left, said once a minute; when there are none, the form goes by itself.
  function watch() {
    const left = ends - Date.now() - ahead;
    const place = form.querySelector("[data-left]");
    const minutes = Math.ceil(left / MINUTE);
    if (left <= 0) return over(place);
    const { minute, minutes: many } = form.dataset;
    place.textContent = minutes > 1 ? many.replace("{n}", minutes) : minute;
    place.classList.toggle("soon", minutes <= 2);
    setTimeout(watch, Math.min(left, left - (minutes - 1) * MINUTE) + 50);
  }

  function over(place) {
    place.textContent = form.dataset.over;
    const button = form.querySelector("[data-hand-in]");
    const sure = Object.assign(document.createElement("input"), { type: "hidden", name: "sure", value: "1" });
    form.append(sure);
    if (navigator.onLine) form.requestSubmit(button);
    else addEventListener("online", () => location.reload(), { once: true });
  }

  function find(position) {
    return questions.find((question) => question.dataset.question === position);
  }

  function chosen(question) {
    if (question.dataset.kind !== "order") return [...question.querySelectorAll("input:checked")].map((box) => Number(box.value));
    const ranks = [...question.querySelectorAll("select")].map((select) => select.value);
    if (ranks.includes("") || new Set(ranks).size < ranks.length) return [];
    return ranks.map((_, place) => place).sort((one, other) => ranks[one] - ranks[other]);
  }

  function putBack(question, places) {
    if (!question) return;
    if (question.dataset.kind !== "order") for (const box of question.querySelectorAll("input")) box.checked = places.includes(Number(box.value));
    else if (places.length) question.querySelectorAll("select").forEach((select, place) => (select.value = places.indexOf(place)));
  }

  function count() {
    const answered = questions.filter((question) => chosen(question).length).length;
    form.querySelector("[data-answered]").textContent = form.dataset.count.replace("{n}", answered).replace("{all}", total);
  }

  function waiting() {
    return Object.keys(unsent).length;
  }

  function taken() {
    try {
      return JSON.parse(localStorage.getItem(shelf)) ?? {};
    } catch {
      return {};
    }
  }

  function hold() {
    try {
      waiting() ? localStorage.setItem(shelf, JSON.stringify(unsent)) : localStorage.removeItem(shelf);
    } catch {
      // a browser that keeps nothing: the answers stand on the page
    }
  }

  function forget() {
    unsent = {};
    hold();
  }

  function say(kind, words) {
    const place = form.querySelector("[data-save]");
    const tone = { saved: "ok", offline: "warn", refused: "bad" }[kind] ?? "";
    place.className = `save ${tone}`.trim();
    place.dataset.kind = kind;
    place.textContent = words ?? form.dataset[kind];
  }
}
