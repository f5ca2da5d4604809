// Keeps what is typed into a form until it is sent: on this device, for this window, past a reload.

for (const form of document.querySelectorAll("form[data-words]")) keep(form);
document.addEventListener("part-shown", ({ target }) => target.querySelectorAll("form[data-words]").forEach(keep));

function keep(form) {
  const area = form.querySelector("textarea");
  const name = `studyhub ${form.dataset.words}`;
  const said = form.querySelector("[data-kept]");
  const kept = recall();
  if (kept && isSent(kept)) forget();
  else if (kept && area.value === area.defaultValue && kept.text !== area.value) {
    area.value = kept.text;
    tell();
  }
  area.addEventListener("input", () => {
    hold();
    tell();
  });
  form.addEventListener("submit", hold);

  // The page shows what the server has: the question among one's own, the answer in its field.
  function isSent({ text, identity }) {
    if (text === area.defaultValue) return true;
    return Boolean(identity && document.querySelector(`[data-inquiry="${CSS.escape(identity)}"]`));
  }

  function hold() {
    const identity = form.elements.identity?.value;
    store(() => (area.value ? sessionStorage.setItem(name, JSON.stringify({ text: area.value, identity })) : forget()));
  }

  function recall() {
    return store(() => JSON.parse(sessionStorage.getItem(name)));
  }

  function forget() {
    store(() => sessionStorage.removeItem(name));
  }

  function tell() {
    if (said) said.textContent = area.value ? said.dataset.said : "";
  }
}

// Where nothing may be kept, the page works as it does without this file.
function store(deed) {
  try {
    return deed();
  } catch {
    return null;
  }
}
