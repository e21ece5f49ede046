// Rows of an editor are moved with buttons or a grip; without script, with their numbers. Names stay: the server reads the numbers.

let dragged = null;

const rows = (list) => [...list.querySelectorAll(":scope > [data-order-row]")];

function renumber(list) {
  rows(list).forEach((row, at) => {
    row.querySelector("[data-order-number]").value = at + 1;
    row.querySelector("[data-order-legend]").textContent = row.dataset.orderName.replace("{number}", at + 1);
  });
}

function say(list, row) {
  let live = list.querySelector(":scope > [role=status]");
  if (!live) {
    live = document.createElement("p");
    live.className = "visually-hidden";
    live.setAttribute("role", "status");
    list.prepend(live);
  }
  const all = rows(list);
  live.textContent = list.dataset.orderSaid.replace("{number}", all.indexOf(row) + 1).replace("{total}", all.length);
}

// What is typed as a number counts, too: rows stand as the server would put them before one of them is moved.
function settle(list) {
  const number = (row) => Number(row.querySelector("[data-order-number]").value || 1000);
  const wanted = rows(list).sort((a, b) => number(a) - number(b));
  if (wanted.some((row, at) => row !== rows(list)[at])) list.append(...wanted);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-order-by]");
  if (!button) return;
  const row = button.closest("[data-order-row]");
  const list = row.parentElement;
  settle(list);
  const all = rows(list);
  const to = all.indexOf(row) + Number(button.dataset.orderBy);
  if (to >= 0 && to < all.length) {
    if (button.dataset.orderBy === "1") all[to].after(row);
    else all[to].before(row);
  }
  renumber(list);
  say(list, row);
  button.focus();
});

document.addEventListener("dragstart", (event) => {
  if (!event.target.closest?.("[data-order-grip]")) return;
  dragged = event.target.closest("[data-order-row]");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.setDragImage(dragged, 0, 0);
  // A browser gives up a drag whose element changes while it begins.
  setTimeout(() => {
    if (!dragged) return;
    settle(dragged.parentElement);
    dragged.classList.add("is-dragged");
  });
});

document.addEventListener("dragover", (event) => {
  const over = dragged && event.target.closest?.("[data-order-row]");
  if (!over || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  if (over === dragged) return;
  const { top, height } = over.getBoundingClientRect();
  if (event.clientY < top + height / 2) over.before(dragged);
  else over.after(dragged);
});

document.addEventListener("dragend", () => {
  if (!dragged) return;
  dragged.classList.remove("is-dragged");
  renumber(dragged.parentElement);
  say(dragged.parentElement, dragged);
  dragged = null;
});

for (const tools of document.querySelectorAll("[data-order-tools]")) tools.hidden = false;
