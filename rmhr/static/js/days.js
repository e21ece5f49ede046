// A day on which nobody works is said as soon as it is chosen: rmhr/web/days.py.

function why(field) {
  const day = field.valueAsDate;
  if (!day) return "";
  const holiday = JSON.parse(field.dataset.holidays)[field.value];
  if (holiday) return field.dataset.holiday.replace("{day}", holiday);
  if (![0, 6].includes(day.getUTCDay())) return "";
  const name = day.toLocaleDateString(document.documentElement.lang, { weekday: "long", timeZone: "UTC" });
  return field.dataset.weekend.replace("{day}", name);
}

function say(field) {
  let hint = document.getElementById(`${field.id}-off`);
  const words = why(field);
  if (!hint && !words) return;
  if (!hint) {
    hint = document.createElement("p");
    hint.id = `${field.id}-off`;
    hint.className = "field__hint field__hint--below";
    hint.setAttribute("role", "status");
    field.after(hint);
  }
  hint.textContent = words;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-holidays]")) say(event.target);
});
// What is suggested or came back is looked at as well, but where the question stands already.
for (const field of document.querySelectorAll("[data-holidays]:not([aria-invalid=true])")) say(field);
