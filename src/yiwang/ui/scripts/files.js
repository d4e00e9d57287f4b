// Tells name and size of a chosen file, and says at once when it is too large to send.
function inWords(bytes) {
  return bytes < 999500 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
  const told = document.querySelector(`[data-file-told="${CSS.escape(input.id)}"]`);
  if (!told) return;
  const chosen = [...input.files];
  const most = Number(input.dataset.maxBytes || 0);
  const tooLarge = most > 0 && chosen.some((file) => file.size > most);
  const names = chosen.map((file) => `${file.name} · ${inWords(file.size)}`).join("\n");
  told.textContent = tooLarge ? `${names}\n${input.dataset.tooLarge}` : names;
  told.classList.toggle("is-bad", tooLarge);
  input.setCustomValidity(tooLarge ? input.dataset.tooLarge : "");
});
