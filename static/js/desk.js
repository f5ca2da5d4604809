// Keeps what is typed on the review page on this machine until it has been sent, and puts it back.
// The page works without this file: its buttons save on the server.

for (const done of document.querySelectorAll("[data-desk-done]")) forget(done.dataset.deskDone);
for (const form of document.querySelectorAll("form[data-desk]")) keep(form);

function keep(form) {
  const key = form.dataset.desk;
  const back = form.querySelector("[data-desk-back]");
  const left = form.querySelector("[data-desk-left]");
  let leaving = false;
  let kept = true; // false: this machine takes nothing, so leaving has to be asked about

  if ("unsent" in form.dataset) hold();
  else putBack(recall(key) ?? {});

  form.addEventListener("input", hold);
  form.addEventListener("submit", (event) => {
    if (leaving) event.preventDefault(); // a double click
    leaving = true;
  });
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("beforeunload", (event) => {
    if (!leaving && !kept) event.preventDefault();
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-desk-drop]")) drop();
  });

  function hold() {
    const words = unsent(form);
    kept = Object.keys(words).length ? remember(key, words) : forget(key);
  }

  function putBack(words) {
    const lost = [];
    let count = 0;
    for (const [name, value] of Object.entries(words)) {
      const field = form.elements.namedItem(name);
      if (field) count += write(field, name, value);
      else if (!("waits" in form.dataset) && !isChoice(name)) lost.push(value);
    }
    back.hidden = count === 0;
    left.hidden = lost.length === 0;
    left.querySelector("[data-words]").textContent = lost.join("\n\n");
    if (!lost.length) hold();
  }

  function drop() {
    form.reset();
    forget(key);
    back.hidden = left.hidden = true;
    form.querySelector("h1").focus();
  }
}

// What stands on the page and not on the server.
function unsent(form) {
  const words = {};
  for (const [name, value] of new FormData(form)) {
    const field = form.elements.namedItem(name);
    const isOwn = name.startsWith("own-");
    if (!isOwn && !isChoice(name) && name !== "remark" && !name.startsWith("new-")) continue;
    if (isOwn ? value !== saved(field) : value.trim()) words[name] = value;
  }
  return words;
}

// Whether something was put back: not where it already stands.
function write(field, name, value) {
  if (field.value === value || (name.startsWith("new-") && isSaved(field, value))) return 0;
  field.value = value;
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
  return area.closest(".g").querySelector(".words").textContent;
}

function isChoice(name) {
  return name === "outcome" || name === "grade";
}

function remember(key, words) {
  try {
    localStorage.setItem(`studyhub-desk-${key}`, JSON.stringify(words));
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
