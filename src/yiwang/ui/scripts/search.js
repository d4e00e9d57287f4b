// The search box: lines offered while one types, and "/" to come to it. Works without, too.
const WAIT = 160;

for (const form of document.querySelectorAll("form[data-search]")) {
  const input = form.querySelector("input");
  const list = form.querySelector(".y-suggestions");
  let timer;
  let asked;
  list.id = `${input.id}-offered`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  close();

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  async function offer() {
    const typed = input.value.trim();
    asked?.abort();
    if (!typed) return close();
    asked = new AbortController();
    try {
      const url = `${form.dataset.suggest}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(url, { signal: asked.signal });
      if (!answer.ok) return close();
      list.innerHTML = await answer.text();
      for (const one of list.querySelectorAll("[role=option]")) {
        one.id = `${list.id}-${one.id}`;
        one.tabIndex = -1;
        one.setAttribute("aria-selected", "false");
      }
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    } catch {
      // typed on, or no network: nothing is offered
    }
  }

  function move(step) {
    const all = [...list.querySelectorAll("[role=option]")];
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = (at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length;
    all.forEach((one, n) => one.setAttribute("aria-selected", String(n === next)));
    input.setAttribute("aria-activedescendant", all[next].id);
    all[next].scrollIntoView({ block: "nearest" });
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(offer, WAIT);
  });
  input.addEventListener("compositionend", () => (timer = setTimeout(offer, WAIT)));
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const chosen = list.querySelector("[aria-selected=true]");
      if (chosen) {
        event.preventDefault();
        location.href = chosen.href;
      }
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) setTimeout(close, 150);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("[data-search] input, input[data-search]");
  const link = document.querySelector("[data-search-link]");
  if (!box && !link) return;
  event.preventDefault();
  if (box) box.focus();
  else location.href = link.href;
});
