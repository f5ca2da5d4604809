// Says which stretches of a recording were played: every half minute, on a pause, after a jump, and
// when the page is left. What could not be told stays on this device until it can. Nothing else is
// watched: no camera, no focus, no keys. Besides: speeds, keys, and the sound alone on a bad line.

const player = document.querySelector("[data-player]");
const EVERY = 30000;
const AFTER_A_JUMP = 1000;
const STEP = 10;
const STUTTERS = 3;

if (player) {
  const media = player.querySelector("video, audio");
  follow(media, player.dataset);
  steer(media);
}

function follow(media, { followed, ticket, token, kept }) {
  let from = null;
  let last = null;
  let played = [];
  let fastest = 0;
  let busy = false;
  let jump = 0;

  sendKept();
  media.addEventListener("timeupdate", step);
  media.addEventListener("seeking", () => {
    close();
    clearTimeout(jump);
    jump = setTimeout(beat, AFTER_A_JUMP);
  });
  for (const name of ["pause", "ended"]) {
    media.addEventListener(name, () => {
      step();
      close();
      beat();
    });
  }
  media.addEventListener("ratechange", () => (fastest = Math.max(fastest, media.playbackRate)));
  setInterval(() => !media.paused && beat(), EVERY);
  addEventListener("online", beat);
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());

  function step() {
    if (media.seeking) return;
    if (from !== null) last = moment();
    if (media.paused || media.ended) return;
    if (from === null) from = last = moment();
    fastest = Math.max(fastest, media.playbackRate);
  }

  function close() {
    if (from !== null && last > from) played.push([from, last]);
    from = null;
  }

  // What was played up to now; what is being played goes on.
  function gathered() {
    if (from !== null && last > from) {
      played.push([from, last]);
      from = last;
    }
    keep(played);
    return played.slice();
  }

  async function beat() {
    const told = gathered();
    if (busy || !told.length) return;
    busy = true;
    const speed = fastest;
    fastest = 0;
    const answer = await send(body(told, ticket, speed));
    busy = false;
    if (answer === undefined) fastest = Math.max(fastest, speed);
    if (!answer) return;
    played = played.slice(told.length);
    keep(played);
    if (answer.token) token = answer.token;
    if (answer.seen) show(answer);
  }

  function leave() {
    const told = gathered();
    if (told.length) navigator.sendBeacon(followed, body(told, ticket, fastest));
  }

  function body(told, ticket, speed) {
    const stretches = told.slice(-200).map((one) => one.join("-")).join(",");
    const facts = { played: stretches, place: moment(), speed: Math.round(100 * (speed || media.playbackRate)), ticket };
    return new URLSearchParams({ ...facts, csrf_token: token });
  }

  // The answer; nothing while it does not get through, {} where it is refused for good.
  async function send(data) {
    try {
      const answer = await fetch(followed, { method: "POST", body: data, keepalive: true, headers: { Accept: "application/json" } });
      if (answer.ok) return await answer.json();
      return [404, 422].includes(answer.status) ? {} : undefined;
    } catch {
      return undefined;
    }
  }

  function keep(told) {
    try {
      if (told.length) localStorage.setItem(kept, JSON.stringify({ told, ticket, place: moment(), fastest }));
      else localStorage.removeItem(kept);
    } catch {
      // a browser that keeps nothing
    }
  }

  // What an earlier visit could not tell.
  async function sendKept() {
    let earlier;
    try {
      earlier = JSON.parse(localStorage.getItem(kept));
    } catch {
      return;
    }
    if (!earlier?.told?.length) return;
    const data = body(earlier.told, earlier.ticket, earlier.fastest);
    data.set("place", earlier.place);
    const answer = await send(data);
    if (answer && !played.length) localStorage.removeItem(kept);
    if (answer?.seen) show(answer);
  }

  function moment() {
    return Math.round(1000 * media.currentTime);
  }
}

function show({ left, percent, seen, missing, made_up: madeUp }) {
  for (const place of document.querySelectorAll("[data-left]")) place.textContent = left;
  const bar = document.querySelector("[data-seen]");
  if (bar) {
    bar.replaceChildren(...seen.map(([begins, ends]) => stretch(begins, ends)));
    bar.parentElement.querySelector("[data-percent]").textContent = `${percent}%`;
  }
  const gaps = document.querySelector("[data-gaps]");
  if (gaps) {
    gaps.replaceChildren(...missing.map((one) => gap(gaps.dataset.gaps, one)));
    gaps.closest("details, section").hidden = !missing.length;
  }
  for (const place of document.querySelectorAll("[data-made-up]")) place.hidden = !madeUp && place.hidden;
}

function stretch(begins, ends) {
  const part = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ x: begins, y: 0, width: ends - begins, height: 10 })) part.setAttribute(name, value);
  return part;
}

function gap(address, [begins, words]) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.className = "tap";
  link.href = `${address}${address.includes("?") ? "&" : "?"}t=${Math.floor(begins / 1000)}`;
  link.dataset.jump = begins / 1000;
  link.textContent = words;
  item.append(link);
  return item;
}

function steer(media) {
  const speeds = document.querySelector("[data-speeds]");
  const buttons = [...(speeds?.querySelectorAll("[data-speed]") ?? [])];
  const hint = document.querySelector("[data-stutters]");
  let stutters = 0;

  if (speeds) speeds.hidden = false;
  for (const button of buttons) button.addEventListener("click", () => play(Number(button.dataset.speed)));
  play(Number(stored("speed")) || 1);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-jump]");
    if (link) {
      event.preventDefault();
      media.currentTime = Number(link.dataset.jump);
      media.focus();
      media.play().catch(() => {});
    }
    const other = event.target.closest?.("[data-other-way]");
    if (other) other.href = other.href.replace(/([?&]t=)\d+/, `$1${Math.floor(media.currentTime)}`);
  });

  media.addEventListener("waiting", () => {
    stutters += media.currentTime > 0 && !media.seeking ? 1 : 0;
    if (hint && stutters >= STUTTERS) hint.hidden = false;
  });

  const keys = {
    k: toggle,
    " ": toggle,
    ArrowLeft: () => (media.currentTime -= STEP),
    ArrowRight: () => (media.currentTime += STEP),
    "<": () => faster(-1),
    ">": () => faster(1),
    m: () => (media.muted = !media.muted),
    c: captions,
  };
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest?.("a, button, input, select, textarea, summary, video, audio");
    if (busy || event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  function toggle() {
    if (media.paused) media.play().catch(() => {});
    else media.pause();
  }

  function faster(by) {
    const known = buttons.map((button) => Number(button.dataset.speed));
    play(known[Math.min(Math.max(known.indexOf(media.playbackRate) + by, 0), known.length - 1)] ?? 1);
  }

  function play(speed) {
    media.playbackRate = media.defaultPlaybackRate = speed;
    for (const button of buttons) button.setAttribute("aria-pressed", String(Number(button.dataset.speed) === speed));
    try {
      localStorage.setItem("speed", speed);
    } catch {
      // a browser that keeps nothing
    }
  }

  function captions() {
    const track = media.textTracks[0];
    if (track) track.mode = track.mode === "showing" ? "hidden" : "showing";
  }
}

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
