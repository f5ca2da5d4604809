// The keys of the review page. They do nothing while one types, and can be switched off on this
// machine; everything is reached by Tab without them.

const OFF = "studyhub-keys-off";
const dialog = document.querySelector("dialog[data-keys]");
const form = document.querySelector("form[data-desk]");
const opener = document.querySelector("[data-keys-open]");

const KEYS = {
  j: () => walk(1),
  k: () => walk(-1),
  c: comment,
  a: () => choose("accept"),
  b: () => choose("return"),
  m: () => focus(form.querySelector("[name=remark]")),
  s: send,
  n: () => follow("n"),
  p: () => follow("p"),
  q: () => follow("q"),
};

if (dialog && form) begin();

function begin() {
  const box = dialog.querySelector("[data-keys-on]");
  box.checked = isOn();
  box.addEventListener("change", () => remember(!box.checked));
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", press);
  for (const row of rows()) row.tabIndex = -1;
}

function press(event) {
  const typing = event.target.closest?.("textarea, select, input:not([type=radio], [type=checkbox]), dialog");
  if (typing) return inField(event);
  if (event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
  if (event.key === "?") {
    event.preventDefault();
    return dialog.showModal();
  }
  const deed = KEYS[event.key.toLowerCase()];
  if (!deed) return;
  event.preventDefault();
  deed();
}

// In a field only what nobody types: Ctrl with Enter, and the way out.
function inField(event) {
  const field = event.target;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.matches("textarea")) {
    event.preventDefault();
    const save = field.closest(".g")?.querySelector("[data-save]");
    if (save) form.requestSubmit(save);
    else send();
  }
  if (event.key === "Escape" && field.closest("form[data-desk]")) {
    const row = field.closest("[data-paragraph]");
    focus(row ?? form.querySelector("h1"));
  }
}

function rows() {
  return [...form.querySelectorAll("[data-paragraph]")];
}

function here() {
  return document.activeElement.closest?.("[data-paragraph]");
}

function walk(step) {
  const all = rows();
  const at = all.indexOf(here());
  focus(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]);
}

function comment() {
  const asked = new CustomEvent("desk:comment", { cancelable: true });
  if (!form.dispatchEvent(asked)) return; // on the selected words
  const row = here() ?? rows()[0];
  const add = row?.querySelector(".margin > .add:last-child");
  if (!add) return;
  add.open = true;
  focus(add.querySelector("textarea"));
}

function choose(value) {
  const choice = form.querySelector(`[name=outcome][value=${value}]`);
  if (!choice) return;
  choice.checked = true;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  focus(choice);
}

function send() {
  const button = form.querySelector(".decide button.pri");
  if (button) form.requestSubmit(button);
}

function follow(key) {
  form.querySelector(`[data-key=${key}]`)?.click();
}

function focus(thing) {
  thing?.focus();
  thing?.scrollIntoView({ block: "center" });
}

function isOn() {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true;
  }
}

function remember(off) {
  try {
    if (off) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  } catch {
    // then it lasts as long as the page: not at all
  }
}
