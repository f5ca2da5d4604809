// Reads a part of an essay, or a page of a document, aloud, where the browser has a Vietnamese voice.

const buttons = [...document.querySelectorAll("[data-aloud]")];
const voices = globalThis.speechSynthesis;
let reading;

if (voices) {
  offer();
  voices.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", () => voices.cancel());
}

function voice() {
  return voices.getVoices().find((one) => one.lang.toLowerCase().startsWith("vi"));
}

function offer() {
  for (const button of buttons) {
    button.hidden = !voice();
    button.onclick = () => press(button);
  }
}

function press(button) {
  const isStop = reading === button;
  voices.cancel();
  if (!isStop) read(button);
}

// Line by line: long texts break off in some browsers.
function read(button) {
  const text = document.getElementById(button.dataset.aloud);
  const lines = (text.value ?? text.innerText).split("\n").filter((line) => line.trim());
  const words = button.querySelector("span");
  const before = words.textContent;
  const done = () => {
    if (reading === button) reading = undefined;
    words.textContent = before;
  };
  if (!lines.length) return;
  reading = button;
  words.textContent = button.dataset.stop;
  lines.forEach((line, n) => {
    const said = new SpeechSynthesisUtterance(line);
    Object.assign(said, { lang: "vi-VN", voice: voice() });
    if (n === lines.length - 1) said.onend = done;
    said.onerror = done;
    voices.speak(said);
  });
}
