// Looks at a page again every few seconds, while something is done in the background.

for (const part of document.querySelectorAll("[data-again]")) {
  setTimeout(() => location.reload(), Number(part.dataset.again) * 1000);
}
