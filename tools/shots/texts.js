// Text that a person sees or hears: visible text, and what is read out, shown on hover or stands in a field.
// What stands in another language on purpose says so by its `lang`, and is left out.
() => {
  const own = document.documentElement.lang;
  const foreign = (element) => element.closest("[lang]")?.lang !== own;
  const texts = document.title ? [document.title] : [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const parent = walker.currentNode.parentElement;
    if (!text || parent.closest("script, style, template, noscript, code, pre") || foreign(parent)) continue;
    if (parent.checkVisibility() || parent.closest("option, title")) texts.push(text);
  }
  for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    if (foreign(element)) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      if (element.getAttribute(name)) texts.push(element.getAttribute(name));
    }
  }
  const typed = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea";
  for (const field of document.body.querySelectorAll(typed)) {
    if (field.value && !foreign(field)) texts.push(field.value);
  }
  return texts;
}
