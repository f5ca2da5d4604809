// What was typed and the server does not have yet, in this browser's database: one copy for each
// person, essay and window. The words lie encrypted; only a page shown to that person has the key.

import { drawer } from "./drawer.js";

const { put, remove, all } = drawer("studyhub", "copies");

// The copies of the person whom this element names. Besides its texts a copy has what was sent and
// not answered: the server may have it already, and is asked first.
export function copiesOf(element) {
  const { person, lock } = element.dataset;
  const key = unlocked(lock);
  let next; // the newest words, while older ones are still being written
  let writing;

  // Whether the copy is on the disk of this machine.
  async function hold(copy) {
    next = copy;
    writing ??= write().finally(() => (writing = undefined));
    return writing;
  }

  async function write() {
    try {
      while (next) {
        const copy = next;
        next = undefined;
        const { texts, unheard } = copy;
        await put({ ...plain(copy), ...(await sealed(await key, { texts, unheard })) });
      }
      return true;
    } catch {
      return false; // full, or not allowed: then nothing is claimed
    }
  }

  function plain({ essay, window, revision, changes }) {
    return { id: `${person} ${essay} ${window}`, person, essay, window, revision, changes, at: Date.now() };
  }

  // One's own, of this essay or of all; those that cannot be read any more are left alone.
  async function found(essay) {
    const mine = (await all()).filter((one) => one.person === person && (!essay || one.essay === essay));
    const copies = [];
    for (const one of mine.sort((a, b) => a.at - b.at)) {
      const told = await opened(await key, one).catch(() => undefined);
      if (told) copies.push({ ...one, ...told });
    }
    return copies;
  }

  async function forget(wanted) {
    await writing;
    for (const one of await all()) if (one.person === person && wanted(one)) await remove(one.id);
  }

  return { hold, found, forget };
}

// What others left at this machine and the server has: of no use to them, and not ours to keep.
export async function forgetSent(person) {
  for (const one of await all()) if (one.person !== person && !one.changes) await remove(one.id);
}

export async function unlocked(lock) {
  if (!crypto.subtle) return undefined; // only behind https
  const bytes = Uint8Array.from(atob(lock), (letter) => letter.charCodeAt(0));
  const raw = bytes.slice(0, 32).map((byte, n) => byte ^ bytes[n + 32]);
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function sealed(key, told) {
  if (!key) return { told };
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const words = new TextEncoder().encode(JSON.stringify(told));
  return { iv, words: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, words) };
}

async function opened(key, { told, iv, words }) {
  if (told) return told;
  const clear = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, words);
  return JSON.parse(new TextDecoder().decode(clear));
}
