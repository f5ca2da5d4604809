// Says ten and two minutes before the deadline, and when it passes, by the clock of the server.

const MINUTE = 60000;

// Returns how to set the clock: to the moment that the server told.
export function watchDeadline(place) {
  if (!place?.dataset.closes) return () => {};
  const closes = Number(place.dataset.closes);
  let ahead = Number(place.dataset.now) - Date.now();
  let said = "";
  let timer;

  function look() {
    clearTimeout(timer);
    const left = closes - Date.now() - ahead;
    const due = left <= 0 ? "passed" : left <= 2 * MINUTE ? "two" : left <= 10 * MINUTE ? "ten" : "";
    if (due && due !== said) tell(due);
    said = due;
    const next = [10 * MINUTE, 2 * MINUTE, 0].find((moment) => left > moment);
    if (next !== undefined) timer = setTimeout(look, Math.min(left - next + 50, 30 * MINUTE));
  }

  // What is empty first and filled then is read aloud.
  function tell(due) {
    place.hidden = false;
    place.querySelector("[data-words]").textContent = place.dataset[due];
  }

  look();
  return (now) => {
    ahead = now - Date.now();
    look();
  };
}
