// Says that the essay is still open here, so that nobody else reads it for nothing; and tells when
// somebody has gone on with it all the same.

const EVERY = 240000;

export function watch(form) {
  const note = form.querySelector("[data-desk-reads]");
  const token = form.elements.namedItem("csrf_token");

  look();
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
  addEventListener("pagehide", () => tell({ gone: "1" }, { keepalive: true }).catch(() => {}));

  async function look() {
    if (document.hidden) return;
    const answer = await tell({}).catch(() => undefined);
    if (!answer?.ok) return;
    const { reads, token: fresh } = await answer.json();
    token.value = fresh; // a page that was open for long can still be sent
    note.hidden = !reads;
    note.querySelector("[data-words]").textContent = reads;
  }

  function tell(fields, more = {}) {
    return fetch(form.dataset.here, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json", "X-CSRF-Token": token.value },
      ...more,
    });
  }
}
