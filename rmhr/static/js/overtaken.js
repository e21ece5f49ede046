// Who comes second sees both texts, field by field, and chooses. Nothing is sent until every choice is made.

import { label, put, said } from "./values.js";

// `panel`: the clone of its template. `fields`: {name: {mine, theirs}}. Resolves once all is chosen.
export function choose(form, panel, fields) {
  const pattern = panel.querySelector("[data-choice]");
  const place = pattern.parentElement;
  pattern.remove();
  return new Promise((resolve) => {
    let left = Object.keys(fields).length;
    for (const [name, { mine, theirs }] of Object.entries(fields)) {
      const one = pattern.cloneNode(true);
      one.querySelector("[data-label]").textContent = label(form, name);
      for (const [side, value] of [["mine", mine], ["theirs", theirs]]) {
        const text = said(form, name, value);
        const shown = one.querySelector(`[data-${side}]`);
        if (text) shown.textContent = text;
        one.querySelector(`[data-keep="${side}"]`).addEventListener("click", () => {
          if (side === "theirs") put(form, name, theirs);
          one.remove();
          left -= 1;
          if (left) place.querySelector("[data-keep]").focus();
          else resolve();
        });
      }
      place.append(one);
    }
  });
}
