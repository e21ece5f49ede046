// Says which file was chosen and how large it is, in the label that chooses it.

const language = document.documentElement.lang || "en";

function size(bytes) {
  const [unit, value] = bytes < 1_000_000 ? ["kilobyte", bytes / 1000] : ["megabyte", bytes / 1_000_000];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches?.("input[type=file]")) return;
  const label = document.querySelector(`label[data-upload][for="${CSS.escape(input.id)}"]`);
  if (!label) return;
  const name = label.querySelector("[data-upload-name]");
  label.dataset.empty ??= name.textContent;
  const files = [...input.files];
  name.textContent = files.length ? files.map((file) => file.name).join(", ") : label.dataset.empty;
  label.querySelector("[data-upload-size]").textContent = files.length ? size(files.reduce((sum, file) => sum + file.size, 0)) : "";
  label.classList.toggle("upload--done", files.length > 0);
});
