// A message that is opened is read: said by a POST, since looking at a page changes nothing. Without script there is a button.

const form = document.querySelector("form[data-read]");

function ring(bell) {
  const place = document.querySelector("[data-bell]");
  if (!place) return;
  const number = place.lastElementChild;
  place.setAttribute("aria-label", `${place.dataset.bell}: ${bell.words}`);
  number.textContent = bell.shown;
  number.hidden = !bell.count;
}

if (form) {
  const said = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, credentials: "same-origin" };
  fetch(form.action, said)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
    .then((bell) => {
      ring(bell);
      form.hidden = true;
      document.querySelector("form[data-unread]").hidden = false;
    })
    .catch(() => {}); // the button is still there
}
