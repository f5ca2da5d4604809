// A pen for the reader: selected words (by mouse, finger or keys) are highlighted or get a note,
// saved at once. Without it each paragraph has a link to a page that marks it.

const text = document.querySelector("[data-reader] .doc");
const pen = document.querySelector("[data-pen]");
const jotter = document.querySelector("form[data-jotter]");
const mine = document.querySelector("[data-mine]");
const undo = document.querySelector("[data-undo]");
const PAUSE = 1200;
const AGAIN = 10000;

let chosen; // the stretches that are selected
let open; // the note in the field: id, stretch, what is typed, what is saved
let timer;
let hiding;
let turn = Promise.resolve();

if (text && pen && jotter) begin();

function begin() {
  text.parentElement.append(pen);
  document.addEventListener("selectionchange", look);
  pen.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps what is selected
  pen.addEventListener("click", (event) => use(event.target.closest("[data-do]")));
  pen.addEventListener("keydown", inPen);
  byKeys();
  document.addEventListener("click", follow);
  const area = jotter.elements.text;
  area.addEventListener("input", () => {
    open.typed = area.value;
    later(PAUSE);
  });
  area.addEventListener("blur", () => later(0));
  jotter.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
  });
  jotter.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  jotter.querySelector("[data-remove]").addEventListener("click", remove);
  undo.querySelector("[data-put-back]").addEventListener("click", putBack);
  addEventListener("online", () => later(0));
  addEventListener("pagehide", () => {
    if (isUnsaved()) send(open, { keepalive: true }).catch(() => {});
  });
  addEventListener("beforeunload", (event) => {
    if (isUnsaved()) event.preventDefault();
  });
}

// Selecting

function look() {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : undefined;
  const stretches = range ? stretchesOf(range) : [];
  clearTimeout(hiding);
  if (stretches.length) offer(stretches, range);
  else if (!pen.contains(document.activeElement)) hiding = setTimeout(hide, 250); // a finger on the pen clears the selection first
}

function offer(stretches, range) {
  chosen = stretches;
  pen.hidden = false;
  const box = text.parentElement.getBoundingClientRect();
  const at = [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect();
  pen.style.top = `${at.bottom - box.top + 8}px`;
  pen.style.left = `${Math.max(8, Math.min(at.right - box.left - 120, box.width - pen.offsetWidth - 8))}px`;
}

function hide() {
  pen.hidden = true;
  chosen = undefined;
}

// One for each paragraph it touches.
function stretchesOf(range) {
  return [...text.querySelectorAll("[data-text]")].filter((line) => range.intersectsNode(line)).map((line) => stretchOf(line, range)).filter(Boolean);
}

function stretchOf(line, range) {
  const letters = [...line.textContent];
  let start = range.comparePoint(line, 0) < 0 ? lengthUntil(line, range.startContainer, range.startOffset) : 0;
  let end = range.comparePoint(line, line.childNodes.length) > 0 ? lengthUntil(line, range.endContainer, range.endOffset) : letters.length;
  while (start < end && !letters[start].trim()) start += 1;
  while (end > start && !letters[end - 1].trim()) end -= 1;
  if (end <= start) return undefined;
  while (start > 0 && isInWord(letters, start)) start -= 1; // whole words
  while (end < letters.length && isInWord(letters, end)) end += 1;
  const [part, paragraph] = line.dataset.text.split(":");
  return { line, part, paragraph, start, words: letters.slice(start, end).join("") };
}

function isInWord(letters, at) {
  return /[\p{L}\p{N}]{2}/u.test(letters.slice(at - 1, at + 1).join(""));
}

function lengthUntil(line, node, offset) {
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, offset);
  return [...before.toString()].length;
}

// Keys: one stop for the whole text; up and down go by paragraphs, right and left choose words in
// one, Enter opens the pen.

function byKeys() {
  const paragraphs = [...text.querySelectorAll("[data-text]")].map((line) => line.closest("p"));
  for (const paragraph of paragraphs) {
    paragraph.tabIndex = -1;
    paragraph.setAttribute("aria-describedby", "pen-keys");
  }
  if (paragraphs[0]) paragraphs[0].tabIndex = 0;
  text.addEventListener("keydown", (event) => {
    const at = paragraphs.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") toPen(event.target);
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") byWords(event.target, event);
    else if (step && paragraphs[at + step]) go(event.target, paragraphs[at + step]);
    else return;
    event.preventDefault();
  });
}

function go(from, to) {
  getSelection().removeAllRanges();
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

function byWords(paragraph, { key, shiftKey }) {
  const selection = getSelection();
  const line = paragraph.querySelector("[data-text]");
  const way = key === "ArrowRight" ? "forward" : "backward";
  if (selection.isCollapsed || !line.contains(selection.anchorNode)) selection.collapse(line, 0);
  else if (!shiftKey && way === "forward") selection.collapseToEnd();
  else if (!shiftKey) {
    selection.collapseToStart();
    selection.modify("move", "backward", "word");
  }
  selection.modify("extend", shiftKey ? way : "forward", "word");
}

function toPen(paragraph) {
  const selection = getSelection();
  const line = paragraph.querySelector("[data-text]");
  if (selection.isCollapsed || !line.contains(selection.anchorNode)) selection.selectAllChildren(line);
  offer(stretchesOf(selection.getRangeAt(0)), selection.getRangeAt(0));
  if (chosen?.length) pen.querySelector("button").focus();
}

function inPen(event) {
  const buttons = [...pen.querySelectorAll("button")];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length].focus();
  if (event.key !== "Escape") return;
  const paragraph = chosen?.[0]?.line.closest("p");
  hide();
  paragraph?.focus();
}

// Marking

async function use(button) {
  if (!button || !chosen) return;
  const stretches = chosen;
  const last = stretches.at(-1);
  const wantsNote = button.dataset.do === "note";
  hide();
  getSelection().removeAllRanges();
  if (button.dataset.do === "link") return share(stretches[0]);
  if (isUnsaved()) return jotter.elements.text.focus();
  for (const stretch of wantsNote ? stretches.slice(0, -1) : stretches) {
    const note = { stretch, typed: "" };
    if (await send(note)) say(jotter.dataset.marked);
    else return show(note);
  }
  if (!wantsNote) return last.line.closest("p").focus({ preventScroll: true });
  show({ stretch: last, typed: "" });
  later(0);
}

// The address of a paragraph, for somebody else: nothing of one's own stands in it.
async function share({ line, part }) {
  const there = new URL(`?part=${part}#${line.id}`, location.href);
  history.replaceState(null, "", there);
  try {
    await navigator.clipboard.writeText(there.href);
    say(jotter.dataset.copied);
  } catch {
    say(jotter.dataset.uncopied);
  }
}

function follow(event) {
  const link = event.target.closest("[data-jump], [data-note]");
  if (!link || event.ctrlKey || event.metaKey) return;
  const id = link.dataset.jump ?? link.dataset.note;
  const place = document.getElementById(`note-${id}`);
  if (!place || (link.matches("mark") && !getSelection().isCollapsed)) return;
  event.preventDefault();
  if (link.dataset.jump) location.hash = place.id;
  else if (isUnsaved() && open.id !== id) jotter.elements.text.focus();
  else {
    const typed = text.querySelector(`[data-note="${id}"][data-said]`)?.dataset.said ?? "";
    show({ id, typed, saved: typed, stretch: { line: place.closest("[data-text]") } });
  }
}

// The field stands below its paragraph.
function show(note) {
  open = note;
  note.stretch.line.closest("p").after(jotter);
  jotter.hidden = false;
  jotter.elements.text.value = note.typed;
  tell(note.told ?? "");
  jotter.elements.text.focus();
}

async function close() {
  later(0);
  await turn;
  if (isUnsaved()) return jotter.elements.text.focus(); // it says why
  const line = open?.stretch.line;
  open = undefined;
  jotter.hidden = true;
  line?.closest("p")?.focus({ preventScroll: true });
}

async function remove() {
  clearTimeout(timer);
  await turn;
  const { id, stretch } = open;
  if (id && !(await deed(`${id}/remove`, open))) return;
  open = undefined;
  jotter.hidden = true;
  stretch.line.closest("p")?.focus({ preventScroll: true });
  undo.dataset.undo = id ?? "";
  undo.hidden = !id;
}

async function putBack() {
  if (await deed(`${undo.dataset.undo}/put-back`, {})) undo.hidden = true;
}

// Saving: one after the other, and again until it is there.

function isUnsaved() {
  return Boolean(open) && (!open.id || open.typed.trim() !== open.saved?.trim());
}

function later(pause) {
  clearTimeout(timer);
  const next = () => {
    turn = turn.then(() => (isUnsaved() && open.typed !== open.refused ? send(open) : undefined)).catch(() => {});
  };
  if (pause) timer = setTimeout(next, pause);
  else next();
}

async function send(note, more = {}) {
  const { part, paragraph, start, words } = note.stretch;
  const { id, typed } = note;
  if (note === open) tell(jotter.dataset.saving);
  const data = await deed(id ?? "", note, id ? { text: typed } : { part, paragraph, start, words, text: typed }, more);
  if (!data) return false;
  Object.assign(note, { id: data.id, saved: typed });
  if (note === open) tell(data.saved);
  return true;
}

async function deed(path, note, fields = {}, more = {}) {
  const base = jotter.action.split("documents/")[0];
  const answer = await fetch(path ? base + path : jotter.action, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json", "X-CSRF-Token": jotter.elements.csrf_token.value },
    ...more,
  }).catch(() => undefined);
  const data = await answer?.json().catch(() => undefined);
  if (answer?.ok && data) return shown(data);
  note.told = data?.error ?? jotter.dataset.offline;
  if ([409, 422].includes(answer?.status)) note.refused = note.typed; // sent again only when it has changed
  else timer = setTimeout(() => later(0), AGAIN);
  tell(note.told);
  say(note.told);
  return undefined;
}

function shown(data) {
  const line = text.querySelector(`[data-text="${data.at}"]`);
  if (line) line.innerHTML = data.html;
  mine.innerHTML = data.mine;
  return data;
}

function tell(words) {
  jotter.querySelector("[data-told]").textContent = words;
}

function say(words) {
  document.querySelector("[data-pen-said]").textContent = words;
}
