// What stands so close below something else that the two look like one: a list, a notice, a field, a fold without room
// above it. "dl.facts / div.notice" for each pair, the upper one first.
() => {
  const APART = ".notice, .field, details, dl, ul, ol, form, table, fieldset, .btn";
  const ROOM = 6; // px; lines of one paragraph have about half of it between their letters
  const grounded = (style) =>
    style.backgroundColor !== "rgba(0, 0, 0, 0)" || style.boxShadow !== "none" || parseFloat(style.borderTopWidth) > 0;
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  // From where to where something of an element can be seen; null for nothing.
  const ink = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (!shown(element) || box.width < 2 || box.height < 2 || style.position === "absolute") return null;
    if (grounded(style) || /^(IMG|SVG|INPUT|SELECT|TEXTAREA|BUTTON|CANVAS)$/i.test(element.tagName)) return box;
    let found = null;
    const add = (rect) => {
      if (!rect || rect.height < 1 || rect.width < 1) return;
      found = found
        ? { top: Math.min(found.top, rect.top), bottom: Math.max(found.bottom, rect.bottom), left: Math.min(found.left, rect.left), right: Math.max(found.right, rect.right) }
        : { top: rect.top, bottom: rect.bottom, left: rect.left, right: rect.right };
    };
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE && child.data.trim()) {
        const range = document.createRange();
        range.selectNodeContents(child);
        add(range.getBoundingClientRect());
      } else if (child.nodeType === Node.ELEMENT_NODE) add(ink(child));
    }
    return found;
  };
  const name = (element) => [element.tagName.toLowerCase(), ...element.classList].join(".");
  const found = new Set();
  for (const parent of document.querySelectorAll("main, main *")) {
    if (/^(svg|table|thead|tbody|tr|select|ul|ol|dl|p)$/i.test(parent.tagName)) continue;
    let above = null;
    for (const element of parent.children) {
      const style = getComputedStyle(element);
      if (/^inline/.test(style.display) && !element.matches(".btn")) { above = null; continue; }
      const box = ink(element);
      if (!box) continue;
      if (above && (element.matches(APART) || above.element.matches(APART))) {
        const gap = box.top - above.box.bottom;
        const below = box.left < above.box.right && box.right > above.box.left;
        if (below && gap > -2 && gap < ROOM) found.add(`${name(above.element)} / ${name(element)}`);
      }
      above = { element, box };
    }
  }
  return [...found];
}
