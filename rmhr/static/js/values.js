// What a form holds: {name: [text, …]}, of ticks those that are set. Without buttons, files, passwords, and without what is
// sent along unseen ("csrf_token", "seen", "opened_with", "kept").

const LEFT_OUT = ["button", "submit", "reset", "image", "file", "password", "fieldset", "output"];
const PLUMBING = ["csrf_token", "seen", "opened_with", "kept"];

const even = (text) => text.replaceAll("\r\n", "\n");
const isTick = (control) => control.type === "checkbox" || control.type === "radio";

export const controls = (form, name) => [...form.elements].filter((control) => (
  control.name && (!name || control.name === name) && !LEFT_OUT.includes(control.type) && !PLUMBING.includes(control.name)
));

function held(control, first) {
  if (isTick(control)) return (first ? control.defaultChecked : control.checked) ? [control.value] : [];
  if (control.tagName === "SELECT") {
    const chosen = [...control.options].filter((option) => (first ? option.defaultSelected : option.selected));
    if (!chosen.length && !control.multiple && control.options.length) return [control.options[0].value];
    return chosen.map((option) => option.value);
  }
  return [even(first ? control.defaultValue : control.value)];
}

// `first`: as the page came, whatever was typed or brought back by the browser since.
export function values(form, first = false) {
  const found = {};
  for (const control of controls(form)) (found[control.name] ??= []).push(...held(control, first));
  return found;
}

export function put(form, name, wanted) {
  controls(form, name).forEach((control, at) => {
    if (isTick(control)) control.checked = wanted.includes(control.value);
    else if (control.tagName === "SELECT") for (const option of control.options) option.selected = wanted.includes(option.value);
    else control.value = wanted[at] ?? "";
  });
}

// As the server says them: a text or a list of texts.
export const lists = (said) => Object.fromEntries(Object.entries(said).map(([name, value]) => [name, [value].flat().map(even)]));

export const same = (one, other) => JSON.stringify(one ?? []) === JSON.stringify(other ?? []);

export const changed = (one, other) => Object.keys(one).some((name) => !same(one[name], other[name]));

// A field as a person calls it, and what it holds in their words: of a choice its label.
const words = (element) => element?.textContent.trim().replace(/\s+/g, " ") ?? "";

export function label(form, name) {
  const [control] = controls(form, name);
  const group = isTick(control) ? words(control.closest("fieldset")?.querySelector("legend")) : "";
  return group || control.getAttribute("aria-label") || words(control.labels?.[0]) || name;
}

export function said(form, name, held) {
  const found = controls(form, name);
  const one = (value) => {
    const tick = found.find((control) => isTick(control) && control.value === value);
    if (tick) return words(tick.labels?.[0]);
    const option = found.flatMap((control) => [...(control.options ?? [])]).find((each) => each.value === value);
    return option ? words(option) : value;
  };
  return held.map(one).filter(Boolean).join("\n");
}
