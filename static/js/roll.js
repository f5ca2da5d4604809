// Counts the roll while it is called, and shows the reason only where it is needed.
// Without it the reason is always there and the server counts at each save.

const PRESENT = new Set(["on_site", "online", "made_up"]);

for (const form of document.querySelectorAll("form[data-roll]")) watch(form);

function watch(form) {
  const callers = [...form.querySelectorAll(".caller")];
  const show = () => {
    callers.forEach(showReason);
    count(form, callers.filter((caller) => "required" in caller.dataset));
  };
  form.addEventListener("change", show);
  show();
  askBeforeLosing(form);
}

// Until it is saved the roll stands on this page only: the page says so, and asks before it goes.
function askBeforeLosing(form) {
  const told = form.querySelector("[data-unsaved]");
  let leaving = false;
  const isChanged = () => form.dataset.roll === "refused" || [...form.elements].some(differs);
  const tell = () => told && (told.hidden = !isChanged());
  tell();
  form.addEventListener("input", tell);
  form.addEventListener("submit", (event) => {
    if (leaving) event.preventDefault(); // a double click
    leaving = true;
  });
  addEventListener("pageshow", () => {
    leaving = false;
    tell();
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && isChanged()) event.preventDefault();
  });
}

function differs(field) {
  if (field.type === "radio") return field.checked !== field.defaultChecked;
  return field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
}

function said(caller) {
  return caller.querySelector("input[type=radio]:checked")?.value ?? "";
}

function showReason(caller) {
  const why = caller.querySelector(".why");
  if (why) why.hidden = said(caller) !== "excused" && !caller.classList.contains("has-err");
}

function count(form, callers) {
  if (!form.querySelector("input[type=radio]")) return; // a closed round: the server has counted
  const present = callers.filter((caller) => PRESENT.has(said(caller))).length;
  const excused = callers.filter((caller) => said(caller) === "excused").length;
  const figures = { present, excused, absent: callers.length - present - excused };
  for (const place of form.querySelectorAll("[data-count]")) {
    place.textContent = figures[place.dataset.count];
  }
}
