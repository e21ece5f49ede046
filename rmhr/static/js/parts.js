// How far one is with a form in parts, while one fills it in. Without script it says so each time the form comes back.

const line = document.querySelector("[data-parts]");

// Every field that asks for an answer; several of one name are answered together.
function answered(part) {
  const fields = [...part.querySelectorAll("input, textarea, select")].filter((field) => field.name && field.name !== "leave_out");
  const names = new Set(fields.map((field) => field.name));
  return [...names].every((name) => {
    const same = fields.filter((field) => field.name === name);
    if (same.some((field) => field.closest(".field")?.querySelector(":scope > label small, :scope > legend small"))) return true;
    if (same[0].type === "file" && same[0].closest(".field").querySelector(".upload__kept")) return true;
    return same.some((field) => (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value.trim() !== ""));
  });
}

function tell(event) {
  // What came back wrong stays marked until something is changed in it.
  const changed = event?.target.closest("[data-part]");
  const rows = line.querySelectorAll("[data-part-line]");
  for (const row of rows) {
    const part = document.getElementById(row.dataset.partLine);
    const fine = part && answered(part);
    if (row.classList.contains("tone-bad") && part !== changed) continue;
    row.className = fine ? "tone-good" : "tone-neutral";
    const said = row.querySelector("[data-part-said]");
    said.textContent = fine ? said.dataset.done : said.dataset.open;
  }
  const done = line.querySelectorAll(".tone-good").length;
  const sum = line.querySelector("[data-parts-sum]");
  sum.textContent = sum.dataset.partsSum.replace("{done}", done).replace("{all}", rows.length);
}

if (line) {
  document.addEventListener("input", tell);
  document.addEventListener("change", tell);
  tell();
}
