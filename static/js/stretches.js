// Comments on selected words: a button beside the paragraph while some of its words are selected,
// and a field that knows which. Without it one comments on whole paragraphs.

export function stretches(form, said) {
  const button = document.createElement("button");
  let chosen; // the spot of the selected words

  button.type = "button";
  button.className = "btn sm pri on-words";
  button.textContent = said.selected;
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps what is selected
  button.addEventListener("click", comment);
  if ("waits" in form.dataset) document.addEventListener("selectionchange", look);

  // for the keys
  form.addEventListener("desk:comment", (event) => {
    if (!chosen) return;
    event.preventDefault();
    comment();
  });

  return { fieldAt };

  function look() {
    const range = selected();
    const row = range && rowOf(range);
    const stretch = row && stretchOf(row.querySelector("p"), range);
    chosen = stretch && { row, stretch };
    if (chosen) row.querySelector(".margin").prepend(button);
    else if (document.activeElement !== button) button.remove();
  }

  function comment() {
    const { row, stretch } = chosen;
    const area = fieldAt(`${row.dataset.paragraph}:${stretch.join("-")}`);
    getSelection().removeAllRanges();
    button.remove();
    area.focus();
  }

  // The field for the comment on these words: the one there is, or a new one.
  function fieldAt(spot) {
    const [place, told] = spot.split(":");
    const row = form.querySelector(`[data-paragraph="${place}"]`);
    const known = row?.querySelector(`textarea[data-jot="${spot}"]`);
    if (!row || known) return open(known);
    const [start, end] = told.split("-").map(Number);
    const whole = row.querySelector(".margin > .add:last-child");
    const made = whole.cloneNode(true);
    const area = made.querySelector("textarea");
    Object.assign(area, { id: `new-${spot}`, name: `new-${spot}`, value: "", defaultValue: "" });
    for (const name of Object.keys(area.dataset)) delete area.dataset[name];
    area.dataset.jot = spot;
    made.querySelector("label").htmlFor = area.id;
    made.querySelector("[data-jotted]").textContent = "";
    const quote = document.createElement("blockquote");
    quote.className = "quoted";
    quote.textContent = [...textOf(row.querySelector("p"))].slice(start, end).join("");
    made.querySelector("summary").after(quote);
    made.querySelector("blockquote ~ blockquote")?.remove();
    whole.before(made);
    mark(row.querySelector("p"), start, end);
    return open(area);
  }
}

function open(area) {
  const details = area?.closest("details");
  if (details) details.open = true;
  return area ?? undefined;
}

function selected() {
  const selection = getSelection();
  return selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : undefined;
}

// The paragraph that has all of it.
function rowOf(range) {
  const inside = range.commonAncestorContainer;
  const paragraph = (inside.nodeType === Node.ELEMENT_NODE ? inside : inside.parentElement)?.closest("[data-paragraph] > p");
  return paragraph?.parentElement;
}

// From which character of the paragraph to which, white space at the edges left out.
function stretchOf(paragraph, range) {
  const text = [...textOf(paragraph)];
  let start = lengthUntil(paragraph, range.startContainer, range.startOffset);
  let end = lengthUntil(paragraph, range.endContainer, range.endOffset);
  while (start < end && !text[start].trim()) start += 1;
  while (end > start && !text[end - 1].trim()) end -= 1;
  return end > start ? [start, end] : undefined;
}

function lengthUntil(paragraph, node, offset) {
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  const part = before.cloneContents();
  for (const number of part.querySelectorAll(".ref")) number.remove();
  return [...part.textContent].length;
}

// The words of the paragraph without the numbers of its comments.
function textOf(paragraph) {
  const copy = paragraph.cloneNode(true);
  for (const number of copy.querySelectorAll(".ref")) number.remove();
  return copy.textContent;
}

// Shows which words are meant while one writes about them.
function mark(paragraph, start, end) {
  if (!globalThis.Highlight) return;
  const range = document.createRange();
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".ref") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  let at = 0;
  let begun = false;
  while (walker.nextNode()) {
    const letters = [...walker.currentNode.data];
    const unit = (place) => letters.slice(0, place - at).join("").length;
    if (!begun && start < at + letters.length) begun = !range.setStart(walker.currentNode, unit(start));
    if (begun && end <= at + letters.length) {
      range.setEnd(walker.currentNode, unit(end));
      break;
    }
    at += letters.length;
  }
  const marked = CSS.highlights.get("being-said") ?? new Highlight();
  CSS.highlights.set("being-said", marked.add(range));
}
