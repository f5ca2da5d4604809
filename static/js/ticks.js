// A button that ticks every box of a list, or none when all are ticked; without it one ticks each.

for (const form of document.querySelectorAll("[data-ticks]")) {
  const button = form.querySelector("[data-ticks-all]");
  const boxes = [...form.querySelectorAll("td.p input[type=checkbox]")];
  button.hidden = boxes.length < 2;
  button.addEventListener("click", () => {
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = tick;
  });
}
