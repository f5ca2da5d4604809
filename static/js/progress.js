// Says how far the work of a long list is, every second or two; shows the page anew when it ends.
// Without it the page looks again by itself.

const PATIENCE = 8000;

for (const part of document.querySelectorAll("[data-progress]")) follow(part);

function follow(part) {
  const said = part.querySelector("[data-said]");
  const bar = part.querySelector("progress");
  const pause = Number(part.dataset.every) * 1000;
  let wait = pause;
  look();

  async function look() {
    try {
      const answer = await fetch(part.dataset.progress, { headers: { Accept: "application/json" } });
      if ([401, 403, 404].includes(answer.status) || answer.redirected) return location.reload();
      if (!answer.ok) throw new Error(answer.status);
      const far = await answer.json();
      if (!far.goes_on) return location.reload();
      if (said.textContent !== far.said) said.textContent = far.said;
      bar.value = Math.max(bar.value, far.percent);
      wait = pause;
    } catch {
      wait = Math.min(2 * wait, PATIENCE); // the server is away: it goes on when it is back
    }
    setTimeout(look, wait);
  }
}
