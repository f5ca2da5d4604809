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
