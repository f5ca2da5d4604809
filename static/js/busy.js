// Says that a form is on its way, for work that takes seconds. Without it the browser's own sign
// does. A button with data-quiet answers with a download, so nothing is said.

for (const form of document.querySelectorAll("form[data-busy]")) {
  const place = document.getElementById(form.dataset.busy);
  form.addEventListener("submit", (event) => {
    if (!place || event.submitter?.hasAttribute("data-quiet")) return;
    place.textContent = place.dataset.words;
  });
  addEventListener("pageshow", () => {
    if (place) place.textContent = "";
  });
}
