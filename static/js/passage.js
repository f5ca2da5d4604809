// Quotes a passage of the resolution in the part one was writing, in « » with its reference.
// Without it people copy by hand.

const side = document.querySelector("aside[data-quote]");
const areas = [...document.querySelectorAll("form[data-draft] textarea")];
const button = document.createElement("button");
let area = areas[0];

if (side && area) offer();

function offer() {
  button.type = "button";
  button.className = "btn sm quote-it";
  document.addEventListener("focusin", (event) => {
    if (areas.includes(event.target)) area = event.target;
  });
  for (const source of side.querySelectorAll("[data-source]")) {
    const paragraphs = [...source.querySelectorAll("p")];
    const hint = document.createElement("p");
    hint.className = "sm mut";
    hint.textContent = side.dataset.hint;
    source.before(hint);
    for (const paragraph of paragraphs) paragraph.tabIndex = -1;
    if (paragraphs[0]) paragraphs[0].tabIndex = 0; // one stop; the arrows go on from there
    source.addEventListener("keydown", (event) => walk(event, paragraphs));
    source.addEventListener("focusin", (event) => choose(event.target));
    source.addEventListener("click", (event) => choose(event.target.closest("p")));
  }
  for (const put of side.querySelectorAll("[data-put]")) {
    put.parentElement.hidden = false;
    put.addEventListener("click", () => insert(put.closest("li").querySelector(put.dataset.put).textContent));
  }
  button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps what is selected
  button.addEventListener("click", () => quote(button.previousElementSibling));
}

function choose(paragraph) {
  if (!paragraph?.matches("[data-source] > p") || button.previousElementSibling === paragraph) return;
  const part = area.closest("section").querySelector("label").textContent;
  button.textContent = side.dataset.quote.replace("{part}", part);
  side.querySelector(".chosen")?.classList.remove("chosen");
  paragraph.classList.add("chosen");
  paragraph.after(button);
}

function walk(event, paragraphs) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = paragraphs.indexOf(event.target);
  if (!step || at < 0) return;
  const shown = paragraphs.filter((one) => !one.hidden);
  const next = shown[shown.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function quote(paragraph) {
  insert(`«${selected(paragraph) || paragraph.textContent.trim()}» (${reference(paragraph)})`);
}

// By the browser's own way of typing, so that it can be undone like typing.
function insert(text) {
  area.focus();
  area.selectionStart = area.selectionEnd += area.value.slice(area.selectionEnd).search(/\s|$/); // not amid a word
  const before = area.value.slice(0, area.selectionStart);
  const gap = before && !/\s$/.test(before) ? " " : "";
  if (document.execCommand("insertText", false, gap + text)) return;
  area.setRangeText(gap + text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function selected(paragraph) {
  const selection = getSelection();
  return paragraph.contains(selection.anchorNode) && paragraph.contains(selection.focusNode) ? selection.toString().trim() : "";
}

// The document, and the numbers of the parts that the passage stands in: “I.2.a”.
function reference(paragraph) {
  const numbers = [];
  let level = Infinity;
  for (let title = paragraph.previousElementSibling; title; title = title.previousElementSibling) {
    if (title.tagName !== "H3" || Number(title.dataset.level) >= level) continue;
    level = Number(title.dataset.level);
    numbers.unshift(title.dataset.number.replace(/[.)]$/, ""));
  }
  const number = numbers.filter(Boolean).join(".");
  return [paragraph.closest("[data-name]").dataset.name, number].filter(Boolean).join(", ");
}
