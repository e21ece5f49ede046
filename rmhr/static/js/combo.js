// Choices without an end: below a field with data-choices stands what the server finds by what is typed. Arrow keys, Enter and
// Escape work as in any combobox (WAI-ARIA); without script the field is sent, and the page asks which one is meant. What is
// chosen of a filter is applied at once; in a form it stands there until the form is sent.

const WAIT = 150; // milliseconds after the last key
let number = 0;

function suggest(field) {
  const chosen = field.nextElementSibling;
  const list = document.createElement("ul");
  const told = document.createElement("span");
  let timer = 0;
  let last = field.value;

  list.id = `choices-${number++}`;
  list.className = "combo__list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.getAttribute("aria-label") ?? field.labels[0].textContent);
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.after(list, told);

  const options = () => [...list.children];
  const marked = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

  function open(shown) {
    list.hidden = !shown;
    field.setAttribute("aria-expanded", String(shown));
    if (!shown) field.removeAttribute("aria-activedescendant");
  }

  function mark(at) {
    options().forEach((option, each) => option.setAttribute("aria-selected", String(each === at)));
    const option = options()[at];
    if (!option) return;
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    field.value = last = option.textContent;
    chosen.value = option.dataset.value;
    open(false);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    if (field.closest(".filters") && !field.closest(".filters__more:popover-open")) field.form.requestSubmit();
  }

  async function ask() {
    const url = new URL(field.dataset.choices, location.href);
    const typed = field.value.trim();
    url.searchParams.set(field.name, typed);
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || field.value.trim() !== typed) return; // no connection, or typed on meanwhile
    const found = await answer.json();
    list.replaceChildren(...found.map(([value, words], at) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${at}`;
      option.dataset.value = value;
      option.textContent = words;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      return option;
    }));
    told.textContent = field.dataset.found.replace("#", found.length);
    open(found.length > 0 && document.activeElement === field);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask();
      else mark((marked() + (event.key === "ArrowDown" ? 1 : -1) + options().length) % options().length);
    } else if (event.key === "Enter" && !list.hidden && marked() >= 0) {
      event.preventDefault();
      choose(options()[marked()]);
    } else if (event.key === "Escape") {
      if (list.hidden) field.value = last;
      open(false);
    }
  });
  // Before the field loses the focus.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  field.addEventListener("blur", () => open(false));
}

for (const field of document.querySelectorAll("input[data-choices]")) suggest(field);
// In a dialog, or in a row that was added.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("input[data-choices]:not([role=combobox])")) suggest(target);
});
