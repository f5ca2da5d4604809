// Sends one file in pieces. Whenever something breaks, the server is asked where it stands, and it
// goes on from there: when the connection is back, or after a while. A server that takes pieces of
// many sizes gets larger ones over a good line, and smaller ones over a bad one.

const LONGEST_WAIT = 30000;
const SMALLEST = 64 * 1024;
const QUICK = 2000;
const SLOW = 8000;

// `bytes` is an ArrayBuffer, or a File that is read piece by piece; `more` goes along with its name.
// Settles with {ok} or {ok: false, error} once the server has all of it, or refuses it.
export async function deliver({ bytes, name, mark, replaces, more }, { address, token, at, broken }) {
  const size = bytes.size ?? bytes.byteLength;
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
    const begun = await ask(address, JSON.stringify({ name, mark, replaces, size, ...more }), "application/json");
    if (begun.refused) return { ok: false, error: begun.error };
    let place = begun.at;
    let length = begun.piece;
    at(place);
    while (place < size) {
      const piece = await read(bytes.slice(place, place + length));
      if (!piece) return { ok: false };
      const since = performance.now();
      const check = begun.largest ? `&mark=${crc32(piece)}` : "";
      const told = await ask(`${address}/${begun.id}?at=${place}${check}`, piece, "application/octet-stream");
      if (told.refused) return { ok: false, error: told.error };
      if (told.at === 0 && place > 0) return undefined; // damaged on its way: once more
      if (told.at <= place) throw new Error("not taken");
      place = told.at;
      if (begun.largest) length = fitting(length, performance.now() - since, begun.largest);
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

// What a file is known by when it is chosen again another day: its size, and some of its bytes.
// (Not its age: telephones give a chosen file another one each time.)
export async function traceOf(file) {
  const some = 256 * 1024;
  const parts = [0, file.size / 2, file.size - some].map((place) => Math.max(Math.floor(place), 0));
  const bytes = await Promise.all(parts.map((place) => file.slice(place, place + some).arrayBuffer()));
  return `${bytes.map(crc32).join("")}${file.size.toString(36)}`;
}

export async function markOf(bytes) {
  if (!crypto.subtle) return ""; // only behind https
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Nothing where the file cannot be read any more: moved, changed, or on a disk that was taken out.
function read(part) {
  return part instanceof Blob ? part.arrayBuffer().catch(() => undefined) : part;
}

function fitting(length, took, largest) {
  if (took < QUICK) return Math.min(2 * length, largest);
  return took > SLOW ? Math.max(Math.floor(length / 2), SMALLEST) : length;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of new Uint8Array(bytes)) sum = (sum >>> 8) ^ TABLE[(sum ^ byte) & 255];
  return ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
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
