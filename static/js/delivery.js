// Sends one file in pieces. Whenever something breaks, the server is asked where it stands, and it
// goes on from there: when the connection is back, or after a while.

const LONGEST_WAIT = 30000;

// Settles with {ok} or {ok: false, error} once the server has all of it, or refuses it.
export async function deliver({ bytes, name, mark, replaces }, { address, token, at, broken }) {
  let pause = 1000;
  for (;;) {
    try {
      const answer = await attempt();
      if (answer) return answer;
    } catch (error) {
      broken(error.status);
      await patience(pause);
      pause = Math.min(2 * pause, LONGEST_WAIT);
    }
  }

  async function attempt() {
    const begun = await ask(address, JSON.stringify({ name, mark, replaces, size: bytes.byteLength }), "application/json");
    if (begun.refused) return { ok: false, error: begun.error };
    let place = begun.at;
    at(place);
    while (place < bytes.byteLength) {
      const piece = bytes.slice(place, place + begun.piece);
      const told = await ask(`${address}/${begun.id}?at=${place}`, piece, "application/octet-stream");
      if (told.refused) return { ok: false, error: told.error };
      if (told.at === 0 && place > 0) return undefined; // damaged on its way: once more
      place = told.at;
      pause = 1000;
      at(place);
    }
    return { ok: true };
  }

  async function ask(where, body, type) {
    const headers = { Accept: "application/json", "Content-Type": type, "X-CSRF-Token": token() };
    const answer = await fetch(where, { method: "POST", body, headers, redirect: "error" });
    const told = await answer.json().catch(() => ({}));
    if (answer.ok || (answer.status === 409 && "at" in told)) return told;
    if ([404, 409, 413, 422].includes(answer.status)) return { refused: true, error: told.error };
    throw Object.assign(new Error("not taken"), { status: answer.status });
  }
}

export async function markOf(bytes) {
  if (!crypto.subtle) return ""; // only behind https
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Until the connection is back, or so long.
function patience(pause) {
  return new Promise((done) => {
    const timer = setTimeout(finish, navigator.onLine ? pause : LONGEST_WAIT);
    addEventListener("online", finish);
    function finish() {
      clearTimeout(timer);
      removeEventListener("online", finish);
      done();
    }
  });
}
