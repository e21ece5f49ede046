// How far something is that is worked out in the background; once it is there, the page shows it. Without script one looks again.

const PAUSE = 2000;

async function look() {
  const here = document.querySelector("[data-progress]");
  if (!here) return;
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const there = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-progress]");
      if (!answer.ok || !there) return location.reload();
      here.replaceWith(there);
    } catch {
      // No connection: it looks again.
    }
  }
  setTimeout(look, PAUSE);
}

if (document.querySelector("[data-progress]")) setTimeout(look, PAUSE);
