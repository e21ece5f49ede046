// How many pixels the page is wider than the window, and the element that sticks out furthest; null if none.
() => {
  const root = document.documentElement;
  const excess = root.scrollWidth - root.clientWidth;
  if (excess <= 0) return null;
  let worst = null;
  let right = 0;
  for (const element of document.body.querySelectorAll("*")) {
    const edge = element.getBoundingClientRect().right;
    if (edge > right) {
      right = edge;
      worst = element;
    }
  }
  const name = worst ? [worst.tagName.toLowerCase(), ...worst.classList].join(".") : "?";
  return [excess, name];
}
