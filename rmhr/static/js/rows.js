// Lists: a click on a row follows its first link; ticks mark their rows, and the bar says how many are chosen.

document.addEventListener("click", (event) => {
  const row = event.target.closest("table[data-rows] > tbody > tr");
  if (!row || event.target.closest("a, button, input, select, textarea, label, summary")) return;
  if (getSelection()?.toString()) return;
  row.querySelector("a[href]")?.click();
});

const ticks = () => [...document.querySelectorAll("input[data-choose]")];

function say() {
  const all = ticks();
  const chosen = all.filter((tick) => tick.checked);
  for (const tick of all) tick.closest("tr, .card-thing")?.classList.toggle("is-chosen", tick.checked);
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    bar.hidden = chosen.length === 0;
    const count = bar.querySelector("[data-bulk-count]");
    if (count) count.textContent = `${chosen.length} ${count.dataset.words}`;
  }
  for (const head of document.querySelectorAll("[data-choose-all]")) {
    head.checked = all.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-choose-all]")) for (const tick of ticks()) tick.checked = event.target.checked;
  if (event.target.matches("[data-choose], [data-choose-all]")) say();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-choose-none]")) return;
  for (const tick of ticks()) tick.checked = false;
  say();
});

if (ticks().length) say();
