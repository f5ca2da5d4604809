// Brings a recording in pieces, however long it takes; a break, a reload or another day cost
// nothing but choosing the file again. Without it the form sends everything at once.

import { deliver, traceOf } from "./delivery.js";

const form = document.querySelector("form[data-bring]");
const RECENT = 10000;

if (form) bringFrom(form);

function bringFrom(form) {
  const input = form.querySelector("input[type=file]");
  const place = document.querySelector("[data-bringing]");
  const bar = place.querySelector("progress");
  const note = place.querySelector("[data-note]");
  const said = place.querySelector("[data-said]");
  const words = place.dataset;
  let sending = false;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    if (input.files.length) bring(input.files[0]);
    else input.click();
  });
  addEventListener("beforeunload", (event) => sending && event.preventDefault());

  async function bring(file) {
    sending = true;
    place.hidden = false;
    place.querySelector("[data-name]").textContent = file.name;
    form.querySelector("[type=submit], button").disabled = true;
    tell(words.preparing);
    const steps = [];
    const mark = await traceOf(file).catch(() => undefined);
    const more = { title: form.elements.title.value, topic: form.elements.topic?.value ?? "" };
    const answer = mark
      ? await deliver({ bytes: file, name: file.name, mark, more }, { address: form.dataset.bring, token: () => words.token, at, broken })
      : { ok: false };
    sending = false;
    if (answer.ok) return location.replace(form.dataset.after);
    form.querySelector("[type=submit], button").disabled = false;
    tell(answer.error ?? words.unreadable, true);

    function at(sent) {
      const now = performance.now();
      steps.push({ now, sent });
      while (steps.length > 2 && now - steps[0].now > RECENT) steps.shift();
      bar.value = sent / file.size;
      const parts = [words.onTheWay.replace("{n}", Math.floor((100 * sent) / file.size))];
      const speed = (sent - steps[0].sent) / Math.max(now - steps[0].now, 1);
      if (speed > 0) parts.push(words.about.replace("{n}", Math.max(Math.ceil((file.size - sent) / speed / 60000), 1)));
      tell(parts.join(", "));
    }

    function broken(status) {
      tell([401, 403].includes(status) ? words.out : words.broken, true);
    }
  }

  function tell(sentence, aloud = false) {
    note.textContent = sentence;
    if (aloud) said.textContent = sentence;
  }
}
