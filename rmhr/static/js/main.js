// Everything here saves a page load or a click; without it each page works the same.
import "./menu.js";
import "./dialog.js";
import "./keys.js";
import "./rows.js";
import "./upload.js";
import "./parts.js";
import "./order.js";
import "./places.js";
import "./autosave.js";
import "./read.js";
import "./copy.js";
import "./combo.js";
import "./days.js";
import "./progress.js";
import "./submit-once.js";

// Where one is stands in sight, also in a row of views that is wider than the screen.
function show() {
  for (const row of document.querySelectorAll(".views")) {
    const here = row.querySelector("[aria-current]");
    if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }
}
show();
window.addEventListener("resize", show);

// What is wrong is read first: the summary of a form that came back takes the focus.
document.querySelector("main [data-focus]")?.focus();

// A step of a rule that was edited says so when it is folded; a link to a field opens what it stands in.
document.addEventListener("change", (event) => event.target.closest(".step-of-rule")?.classList.add("is-changed"));
document.addEventListener("click", (event) => {
  const id = event.target.closest?.('.errors a[href^="#"]')?.hash.slice(1);
  const folded = id && document.getElementById(id)?.closest("details");
  if (folded) folded.open = true;
});

// A filter that was chosen is applied; where several are chosen behind a button, by the button there.
document.addEventListener("change", (event) => {
  if (event.target.closest(".filters__more:popover-open")) return;
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});
