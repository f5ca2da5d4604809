// While one reads: marks where one is in the outline, and keeps the place.
// Without it the outline marks the head of the page, and «Đọc tiếp» keeps the place.

const reader = document.querySelector("[data-reader]");
const form = document.querySelector("form[data-place]");
const parts = reader ? [...reader.querySelectorAll("[data-part]")] : [];
const entries = [...document.querySelectorAll("[data-entry]")];
const REST = 5000;
const EYES = 0.35; // of the height of the window, from above

let here = -1;
let kept = form ? Number(form.dataset.place) : -1;
let timer = 0;
let waiting = false;

function position() {
  const line = window.innerHeight * EYES;
  const passed = parts.filter((part) => part.getBoundingClientRect().top <= line);
  return Number((passed.at(-1) ?? parts[0]).dataset.part);
}

function mark(at) {
  const before = entries.map((entry) => Number(entry.dataset.entry)).filter((n) => n <= at);
  const current = String(Math.max(-1, ...before));
  for (const entry of entries) {
    if (entry.dataset.entry === current) entry.setAttribute("aria-current", "true");
    else entry.removeAttribute("aria-current");
  }
  bringIntoView(entries.find((entry) => entry.offsetParent && entry.dataset.entry === current));
}

// Only the outline moves, never the page.
function bringIntoView(entry) {
  const box = entry?.closest(".beside");
  if (!box || box.scrollHeight <= box.clientHeight) return;
  const top = entry.offsetTop - box.offsetTop;
  if (top < box.scrollTop || top + entry.offsetHeight > box.scrollTop + box.clientHeight) {
    box.scrollTop = top - box.clientHeight / 3;
  }
}

function keep() {
  clearTimeout(timer);
  if (here < 0 || here === kept) return;
  kept = here;
  fetch(form.action, {
    method: "POST",
    keepalive: true,
    headers: { Accept: "application/json", "X-CSRF-Token": form.elements.csrf_token.value },
    body: new URLSearchParams({ part: String(here) }),
  }).catch(() => {
    kept = -1; // the next change of place tries again
  });
}

function look() {
  waiting = false;
  const at = position();
  if (at === here) return;
  here = at;
  mark(at);
  clearTimeout(timer);
  timer = setTimeout(keep, REST);
}

if (form && parts.length) {
  addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(look);
    },
    { passive: true },
  );
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
}
