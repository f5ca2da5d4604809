// Buttons that print the page; without script the browser's own menu does it.

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Older browsers print a text field as high as it stands: give it the height of its words first.
addEventListener("beforeprint", () => {
  for (const box of document.querySelectorAll("textarea")) {
    if (!CSS.supports("field-sizing", "content")) box.style.height = `${box.scrollHeight}px`;
  }
});
addEventListener("afterprint", () => {
  for (const box of document.querySelectorAll("textarea")) box.style.removeProperty("height");
});
