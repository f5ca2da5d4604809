// Phrases in the fields of the review page: from a menu, or by their letters after a stroke and a
// space, “/sl ”. Without it they are copied from their page.

const TYPED = /(^|\s)\/([a-z0-9]{1,12})\s$/;

for (const form of document.querySelectorAll("form[data-phrases]")) offer(form);

function offer(form) {
  const said = JSON.parse(form.dataset.said);
  const menu = document.createElement("details");
  let known; // asked for once, when the first field is used
  let field;

  menu.className = "phrases noprint";
  const summary = document.createElement("summary");
  summary.textContent = said.phrases;
  const list = document.createElement("div");
  list.className = "stack-s";
  menu.append(summary, list);

  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[data-jot], textarea[name=remark]")) attach(event.target);
  });
  form.addEventListener("input", (event) => {
    if (event.target === field) replace();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    field.focus();
    event.stopPropagation();
  });

  async function attach(area) {
    field = area;
    if (area.nextElementSibling !== menu) {
      menu.open = false;
      area.after(menu);
    }
    known ??= ask();
    fill(await known);
  }

  async function ask() {
    try {
      const answer = await fetch(form.dataset.phrases, { headers: { Accept: "application/json" } });
      return answer.ok ? await answer.json() : [];
    } catch {
      known = undefined; // next time, perhaps
      return [];
    }
  }

  function fill(phrases) {
    if (list.childElementCount) return;
    for (const phrase of phrases) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn bare sm";
      button.append(phrase.text);
      if (phrase.letters) button.append(" ", Object.assign(document.createElement("kbd"), { textContent: `/${phrase.letters}` }));
      button.addEventListener("click", () => put(phrase.text, field.selectionStart, field.selectionEnd));
      list.append(button);
    }
    const keep = document.createElement("a");
    Object.assign(keep, { href: form.dataset.phrases, textContent: phrases.length ? said.keep : `${said.none}. ${said.keep}`, className: "sm tap" });
    list.append(keep);
  }

  async function replace() {
    const end = field.selectionEnd;
    const typed = TYPED.exec(field.value.slice(0, end));
    const phrase = typed && (await known)?.find((one) => one.letters === typed[2]);
    if (phrase) put(`${phrase.text} `, end - typed[2].length - 2, end);
  }

  function put(text, start, end) {
    field.setRangeText(text, start, end, "end");
    menu.open = false;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
