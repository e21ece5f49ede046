// A button with data-copy="<id>" copies what stands in that field, and says so. Without script the field is there to copy from.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const before = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      if (!document.execCommand("copy")) return; // it is selected: the keys do the rest
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = before; }, 3000);
  });
}
