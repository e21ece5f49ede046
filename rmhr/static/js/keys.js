// "/" goes to the search, "?" shows the keys. Never while somebody types.

import { show } from "./dialog.js";

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const field = [...document.querySelectorAll("[data-search], main input[type=search]")].find((each) => each.offsetParent);
    if (field) {
      event.preventDefault();
      field.focus();
    }
  }
  if (event.key === "?") {
    const keys = document.querySelector("template[data-keys]");
    if (keys) show(keys.innerHTML);
  }
});
