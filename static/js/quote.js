// Searches in the documents beside the essay as one types, marks or no marks.
// Without it the button saves the draft and the server searches.

for (const box of document.querySelectorAll("[data-find]")) search(box);

function search(box) {
  const field = box.querySelector("input");
  const side = box.closest("aside");
  const told = side.querySelector("[data-found]");
  const sources = [...side.querySelectorAll("[data-source]")].map(read);
  let timer;

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, 250);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") now(event);
  });
  box.querySelector("button").addEventListener("click", now);

  function now(event) {
    event.preventDefault();
    clearTimeout(timer);
    find();
  }

  function find() {
    const words = fold(field.value.trim());
    side.querySelector("[data-hits]")?.remove();
    let count = 0;
    for (const source of sources) count += show(source, words.length > 1 ? words : "");
    told.textContent = words.length > 1 ? sentence(count) : "";
  }

  function sentence(count) {
    const said = { 0: box.dataset.none, 1: box.dataset.one }[count] ?? box.dataset.many;
    return said.replace("{n}", new Intl.NumberFormat(document.documentElement.lang).format(count));
  }
}

function read(source) {
  const details = source.closest("details");
  const lines = [...source.children].map((element) => ({
    element,
    isTitle: element.tagName === "H3",
    text: element.textContent,
    folded: fold(element.textContent),
  }));
  return { details, outline: details.querySelector(".outline"), lines, wasOpen: details.open };
}

// Shows the passages with these words under their titles; everything when there are none.
function show({ details, outline, lines, wasOpen }, words) {
  let count = 0;
  let title;
  for (const line of lines) {
    const hit = words !== "" && line.folded.includes(words);
    mark(line, hit ? words : "");
    line.element.hidden = words !== "" && !hit;
    if (line.isTitle) title = line;
    else if (hit && title) title.element.hidden = false;
    if (hit) count += 1;
  }
  outline.hidden = words !== "";
  details.open = words === "" ? wasOpen : count > 0;
  return count;
}

function mark({ element, text, folded }, words) {
  element.textContent = text;
  if (!words || folded.length !== text.length) return;
  const pieces = [];
  let at = 0;
  for (let found = folded.indexOf(words); found >= 0; found = folded.indexOf(words, at)) {
    const marked = document.createElement("mark");
    marked.textContent = text.slice(found, found + words.length);
    pieces.push(text.slice(at, found), marked);
    at = found + words.length;
  }
  element.replaceChildren(...pieces, text.slice(at));
}

export function fold(text) {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("đ", "d")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
}
