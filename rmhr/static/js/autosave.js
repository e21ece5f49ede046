// A form with data-autosave="<address>" is saved there while it is filled in; rmhr/web/autosave.py answers. [data-saved] says
// when, and a note in the form why not. What is not saved is kept in the browser, tried again, and not left behind.
// What follows at once from what was saved comes with the answer, for the places with data-part; [data-kept="<names>"] shows
// itself when a control of one of these names is saved. Words and notes come from the macro `saved` (components/header.html), in the page's language.

import { choose } from "./overtaken.js";
import * as unsaved from "./unsaved.js";
import { changed, controls, lists, put, same, values } from "./values.js";

const QUIET = 1500;
const PAUSE = { first: 2000, longest: 60_000 };
const PATIENCE = 20_000;
const KEEPALIVE = 60_000; // characters: a browser sends no more of a page that is closed
// In these cases it is tried again by itself.
const WAITING = ["offline", "out", "broken", "other"];
// In these cases the form itself is not sent either: its words would be lost.
const STAYS = [...WAITING, "stale", "over"];

const forms = [];
const LOCALE = { en: "en-GB" }[document.documentElement.lang] ?? document.documentElement.lang;
const time = () => new Date().toLocaleTimeString(LOCALE, { hour: "2-digit", minute: "2-digit" });

function watch(form) {
  const address = form.dataset.autosave;
  const notes = document.querySelector("template[data-unsaved-notes]")?.content;
  let base = values(form, true); // what is stored, as far as this page knows
  let timer = 0;
  let pause = PAUSE.first;
  let running = null;
  let state = "saved"; // or what is in the way: one of STAYS, "refused", "restored"
  let passing = false; // the form itself is on its way

  const dirty = () => changed(values(form), base);

  const tell = (kind, at = "") => {
    for (const place of document.querySelectorAll("[data-saved]")) {
      place.hidden = false;
      place.classList.toggle("is-bad", kind === "failed");
      place.querySelector("[data-saved-words]").textContent = place.dataset[kind].replace("{time}", at);
    }
  };

  // The note of this kind, instead of any other.
  function note(kind, fill = () => {}) {
    const there = kind && form.querySelector(`[data-note="${kind}"]`);
    if (there) return fill(there);
    for (const old of form.querySelectorAll("[data-note]")) old.remove();
    const pattern = kind && notes?.querySelector(`[data-note="${kind}"]`);
    if (!pattern) return;
    const made = pattern.cloneNode(true);
    fill(made);
    form.prepend(made);
  }

  function stop(kind, fill) {
    state = kind;
    note(kind, fill);
    tell("failed");
    unsaved.keep(address, values(form), base);
    clearTimeout(timer);
    timer = 0;
    if (!WAITING.includes(kind)) return;
    timer = setTimeout(save, pause);
    pause = Math.min(pause * 2, PAUSE.longest);
  }

  // What is sent is what it was filled from: every form of the page that shows the same thing says so from now on.
  function nowSeen(said) {
    const kept = form.elements.namedItem("kept");
    if (kept && said.kept !== undefined) kept.value = said.kept;
    const marks = form.elements.namedItem("opened_with");
    if (marks && said.opened_with !== undefined) marks.value = said.opened_with;
    const field = form.elements.namedItem("seen");
    if (!field || said.seen === undefined) return;
    const thing = field.dataset.thing;
    field.value = said.seen;
    for (const other of thing ? document.querySelectorAll("input[name=seen]") : []) {
      if (other.dataset.thing === thing) other.value = said.seen;
    }
  }

  // What follows from what was saved: a button that is free now, a count. The focus stays where it is.
  function follow(parts) {
    for (const [name, html] of Object.entries(parts ?? {})) {
      const place = document.querySelector(`[data-part="${name}"]`);
      if (!place || place.dataset.shown === html) continue;
      const at = [...place.querySelectorAll("a, button")].indexOf(document.activeElement);
      place.innerHTML = html;
      place.dataset.shown = html;
      if (at >= 0) place.querySelectorAll("a, button")[at]?.focus();
    }
  }

  function saved(now, said) {
    for (const mark of form.querySelectorAll("[data-kept]")) {
      const names = mark.dataset.kept.split(" ");
      if (names.some((name) => !same(now[name] ?? [], base[name] ?? []))) mark.hidden = false;
    }
    base = now;
    state = "saved";
    pause = PAUSE.first;
    nowSeen(said);
    follow(said.parts);
    note("");
    tell("words", time());
    if (dirty()) schedule();
    else unsaved.forget(address);
  }

  // What only the other one has changed is taken over; what both have is given back, to be chosen.
  function merge(stored) {
    const mine = values(form);
    const both = {};
    for (const name of Object.keys(stored).filter((each) => each in mine)) {
      if (same(stored[name], mine[name])) continue;
      if (same(mine[name], base[name])) put(form, name, stored[name]);
      else if (!same(stored[name], base[name])) both[name] = { mine: mine[name], theirs: stored[name] };
    }
    return both;
  }

  const ask = (both, stored, said) => choose(form, form.querySelector('[data-note="stale"]'), both).then(() => {
    settled(stored, said);
    if (dirty()) save();
  });

  function settled(stored, said) {
    base = { ...base, ...stored };
    state = "saved";
    nowSeen(said);
    note("");
    if (!dirty()) unsaved.forget(address);
  }

  function renewed(said) {
    if (said.person !== unsaved.PERSON) return false;
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = said.token;
    return true;
  }

  const body = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

  const send = (options) => fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
    credentials: "same-origin",
    body: body().toString(),
    ...options,
  });

  async function attempt(again = true) {
    const now = values(form);
    let answer;
    try {
      answer = await send({ signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      return stop("offline");
    }
    const said = await answer.json().catch(() => ({}));
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    if (answer.ok && !answer.redirected && (isJson || answer.status === 204)) return saved(now, said);
    if (answer.ok || answer.status === 401) return stop("out");
    if (said.token) return again && renewed(said) ? attempt(false) : stop("other");
    if (said.over) return stop("over", (made) => { made.querySelector("a").href = said.url; });
    if (said.stale && again) {
      const stored = lists(said.stored);
      const both = merge(stored);
      if (Object.keys(both).length) {
        stop("stale");
        ask(both, stored, said);
        return;
      }
      settled(stored, said);
      return dirty() ? attempt(false) : tell("words", time());
    }
    if (answer.status >= 500 || answer.status === 429) return stop("broken");
    const why = Object.values(said.errors ?? {}).flat(3).find((each) => typeof each === "string") ?? said.detail ?? "";
    stop("refused", (made) => { made.querySelector("[data-why]").textContent = why; });
  }

  // One at a time; nothing while a choice is open or the thing is closed.
  function save() {
    clearTimeout(timer);
    timer = 0;
    if (running) return running;
    if (state === "stale" || state === "over" || !dirty()) return Promise.resolve();
    running = attempt().finally(() => { running = null; });
    return running;
  }

  function schedule() {
    if (WAITING.includes(state)) return;
    clearTimeout(timer);
    timer = setTimeout(save, QUIET);
  }

  // What is chosen is whole: it is saved at once. What is typed waits for a pause.
  function chosen(event) {
    typed(event);
    if (event.target.type !== "radio" || WAITING.includes(state)) return;
    clearTimeout(timer);
    timer = setTimeout(save, 0);
  }

  function typed(event) {
    for (const mark of form.querySelectorAll("[data-kept]")) {
      if (mark.dataset.kept.split(" ").includes(event.target.name)) mark.hidden = true;
    }
    if (dirty()) unsaved.keep(address, values(form), base);
    else unsaved.forget(address);
    schedule();
  }

  function tryNow() {
    if (!WAITING.includes(state) || document.visibilityState === "hidden") return;
    pause = PAUSE.first;
    save();
  }

  // What was left behind is put back where nothing else stands now.
  function restore() {
    const left = unsaved.found(address);
    if (!left) return;
    const stored = values(form, true);
    const names = Object.keys(left.typed).filter((name) => (
      controls(form, name).length && !same(left.typed[name], left.base[name]) && !same(left.typed[name], stored[name])
    ));
    if (!names.length) return unsaved.forget(address);
    for (const name of names) put(form, name, left.typed[name]);
    const both = names.filter((name) => !same(stored[name], left.base[name]));
    if (both.length) {
      stop("stale");
      ask(Object.fromEntries(both.map((name) => [name, { mine: left.typed[name], theirs: stored[name] }])), stored, {});
      return;
    }
    state = "restored";
    note("restored", (made) => {
      const day = new Date(left.at).toLocaleString(LOCALE, { dateStyle: "medium", timeStyle: "short" });
      const words = made.querySelector("[data-words]");
      words.textContent = words.dataset.words.replace("{day}", day);
      made.querySelector("[data-save]").addEventListener("click", save);
      made.querySelector("[data-discard]").addEventListener("click", () => {
        for (const name of names) put(form, name, stored[name]);
        state = "saved";
        note("");
        unsaved.forget(address);
      });
    });
  }

  async function settle() {
    while (running || (dirty() && !STAYS.includes(state) && state !== "refused")) await save();
    // One attempt more before it is given up.
    if (dirty() && [...WAITING, "refused"].includes(state)) await save();
  }

  restore();
  form.addEventListener("input", typed);
  form.addEventListener("change", chosen);
  for (const kind of ["online", "focus"]) addEventListener(kind, tryNow);
  document.addEventListener("visibilitychange", tryNow);
  addEventListener("offline", () => { if (dirty() && state === "saved") stop("offline"); });
  addEventListener("beforeunload", (event) => { if (dirty() && !passing) event.preventDefault(); });
  addEventListener("pagehide", () => {
    if (!dirty() || passing) return;
    unsaved.keep(address, values(form), base, true);
    if (state === "saved" && body().toString().length < KEEPALIVE) send({ keepalive: true }).catch(() => {});
  });
  addEventListener("pageshow", () => { passing = false; });

  forms.push({
    form,
    pending: () => Boolean(running) || dirty(),
    settle,
    stays: () => STAYS.includes(state) && dirty(),
    look: () => form.querySelector("[data-note] :is(button, a), [data-note]")?.focus(),
    pass: () => { passing = true; if (dirty()) unsaved.sent(address); },
  });
}

unsaved.arrived();
for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);

// Nobody goes on before what is typed is saved: a link, a button, the form itself. What cannot be saved stays (or, for a link,
// the browser asks).
let through = false;

async function first(event, goOn) {
  event.preventDefault();
  event.stopImmediatePropagation();
  await Promise.all(forms.map((each) => each.settle()));
  through = true;
  try { goOn(); } finally { through = false; }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (through || !link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target || "download" in link.dataset) return;
  if (link.getAttribute("href").startsWith("#") || !forms.some((each) => each.pending())) return;
  first(event, () => link.click());
}, true);

document.addEventListener("submit", (event) => {
  const own = forms.find((each) => each.form === event.target);
  if (through || !forms.some((each) => each.pending())) return own?.pass();
  const button = event.submitter;
  first(event, () => {
    if (own?.stays()) return own.look();
    own?.pass();
    event.target.requestSubmit(button);
  });
}, true);
