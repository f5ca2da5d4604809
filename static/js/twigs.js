// Opens the branches of the tree where they stand. Without it, a link leads to the tree from there down.

for (const twig of document.querySelectorAll("[data-twig]")) attach(twig);

// A link becomes a button: it opens something here and leads nowhere.
function attach(twig) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = twig.className;
  button.dataset.twig = twig.dataset.twig;
  button.setAttribute("aria-expanded", String(Boolean(list(twig.dataset.twig))));
  button.setAttribute("aria-controls", twig.dataset.twig);
  button.append(...twig.childNodes);
  const address = twig.href;
  button.addEventListener("click", () => turn(button, address));
  twig.replaceWith(button);
}

async function turn(button, address) {
  const below = list(button.dataset.twig);
  if (below) {
    below.hidden = !below.hidden;
    button.setAttribute("aria-expanded", String(!below.hidden));
    return;
  }
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await fetchBelow(button, address);
    button.setAttribute("aria-expanded", "true");
  } catch {
    say("failed");
    location.assign(address);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

async function fetchBelow(button, address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const below = page.getElementById(button.dataset.twig);
  if (!below) throw new Error("nothing below");
  button.closest(".node").after(document.adoptNode(below));
  for (const twig of below.querySelectorAll("[data-twig]")) attach(twig);
}

function list(id) {
  return document.getElementById(id);
}

function say(what) {
  const place = document.querySelector("[data-twig-said]");
  if (place) place.textContent = place.dataset[what];
}
