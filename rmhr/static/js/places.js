// Parts that are stored one by one are moved by a grip, or with Alt and the arrow keys: each move is sent at once.
// Without script the arrows of each part are buttons of a form, which says the place that is asked for.

let dragged = null;
let before = null;

const parts = (list) => [...list.querySelectorAll(":scope > [data-place]")];

function say(list, part) {
  let live = list.querySelector(":scope > [role=status]");
  if (!live) {
    live = document.createElement(list.matches("ol") ? "li" : "p");
    live.className = "visually-hidden";
    live.setAttribute("role", "status");
    list.append(live);
  }
  const all = parts(list);
  live.textContent = list.dataset.placesSaid.replace("{number}", all.indexOf(part) + 1).replace("{total}", all.length);
}

// The arrows of a part ask for the places beside the one where it stands now.
function renumber(list) {
  const all = parts(list);
  all.forEach((part, at) => {
    const [up, down] = part.querySelectorAll("[data-place-form] button");
    [up.value, up.disabled] = [Math.max(at, 1), at === 0];
    [down.value, down.disabled] = [at + 2, at === all.length - 1];
  });
}

async function send(part) {
  const list = part.parentElement;
  const form = part.querySelector("[data-place-form]");
  const body = new URLSearchParams(new FormData(form));
  body.set("to", parts(list).indexOf(part) + 1);
  renumber(list);
  say(list, part);
  const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", redirect: "manual" }).catch(() => null);
  // What was refused, or went nowhere, is shown as it is stored.
  if (!answer || !(answer.ok || answer.type === "opaqueredirect")) location.reload();
}

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const part = event.target.closest?.("[data-place]");
  if (!part || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  const other = event.key === "ArrowUp" ? part.previousElementSibling : part.nextElementSibling;
  if (!other?.matches("[data-place]")) return;
  const focused = document.activeElement;
  if (event.key === "ArrowUp") other.before(part);
  else other.after(part);
  focused.focus();
  send(part);
});

document.addEventListener("dragstart", (event) => {
  if (!event.target.closest?.("[data-place-grip]")) return;
  dragged = event.target.closest("[data-place]");
  before = parts(dragged.parentElement).indexOf(dragged);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.setDragImage(dragged, 0, 0);
  // A browser gives up a drag whose element changes while it begins.
  setTimeout(() => dragged?.classList.add("is-dragged"));
});

document.addEventListener("dragover", (event) => {
  const over = dragged && event.target.closest?.("[data-place]");
  if (!over || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  if (over === dragged) return;
  const { top, height } = over.getBoundingClientRect();
  if (event.clientY < top + height / 2) over.before(dragged);
  else over.after(dragged);
});

document.addEventListener("dragend", () => {
  if (!dragged) return;
  const part = dragged;
  dragged = null;
  part.classList.remove("is-dragged");
  if (parts(part.parentElement).indexOf(part) !== before) send(part);
});
