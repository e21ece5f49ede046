// A link with data-dialog shows its page in the one <dialog>. A form in it is sent from there: refused, it comes back with
// its errors; accepted, the page that follows is opened. What it answers with is a file where it says data-download: the
// dialog closes, the page stays. Without a dialog, or when anything fails, the link is a link.

const box = document.querySelector("[data-box]");
const content = box?.querySelector("[data-box-content]");
const AS_FRAGMENT = { "X-Fragment": "1", Accept: "text/html" };

function show(html) {
  content.innerHTML = html;
  const name = content.querySelector("[data-title]")?.dataset.title;
  if (name) box.setAttribute("aria-label", name);
  if (!box.open) box.showModal();
  const first = content.querySelector("[data-focus]") ?? content.querySelector("input:not([type=hidden]), textarea, select, button, a");
  first?.focus();
}

async function open(url) {
  const answer = await fetch(url, { headers: AS_FRAGMENT, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return location.assign(url);
  show(await answer.text());
}

async function send(form, button) {
  const data = new FormData(form, button);
  const answer = await fetch(form.action, { method: "POST", headers: AS_FRAGMENT, body: data, credentials: "same-origin" });
  if (answer.redirected) return location.assign(answer.url);
  show(await answer.text());
}

if (box) {
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-dialog-close]");
    if (close && box.contains(close)) {
      event.preventDefault();
      box.close();
      return;
    }
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open(link.href).catch(() => location.assign(link.href));
  });

  content.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if ("download" in form.dataset) return box.close();
    event.preventDefault();
    send(form, event.submitter).catch(() => form.submit());
  });

  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
  box.addEventListener("close", () => { content.replaceChildren(); });
}

export { show };
