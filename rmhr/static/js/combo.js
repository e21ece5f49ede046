// Choices without an end: below a field with data-choices stands what the server finds by what is typed. Arrow keys, Enter, Tab
// and Escape work as in any combobox (WAI-ARIA); without script the field is sent, and the page asks which one is meant. What is
// chosen of a filter is applied at once; in a form it stands there until the form is sent.

const WAIT = 150; // milliseconds after the last key
const GAP = 4; // pixels between the field and what is found
const EDGE = 8; // and at least so many to the edge of the window
let number = 0;

function make(name, attributes) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

function suggest(field) {
  const chosen = field.nextElementSibling;
  const list = make("ul", {
    id: `choices-${number++}`,
    role: "listbox",
    "aria-label": field.getAttribute("aria-label") ?? field.labels[0].textContent,
  });
  // What is said beside the choices is read by the eye here, and by a screen reader below.
  const said = make("p", { class: "combo__said", "aria-hidden": "true" });
  // A popover, so that nothing cuts it off: no line that scrolls sideways, no dialog, no bar at the foot.
  const box = make("div", { class: "combo__list", popover: "manual" });
  const told = make("span", { class: "visually-hidden", role: "status" });
  let timer = 0;
  let asked = 0;
  let last = field.value;
  let moving = null;

  box.append(list, said);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.after(box, told);

  const options = () => [...list.children];
  const marked = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");
  const isOpen = () => moving !== null;

  function place() {
    const at = field.getBoundingClientRect();
    const seen = window.visualViewport; // smaller than the window where a keyboard stands on the screen
    const below = seen.offsetTop + seen.height - at.bottom - GAP - EDGE;
    const above = at.top - seen.offsetTop - GAP - EDGE;
    box.style.minWidth = `${at.width}px`;
    box.style.maxHeight = "";
    const upwards = box.offsetHeight > below && above > below;
    box.style.maxHeight = `min(20rem, ${Math.max(upwards ? above : below, 0)}px)`;
    box.style.left = `${Math.max(EDGE, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - EDGE))}px`;
    box.style.top = `${upwards ? at.top - GAP - box.offsetHeight : at.bottom + GAP}px`;
  }

  function open() {
    field.setAttribute("aria-expanded", String(list.children.length > 0));
    field.removeAttribute("aria-activedescendant");
    if (!isOpen()) {
      moving = new AbortController();
      box.showPopover();
      for (const what of [window, window.visualViewport]) {
        for (const event of ["scroll", "resize"]) what.addEventListener(event, place, { capture: true, signal: moving.signal });
      }
    }
    place();
    list.scrollTop = 0;
  }

  function close() {
    clearTimeout(timer);
    asked += 1; // what is still on its way comes too late
    if (!isOpen()) return;
    moving.abort();
    moving = null;
    box.hidePopover();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
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
    close();
    field.dispatchEvent(new Event("change", { bubbles: true }));
    if (field.closest(".filters") && !field.closest(".filters__more:popover-open")) field.form.requestSubmit();
  }

  function say(found, typed) {
    const none = field.dataset.none.replace("#", () => typed);
    const more = found.length === Number(field.dataset.most) ? field.dataset.more : "";
    said.textContent = found.length ? more : none;
    said.hidden = !said.textContent;
    told.textContent = found.length ? `${field.dataset.found.replace("#", found.length)}. ${more}` : none;
  }

  async function ask() {
    // In a dialog stands the form of another page.
    const url = new URL(field.dataset.choices, new URL(field.form.getAttribute("action") ?? "", location.href));
    // Beside what is chosen already the others are looked for.
    const typed = chosen.value && field.value === last ? "" : field.value.trim();
    const mine = (asked += 1);
    url.searchParams.set(field.name, typed);
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    const found = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!found || mine !== asked || document.activeElement !== field) return; // typed on, chosen or left meanwhile
    list.replaceChildren(...found.map(([value, words], at) => {
      const option = make("li", { id: `${list.id}-${at}`, role: "option", "aria-selected": "false", "data-value": value });
      option.textContent = words;
      return option;
    }));
    say(found, typed);
    if (found.length || typed) open();
    else close();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("focus", () => field.scrollIntoView({ block: "nearest", inline: "nearest" }));
  field.addEventListener("click", () => {
    if (isOpen()) return;
    if (chosen.value && field.value === last) field.select();
    ask();
  });
  field.addEventListener("keydown", (event) => {
    const found = isOpen() ? options() : [];
    const at = found.length === 1 && event.key === "Enter" ? 0 : found.length ? marked() : -1;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen()) ask();
      else if (event.key === "ArrowDown") mark((at + 1) % found.length);
      else mark((at < 1 ? found.length : at) - 1);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === "Tab" && at >= 0) {
      choose(found[at]);
    } else if (event.key === "Escape" && (isOpen() || field.value !== last)) {
      event.preventDefault(); // or a dialog around it closes as well
      if (!isOpen()) field.value = last;
      close();
    }
  });
  // Before the field loses the focus.
  box.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  field.addEventListener("blur", close);
}

for (const field of document.querySelectorAll("input[data-choices]")) suggest(field);
// In a dialog, or in a row that was added.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("input[data-choices]:not([role=combobox])")) suggest(target);
});
