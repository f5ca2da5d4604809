// Counts words (syllables) while they are written. Without it the server counts at each save.

for (const form of document.querySelectorAll("form[data-count]")) count(form);

function count(form) {
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const total = form.querySelector("[data-total]");
  const bar = total?.closest("div").querySelector("progress");
  form.addEventListener("input", () => requestAnimationFrame(show));

  function show() {
    let all = 0;
    for (const area of form.querySelectorAll("textarea")) {
      const words = syllables(area.value);
      all += words;
      const said = words === 1 ? form.dataset.oneWord : form.dataset.manyWords;
      for (const place of form.querySelectorAll(`[data-count-of="${area.id}"]`)) {
        place.textContent = said.replace("{n}", number.format(words));
      }
    }
    if (total) total.textContent = number.format(all);
    if (bar) bar.value = Math.min(all, bar.max);
  }
}

function syllables(text) {
  return text.split(/\s+/u).filter(Boolean).length;
}
