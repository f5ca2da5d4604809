// Who was ticked at a bridge point and the server does not know yet, in this browser's database: ids
// and ticks, no names. Sent from the list itself, or from any page its keeper opens later.

import { drawer } from "./drawer.js";

const { put, remove, all } = drawer("studyhub-marks", "marks");

export async function heldAt(person, address) {
  return (await all()).find((one) => one.id === `${person} ${address}`)?.marks ?? {};
}

// Whether it is on the disk of this machine.
export async function hold(person, address, marks) {
  const id = `${person} ${address}`;
  try {
    await (Object.keys(marks).length ? put({ id, person, address, marks, at: Date.now() }) : remove(id));
    return true;
  } catch {
    return false;
  }
}

// Sends these; settles with what the server says, or undefined without a connection.
export async function send(address, marks, token) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": token };
  try {
    const answer = await fetch(address, { method: "POST", body: JSON.stringify({ marks }), headers, redirect: "error" });
    return { ok: answer.ok, status: answer.status, ...(await answer.json().catch(() => ({}))) };
  } catch {
    return undefined;
  }
}

// All that this person left unsent, wherever; how many ticks could not be sent.
export async function sendAll(person, token) {
  let left = 0;
  for (const one of (await all()).filter((row) => row.person === person)) {
    const name = `studyhub marks ${one.address}`;
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    if (held.some((lock) => lock.name === name)) continue; // the list is open and sends by itself
    const told = await send(one.address, one.marks, token);
    if (told?.ok) await remove(one.id);
    else left += Object.keys(one.marks).length;
  }
  return left;
}

export async function unsentOf(person) {
  return (await all()).filter((one) => one.person === person).length;
}
