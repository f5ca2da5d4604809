// Photos that are not sent yet, in this browser's database, so that they survive a reload or an
// empty battery. They lie encrypted, as unsent words do (copies.js); without https none are kept.

import { unlocked } from "./copies.js";

const NAME = "studyhub-photos";
const STORE = "photos";
const KEPT = 7 * 24 * 3600 * 1000;

export function parcelsOf(element) {
  const { person, lock } = element.dataset;
  const key = unlocked(lock);

  // Whether it is on the disk of this machine.
  async function hold({ essay, mark, name, replaces, bytes }) {
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, bytes);
      const id = `${person} ${essay} ${mark}`;
      await doing("readwrite", (store) => store.put({ id, person, essay, mark, name, replaces, iv, sealed, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  async function found(essay) {
    const mine = [];
    for (const one of (await all()).sort((a, b) => a.at - b.at)) {
      if (Date.now() - one.at > KEPT) await remove(one.id);
      else if (one.person === person && one.essay === essay) mine.push(one);
    }
    const parcels = [];
    for (const one of mine) {
      const bytes = await opened(one).catch(() => undefined);
      if (bytes) parcels.push({ ...one, bytes });
    }
    return parcels;
  }

  async function opened({ iv, sealed }) {
    return crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, sealed);
  }

  const forget = (essay, mark) => remove(`${person} ${essay} ${mark}`).catch(() => {});
  return { hold, found, forget };
}

export async function unsentOf(person) {
  return (await all()).filter((one) => one.person === person).length;
}

let database;

function opening() {
  database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return database;
}

async function doing(mode, deed) {
  const transaction = (await opening()).transaction(STORE, mode, { durability: "strict" });
  const request = deed(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

const remove = (id) => doing("readwrite", (store) => store.delete(id));
const all = () => doing("readonly", (store) => store.getAll()).catch(() => []);
