// The desk by keyboard: j and k move between lines, / searches, g goes to the rail, ? helps.
const ROWS = "[data-row]";

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;
}

function handle(row) {
  return row.matches("a, button") ? row : row.querySelector("a[href], button");
}

function move(step) {
  const rows = [...document.querySelectorAll(ROWS)].filter(handle);
  if (rows.length === 0) return;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const there = here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step;
  handle(rows[Math.max(0, Math.min(rows.length - 1, there))]).focus();
}

// A button that names a key is pressed by it: the one on the line one stands on, else the page's.
function press(key) {
  const row = document.activeElement?.closest(ROWS);
  const named = `[data-key="${key}"]`;
  const there = row ? row.querySelector(named) : document.querySelector(`${named}:not(${ROWS} *)`);
  there?.click();
}

const KEYS = {
  c: () => press("c"),
  n: () => press("n"),
  j: () => move(1),
  k: () => move(-1),
  "/": () => document.querySelector("[data-search]")?.focus(),
  g: () => document.querySelector(".y-rail a")?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target.matches("[data-search]")) event.target.blur();
  if (typing(event.target)) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
