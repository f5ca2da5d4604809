// Photos that are not sent yet, in this browser's database, so that they survive a reload or an
// empty battery. They lie encrypted, as unsent words do (copies.js); without https none are kept.

import { unlocked } from "./copies.js";
import { drawer } from "./drawer.js";

const { put, remove, all } = drawer("studyhub-photos", "photos");
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
      await put({ id, person, essay, mark, name, replaces, iv, sealed, at: Date.now() });
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
