// Opens the writing page, or the list of a bridge point, without a connection, once it was opened with
// one: each room has a worker of its own with a shelf of its own. It serves nothing else, and keeps no page but those of the person at this machine (shelf.js takes them down).

const SHELF = `studyhub-${new URL(self.registration.scope).pathname.split("/")[1]}`;
const PAGE = /^\/(essays\/([0-9a-f-]{36}\/edit|typing\/[0-9a-f-]{36})|bridges\/[0-9a-f-]{36})$/;
const PART = /^\/(static|assets)\//;
const PATIENCE = 8000; // a line that is there and carries nothing

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  if (mode === "navigate" && PAGE.test(pathname)) event.respondWith(page(event, pathname));
  else if (PART.test(pathname)) event.respondWith(part(event.request));
});

// As the server has it; from the shelf when it does not answer.
async function page(event, pathname) {
  const shelf = await caches.open(SHELF);
  const shelved = await shelf.match(pathname);
  const fresh = fetch(event.request).then(async (answer) => {
    const isPage = answer.ok && !answer.redirected && answer.type === "basic";
    await (isPage ? shelf.put(pathname, answer.clone()) : answer.status === 404 && shelf.delete(pathname));
    return answer;
  });
  if (!shelved) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  return Promise.race([fresh, later(shelved)]).catch(() => shelved);
}

function later(answer) {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE, answer));
}

async function part(request) {
  return (await caches.match(request, { cacheName: SHELF })) ?? fetch(request);
}
