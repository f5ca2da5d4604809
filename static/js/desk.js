// Asks before words typed on the review page are left behind. They are saved by its buttons.

for (const form of document.querySelectorAll("form[data-desk]")) {
  let leaving = false;
  form.addEventListener("submit", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("beforeunload", (event) => {
    const areas = [...form.querySelectorAll("textarea")];
    if (!leaving && areas.some((area) => area.value !== area.defaultValue)) event.preventDefault();
  });
}
