// A second click on the same button sends nothing more. Coming back to the page frees it again. After a file (data-download)
// nobody comes back: such a form can be sent again. A page that answered what was sent before (something was missing) is not
// sent anew by "Back" either: it is opened like any other.

if ((performance.getEntriesByType("navigation")[0]?.responseStatus ?? 400) >= 400) {
  history.replaceState(history.state, "");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "download" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
});
