// What was typed and is not saved yet is kept in this browser: by person, form and tab, until it is saved, sent or discarded.

const PERSON = document.documentElement.dataset.person ?? "";
const PREFIX = "unsaved";
const SENT = "unsaved sent";
const LONGEST = 14 * 24 * 3600 * 1000; // nobody comes back to it later than that
const QUIET = 3 * 60 * 1000; // an open tab writes more often: what is older was left behind

// A browser may refuse to keep anything: then it is kept in the page alone.
const store = (name) => { try { return window[name]; } catch { return null; } };
const local = store("localStorage");
const session = store("sessionStorage");

function tab() {
  if (!session) return "";
  if (!session.getItem("tab")) session.setItem("tab", Math.random().toString(36).slice(2));
  return session.getItem("tab");
}

const ours = (address) => [PREFIX, PERSON, address, ""].join(" ");
const key = (address) => ours(address) + tab();

function read(name) {
  try { return JSON.parse(local.getItem(name)); } catch { return null; }
}

const all = () => (local ? Object.keys(local).filter((name) => name.startsWith(`${PREFIX} `)) : []);

// `typed` and `base`: what the form holds, and what was stored when it was typed. Says whether it could be kept.
export function keep(address, typed, base, left = false) {
  try {
    local.setItem(key(address), JSON.stringify({ at: Date.now(), left, typed, base }));
    return true;
  } catch {
    return false;
  }
}

export const forget = (address) => local?.removeItem(key(address));

// Of this tab, or of one that was closed; it is this tab's from now on.
export function found(address) {
  const now = Date.now();
  const left = all()
    .filter((name) => name.startsWith(ours(address)))
    .map((name) => ({ name, ...read(name) }))
    .filter((it) => it.typed && (it.name === key(address) || it.left || now - it.at > QUIET))
    .sort((one, other) => other.at - one.at);
  for (const it of left) local.removeItem(it.name);
  if (left.length) keep(address, left[0].typed, left[0].base);
  return left[0] ?? null;
}

// Sent with the form itself: once the next page is here it is no concern of ours, unless that page says that it was not taken.
export const sent = (address) => session?.setItem(SENT, address);

export function arrived() {
  const address = session?.getItem(SENT);
  if (address === null || address === undefined) return;
  session.removeItem(SENT);
  if (!document.querySelector("[data-not-taken]")) forget(address);
}

// Nothing stays for ever, and nothing of somebody who signs out.
for (const name of all()) {
  if (Date.now() - (read(name)?.at ?? 0) > LONGEST) local.removeItem(name);
}
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) {
    for (const name of all()) if (name.startsWith(`${PREFIX} ${PERSON} `)) local.removeItem(name);
  }
});

export { PERSON };
