// A form is sent once: a second press while the first is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.onItsWay) {
    event.preventDefault();
    return;
  }
  form.dataset.onItsWay = "yes";
  form.setAttribute("aria-busy", "true");
  event.submitter?.classList.add("is-busy");
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-on-its-way]")) {
    delete form.dataset.onItsWay;
    form.removeAttribute("aria-busy");
    for (const button of form.querySelectorAll(".is-busy")) button.classList.remove("is-busy");
  }
});

// htmx answers in the page: the form may be sent again afterwards.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) delete form.dataset.onItsWay;
});
