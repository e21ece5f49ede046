// Menus are <details>: one is open at a time, a click outside or Escape closes it. The bar shows the areas that fit.

const menus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("toggle", (event) => {
  const opened = event.target;
  if (!opened.matches?.("details.menu") || !opened.open) return;
  for (const menu of menus()) if (menu !== opened && !menu.contains(opened)) menu.open = false;
}, true);

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Areas: show as many as there is room for, the others behind "More". Above the width where they fold into one menu.
const bar = document.querySelector("[data-areas]");

function fit() {
  const more = bar.querySelector(".bar__more");
  if (!more || getComputedStyle(bar).display === "none") return;
  const shown = [...bar.querySelectorAll(".bar__areas > li")];
  const hidden = [...more.querySelectorAll("li")];
  const gap = parseFloat(getComputedStyle(bar.parentElement).columnGap);
  const room = bar.parentElement.querySelector(".bar__tools").getBoundingClientRect().left - bar.getBoundingClientRect().left - gap;
  bar.classList.add("is-fitted");
  for (const item of shown) item.hidden = false;
  more.hidden = false;
  const width = (count) => shown.slice(0, count).reduce((sum, item) => sum + item.getBoundingClientRect().width + 4, 0);
  const button = more.getBoundingClientRect().width;
  let count = shown.length;
  if (width(count) > room) while (count > 1 && width(count) + button > room) count -= 1;
  shown.forEach((item, index) => { item.hidden = index >= count; });
  hidden.forEach((item, index) => { item.hidden = index < count; });
  more.hidden = count === shown.length;
  more.classList.toggle("is-here", Boolean(more.querySelector("li:not([hidden]) [aria-current]")));
}

if (bar) {
  fit();
  addEventListener("resize", fit);
  document.fonts?.ready.then(fit);
}
