// The live picture: the browser's own player where it knows HLS, else hls.js, loaded only then.
// When the picture stops, it comes back by itself; and the page's pass is renewed in time.

const HLS = "application/vnd.apple.mpegurl";
const AGAIN = 3000; // after the picture has stopped
const RENEW = 240000; // a pass is good for ten minutes
const STILL = 12000; // so long without a new picture, and it has stopped

const begun = new WeakSet();
document.addEventListener("part-shown", (event) => begin(event.target));
begin(document);

function begin(root) {
  for (const place of root.querySelectorAll("[data-live]")) {
    if (!begun.has(place)) begun.add(place), play(place);
  }
}

async function play(place) {
  const film = place.querySelector("video, audio");
  const words = place.querySelector("[data-words]");
  const address = film.getAttribute("src");
  const native = film.canPlayType(HLS) !== "";
  let hls; // where the browser needs it
  let wanted = false; // whether the person has it playing
  let moved = Date.now();

  film.addEventListener("play", () => ((wanted = true), (moved = Date.now())));
  film.addEventListener("pause", () => film.ended || (wanted = false));
  film.addEventListener("timeupdate", () => ((moved = Date.now()), say("")));
  if (native) film.addEventListener("error", () => setTimeout(comeBack, AGAIN));
  else await withPlayer();
  place.dataset.ready = native ? "native" : "script";

  const watch = setInterval(() => {
    if (!place.isConnected) return end();
    if (wanted && !film.paused && Date.now() - moved > STILL) comeBack();
  }, 2000);
  const renewing = setInterval(() => document.hidden && film.paused ? 0 : renew(), RENEW);

  function end() {
    clearInterval(watch);
    clearInterval(renewing);
    hls?.destroy();
  }

  function say(word) {
    const told = word ? words.dataset[word] : "";
    if (words.textContent !== told) words.textContent = told;
  }

  // Whether it is on air; the answer brings a fresh pass.
  async function renew() {
    const answer = await fetch(place.dataset.renew, { cache: "no-store" }).catch(() => undefined);
    return answer?.ok ? (await answer.json()).on_air : undefined;
  }

  async function comeBack() {
    if (!place.isConnected) return;
    moved = Date.now();
    say("broken");
    const onAir = await renew();
    if (onAir) return attach();
    if (onAir === false) film.pause(); // it is over, or broken off: the page shows which
    else setTimeout(comeBack, AGAIN);
  }

  function attach() {
    const again = wanted;
    if (hls) {
      hls.stopLoad();
      hls.loadSource(address);
    } else {
      film.src = address;
      film.load();
    }
    if (again) film.play().catch(() => undefined); // the person presses play
  }

  async function withPlayer() {
    film.removeAttribute("src");
    const { default: Hls } = await import(place.dataset.player).catch(() => ({}));
    if (!Hls?.isSupported()) return say("unable");
    hls = new Hls({ enableWorker: false, autoStartLoad: false, liveSyncDurationCount: 3 });
    hls.on(Hls.Events.ERROR, (_event, fault) => {
      if (!fault.fatal) return;
      if (fault.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
      else setTimeout(comeBack, AGAIN);
    });
    hls.loadSource(address);
    hls.attachMedia(film);
    film.addEventListener("play", () => hls.startLoad(-1)); // nothing is loaded before it is wanted
  }
}
