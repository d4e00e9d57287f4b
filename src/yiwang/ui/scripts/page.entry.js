// What every page does beyond plain HTML. Without scripts everything still works.
import "./dialogs.js";
import "./files.js";
import "./once.js";
import "./read-aloud.js";
import "./share.js";
import "./search.js";

const first = document.querySelector("[data-focus]");
if (first) first.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// On paper nothing can be opened: everything folded is printed.
window.addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details.y-more:not([open])")) {
    one.open = true;
    one.dataset.forPaper = "yes";
  }
});
window.addEventListener("afterprint", () => {
  for (const one of document.querySelectorAll("details[data-for-paper]")) {
    one.open = false;
    delete one.dataset.forPaper;
  }
});

// The fragment of an error link may stand in a group: bring the whole question into view.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".y-error-summary a[href^='#']");
  if (!link) return;
  const control = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!control) return;
  event.preventDefault();
  control.closest(".y-field")?.scrollIntoView({ block: "start" });
  control.focus({ preventScroll: true });
});
