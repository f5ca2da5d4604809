// One window among others: its name, whether others have the essay open, and how things stand there.

const LOOK = 30000;
const STAY = 240000; // the server forgets a silent window after five minutes

// The name of this window, which outlives a reload but is not shared with a tab duplicated from it;
// and the name of this page in it, which does not.
export async function nameOfWindow() {
  const page = anyName();
  let name = recalled();
  if (!name || !(await take(name))) await take((name = anyName()));
  await take(page);
  try {
    sessionStorage.setItem("studyhub-window", name);
  } catch {
    // then it lives as long as the page
  }
  return { name, page };
}

function anyName() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(12))];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function recalled() {
  try {
    return sessionStorage.getItem("studyhub-window");
  } catch {
    return null;
  }
}

// Whether the name is ours until the page is gone: not if another tab of this browser has it.
function take(name) {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    navigator.locks.request(`studyhub ${name}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock && new Promise(() => {});
    });
  });
}

// The windows and pages that are open in this browser now.
export async function openWindows() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.map((lock) => lock.name.replace("studyhub ", ""));
}

// Asks how things stand: an answer of the server, or undefined without a connection.
export async function ask(address, { window, token, ...more }) {
  const init = { headers: { Accept: "application/json" } };
  const fields = new URLSearchParams({ window, ...more });
  if (token) {
    Object.assign(init, { method: "POST", body: fields, keepalive: true });
    init.headers["X-CSRF-Token"] = token;
  }
  try {
    const answer = await fetch(token ? address : `${address}?${fields}`, init);
    return { status: answer.status, ...(answer.ok && answer.status !== 204 ? await answer.json() : {}) };
  } catch {
    return undefined;
  }
}

// Says that the window is here, looks around from time to time, and takes its leave.
export function stay(address, window, token, hear) {
  let said = 0;

  async function look({ arrive = false } = {}) {
    if (document.hidden) return;
    const speaks = arrive || Date.now() - said > STAY;
    if (speaks) said = Date.now();
    hear(await ask(address, { window, token: speaks && token() }));
  }

  look({ arrive: true });
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", () => look());
  addEventListener("online", () => look({ arrive: true }));
  addEventListener("pagehide", () => ask(address, { window, token: token(), gone: "1" }));
}
