// Reads the main content aloud, piece by piece, marking the piece being read.
const PIECES = "h1, h2, h3, p, li, dt, dd, legend, label, th, td, a.y-tile";
const button = document.querySelector("[data-read-aloud]");
const main = document.getElementById("main");
const words = button?.querySelector("span");
let queue = [];
let marked = null;

function pieces() {
  return [...main.querySelectorAll(PIECES)].filter(
    (one) => one.offsetParent !== null && !one.closest("nav, dialog, .visually-hidden") && !one.querySelector(PIECES) && one.innerText.trim(),
  );
}

function mark(piece) {
  marked?.classList.remove("is-being-read");
  marked = piece;
  marked?.classList.add("is-being-read");
}

function next() {
  const piece = queue.shift();
  mark(piece ?? null);
  if (!piece) return stop();
  piece.scrollIntoView({ block: "nearest" });
  const speech = new SpeechSynthesisUtterance(piece.innerText);
  speech.lang = piece.closest("[lang]")?.lang === "en" ? "en-GB" : "zh-CN";
  speech.rate = 0.95;
  speech.onend = next;
  speech.onerror = (event) => (["canceled", "interrupted"].includes(event.error) ? null : unable());
  speechSynthesis.speak(speech);
}

function unable() {
  stop();
  words.textContent = button.dataset.unable;
}

function stop() {
  queue = [];
  mark(null);
  speechSynthesis.cancel();
  button.removeAttribute("data-reading");
  words.textContent = button.dataset.start;
}

if (button && main && "speechSynthesis" in window) {
  button.hidden = false;
  button.dataset.start = words.textContent;
  button.addEventListener("click", () => {
    if (button.hasAttribute("data-reading")) return stop();
    button.setAttribute("data-reading", "");
    words.textContent = button.dataset.stop;
    queue = pieces();
    next();
  });
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
}
