// Lists: a click on a row follows its first link; ticks mark their rows, and the bar says how many are chosen.
// On a tick: space ticks, shift and space (or click) ticks all from the last one on, the arrows go from tick to tick,
// Enter goes to the bar, Escape chooses none.

document.addEventListener("click", (event) => {
  const row = event.target.closest("table[data-rows] > tbody > tr");
  if (!row || event.target.closest("a, button, input, select, textarea, label, summary")) return;
  if (getSelection()?.toString()) return;
  row.querySelector("a[href]")?.click();
});

const ticks = () => [...document.querySelectorAll("input[data-choose]")];
const every = () => document.querySelector("input[data-choose-every]");
let last = null; // the tick that was set last: from here on a range is chosen
let shift = false;

function say() {
  const all = ticks();
  const chosen = all.filter((tick) => tick.checked);
  const number = every()?.checked ? Number(every().dataset.chooseEvery) : chosen.length;
  for (const tick of all) tick.closest("tr, .card-thing")?.classList.toggle("is-chosen", tick.checked);
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    bar.hidden = number === 0;
    const count = bar.querySelector("[data-bulk-count]");
    if (count) count.textContent = `${number.toLocaleString(document.documentElement.lang)} ${count.dataset.words}`;
  }
  for (const head of document.querySelectorAll("[data-choose-all]")) {
    head.checked = all.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
}

function set(some, checked) {
  for (const tick of some) tick.checked = checked;
  if (!checked && every()) every().checked = false;
}

function range(tick) {
  const all = ticks();
  const [from, to] = [all.indexOf(last), all.indexOf(tick)].sort((one, other) => one - other);
  return from < 0 ? [tick] : all.slice(from, to + 1);
}

document.addEventListener("change", (event) => {
  const tick = event.target;
  if (tick.matches("[data-choose-all]")) set(ticks(), tick.checked);
  else if (tick.matches("[data-choose-every]")) set(ticks(), tick.checked);
  else if (tick.matches("[data-choose]")) {
    set(shift ? range(tick) : [tick], tick.checked);
    last = tick;
  } else return;
  say();
});

function none() {
  const there = document.activeElement?.closest("[data-bulk]") ? (last ?? ticks()[0]) : null;
  set(ticks(), false);
  say();
  there?.focus(); // the bar is gone
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-choose-none]")) {
    event.preventDefault();
    none();
  }
});

// Whether shift is held: a change does not tell.
for (const kind of ["keydown", "keyup", "mousedown", "mouseup", "click"]) {
  document.addEventListener(kind, (event) => { shift = event.shiftKey; }, true);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const tick = event.target.closest?.("input[data-choose], input[data-choose-all]");
  if (event.key === "Escape" && (tick || event.target.closest?.("[data-bulk]"))) {
    event.preventDefault();
    none();
  }
  if (!tick) return;
  if (event.key === "Enter") {
    event.preventDefault(); // it would send the form with its first button
    document.querySelector("[data-bulk]:not([hidden]) button")?.focus();
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const all = [...document.querySelectorAll("input[data-choose-all], input[data-choose]")];
    all[all.indexOf(tick) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  }
});

// What a browser remembers of ticks is there only after the page is shown.
addEventListener("pageshow", () => { if (ticks().length) say(); });
if (ticks().length) say();

// A run over many things goes on by itself, piece by piece.
document.querySelector("form[data-go-on]")?.requestSubmit();
