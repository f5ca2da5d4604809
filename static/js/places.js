// Counts who goes where while one chooses, and names the places as they are typed; without it the server does.

const places = [...document.querySelectorAll("select[data-place]")];

function count() {
  for (const figure of document.querySelectorAll("[data-count]")) {
    figure.textContent = places.filter((place) => place.value === figure.dataset.count).length;
  }
}

// The new unit is called in every list and on every button as it is called above.
function name(key, text) {
  for (const said of document.querySelectorAll(`[data-said="${key}"]`)) said.textContent = text;
  for (const place of places) {
    const option = [...place.options].find((one) => one.value === key);
    if (option) option.textContent = text;
  }
}

for (const row of document.querySelectorAll("[data-new]")) {
  const field = row.querySelector("input");
  field.addEventListener("input", () => {
    if (field.value.trim()) name(row.dataset.new, field.value.trim());
  });
}

for (const button of document.querySelectorAll("[data-rest]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    for (const place of places) if (!place.value) place.value = button.dataset.rest;
    count();
  });
}

for (const place of places) place.addEventListener("change", count);
