// The screen of a hall: the code is exchanged when its half minute is over, without a blink.

const hall = document.querySelector("[data-hall]");
const AGAIN = 5;

async function exchange() {
  let left = AGAIN;
  try {
    const answer = await fetch(hall.dataset.address, { cache: "no-store" });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-hall]");
      if (!fresh) return location.reload();
      const [digits, drawn] = ["[data-digits]", "[data-drawn]"].map((one) => fresh.querySelector(one));
      hall.querySelector("[data-digits]").replaceWith(digits);
      hall.querySelector("[data-drawn]").src = drawn.getAttribute("src");
      left = Number(fresh.dataset.hall) + 1;
    }
  } catch {
    // no network just now: the code is asked for again in a moment
  }
  setTimeout(exchange, left * 1000);
}

if (hall) setTimeout(exchange, (Number(hall.dataset.hall) + 1) * 1000);
