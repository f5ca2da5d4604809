// Looks at a page again and again, and shows the parts named by data-watch anew when they differ.

import { isBusy, patiently, show } from "./shown.js";

const parts = [...document.querySelectorAll("[data-watch][id]")];

if (parts.length) patiently(Number(parts[0].dataset.watch) * 1000, look);

async function look() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (answer.redirected || answer.status === 404) return false;
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    const fresh = page.getElementById(part.id);
    if (fresh && !isBusy(part)) show(part, fresh.innerHTML.trim());
  }
  return true;
}
