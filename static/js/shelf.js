// Puts the page (of writing, of a bridge point) on the browser's shelf, so that the service worker can open it offline.
// The shelf belongs to one person; whoever comes next finds it empty.

const ROOM = `/${location.pathname.split("/")[1]}/`;
const SHELF = `studyhub-${ROOM.slice(1, -1)}`;
const SHELVES = ["studyhub-essays", "studyhub-bridges"];
const OWNER = "studyhub-person";

export async function shelve(worker, page = location.pathname) {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  try {
    await navigator.serviceWorker.register(worker);
    const shelf = await caches.open(SHELF);
    if (!(await shelf.match(page))) await shelf.add(page);
    const parts = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).href);
    await keepOnly(shelf, new Set(parts.filter((part) => /^\/(static|assets)\//.test(new URL(part).pathname))));
  } catch {
    // no connection, no room, or not allowed: the page works online
  }
}

// Styles and scripts have a new address with each version: the old ones go.
async function keepOnly(shelf, parts) {
  for (const request of await shelf.keys()) {
    const isPart = !new URL(request.url).pathname.startsWith(ROOM);
    if (isPart && !parts.delete(request.url)) await shelf.delete(request);
  }
  await shelf.addAll(parts);
}

// Called by every page: whether the shelf, if any, is this person's.
export async function ownShelf(person) {
  const before = localStorage.getItem(OWNER);
  if (before && before !== person) await clearShelf();
  localStorage.setItem(OWNER, person);
}

export async function clearShelf() {
  localStorage.removeItem(OWNER);
  for (const shelf of SHELVES) await globalThis.caches?.delete(shelf);
}
