// Hides the choices that do not match while one types; without it, the search button asks the server.

for (const field of document.querySelectorAll("input[data-sift]")) watch(field);

function watch(field) {
  const choices = [...document.querySelectorAll(`#${field.dataset.sift} > label`)];
  field.addEventListener("input", () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    for (const choice of choices) {
      const text = fold(choice.textContent);
      const ticked = choice.querySelector("input").checked;
      choice.hidden = !ticked && !words.every((word) => text.includes(word));
    }
  });
}

// Lower case without any mark, đ as d: “Đặng” is found by typing “dang”.
function fold(text) {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}
