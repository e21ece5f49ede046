// A form with data-autosave="<address>" is kept as a draft there while it is filled in; [data-saved] says when.
// Its words are its own (data-words="Draft saved at {time}", data-failed="…"), in the page's language.

const QUIET = 1500;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  let timer = 0;
  let last = "";
  let running = null;
  let sent = null; // stops what is on its way once the form itself is sent: it must not come after it

  const state = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")).toString();

  const tell = (kind, time = "") => {
    for (const place of document.querySelectorAll("[data-saved]")) {
      place.hidden = false;
      place.classList.toggle("is-bad", kind === "failed");
      place.querySelector("[data-saved-words]").textContent = place.dataset[kind].replace("{time}", time);
    }
  };

  async function save() {
    if (running) return schedule();
    const now = state();
    if (now === last) return;
    sent = new AbortController();
    running = fetch(form.dataset.autosave, {
      signal: sent.signal,
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
      credentials: "same-origin",
      keepalive: true,
      body: now,
    });
    try {
      const answer = await running;
      if (!answer.ok) throw new Error(String(answer.status));
      last = now;
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
      tell("words", time);
    } catch (error) {
      if (error.name !== "AbortError") tell("failed");
    } finally {
      running = null;
    }
  }

  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(save, QUIET);
  };

  last = state();
  form.addEventListener("input", schedule);
  form.addEventListener("change", schedule);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
    sent?.abort();
  });
  addEventListener("pagehide", () => { if (timer && state() !== last) save(); });
}
