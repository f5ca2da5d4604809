// Parts of a page are shown anew, politely: shared by the pages that follow what happens.

const SLOWEST = 120000;

// Looks every so often while the page is seen; ever more seldom while the server is away, and at
// once when page or network are back. `look` says whether to go on; `tell` is told of trouble.
export function patiently(every, look, tell = () => {}) {
  let pause = every;
  let timer;
  plan(every);

  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : plan(200)));
  addEventListener("online", () => plan(1000));

  // A little sooner or later, so that thousands of pages do not ask in the same instant.
  function plan(time) {
    clearTimeout(timer);
    timer = setTimeout(turn, time * (0.9 + Math.random() / 5));
  }

  async function turn() {
    if (document.hidden) return;
    try {
      if (!(await look())) return;
      pause = every;
      tell(false);
    } catch {
      pause = Math.min(2 * pause, SLOWEST);
      tell(true);
    }
    plan(pause);
  }
}

// Whether somebody is typing there, has typed and not sent, or is watching.
export function isBusy(part) {
  const active = document.activeElement;
  if (part.contains(active) && active.matches("input, textarea, select")) return true;
  if ([...part.querySelectorAll("audio, video")].some((one) => !one.paused && !one.ended)) return true;
  return [...part.querySelectorAll("input:not([type=hidden]), textarea")].some((one) =>
    ["checkbox", "radio"].includes(one.type) ? one.checked !== one.defaultChecked : one.value !== one.defaultValue,
  );
}

// Puts the new words in place, and says whether they differ; the focus stays on what is called the same.
export function show(part, html) {
  const before = part.innerHTML.trim();
  if (part.dataset.shown === html || before === html) return false;
  part.dataset.shown = html;
  const active = part.contains(document.activeElement) && document.activeElement;
  const words = part.textContent;
  part.replaceChildren(document.createRange().createContextualFragment(html));
  if (active) again(part, active).focus({ preventScroll: true });
  for (const one of part.querySelectorAll("[data-module]")) import(one.dataset.module);
  part.dispatchEvent(new CustomEvent("part-shown", { bubbles: true }));
  return part.textContent.replace(/\s+/g, " ") !== words.replace(/\s+/g, " ");
}

// Where one was: what is called the same, else the part itself.
function again(part, active) {
  const called = (one) => one.id || one.textContent.trim();
  const same = [...part.querySelectorAll(active.tagName)].find((one) => called(one) === called(active));
  part.tabIndex = -1;
  return same ?? part;
}

// Says in the part that there is something new, where it cannot be shown yet.
export function note(part, words) {
  if (part.querySelector("[data-something-new]")) return;
  const said = document.createElement("p");
  said.className = "sm mut";
  said.role = "status";
  said.dataset.somethingNew = "";
  said.textContent = words;
  part.append(said);
}
