// Slides by the arrow keys; the next one is fetched while one looks at this. Without it: links.

const shown = document.querySelector("[data-slides]");
const next = shown?.querySelector("[rel=next]");
const before = shown?.querySelector("[rel=prev]");

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select, summary")) return;
  const goal = { ArrowRight: next, PageDown: next, ArrowLeft: before, PageUp: before }[event.key];
  if (!goal) return;
  event.preventDefault();
  goal.click();
});

if (next) {
  const picture = shown.querySelector("img");
  const number = Number(new URL(next.href).searchParams.get("page"));
  new Image().src = picture.src.replace(/\d+\.jpg/, `${number}.jpg`);
}
