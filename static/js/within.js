// Finds words in one's own text, marks or no marks: browsers do not look into text fields well.

import { fold } from "./quote.js";

const box = document.querySelector("[data-within]");
const field = box.querySelector("input");
const told = box.querySelector("[data-told]");
let at = -1;

box.hidden = false;
box.addEventListener("toggle", () => box.open && field.focus());
field.addEventListener("input", () => {
  at = -1;
  say(hits());
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // it would send the form
  go(event.shiftKey ? -1 : 1);
});
for (const button of box.querySelectorAll("[data-go]")) {
  button.addEventListener("click", () => go(Number(button.dataset.go)));
}

function go(step) {
  const found = hits();
  if (!found.length) return say(found);
  at = at < 0 && step < 0 ? found.length - 1 : (at + step + found.length) % found.length;
  const { text, start } = found[at];
  const part = text.closest("section");
  if (!part.offsetParent) location.hash = part.id; // in large letters one part is shown at a time
  text.focus();
  text.setSelectionRange(start, start + wanted().length);
  part.scrollIntoView({ block: "nearest" });
  say(found);
}

function wanted() {
  return fold(field.value.trim());
}

// Every place in every part, in order. A letter that folds to more than one is left out.
function hits() {
  const words = wanted();
  const found = [];
  if (words.length < 2) return found;
  for (const text of document.querySelectorAll("textarea.write")) {
    const folded = [...text.value].map((letter) => fold(letter).slice(0, letter.length).padEnd(letter.length, "\0")).join("");
    for (let start = folded.indexOf(words); start >= 0; start = folded.indexOf(words, start + words.length)) {
      found.push({ text, start });
    }
  }
  return found;
}

function say(found) {
  if (wanted().length < 2) told.textContent = "";
  else if (!found.length) told.textContent = box.dataset.none;
  else told.textContent = box.dataset.found.replace("{at}", at + 1 || "–").replace("{n}", found.length);
}
