"""The index page of the pictures."""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path

from tools.shots.look import Problem, picture
from tools.shots.tour import Stop

HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>rmhr, every page</title>
<style>
body { font: 15px/1.5 system-ui; margin: 2rem; } h2 { margin: 2.5rem 0 0; } h3 { margin: 1.5rem 0 .5rem; }
.row { display: flex; gap: .75rem; flex-wrap: wrap; align-items: start; }
a { color: inherit; } figure { margin: 0; }
img { height: 220px; border: 1px solid #bbb; object-fit: cover; object-position: top; }
figcaption { font-size: 12px; color: #555; } .wrong { color: #a40000; }
</style>
"""


def write(
    folder: Path,
    stops: list[Stop],
    problems: list[Problem],
    ways: list[tuple[int, str, str]],
    other: list[str],
) -> None:
    """One row of pictures for each page of each role, with what is wrong there."""
    wrong: dict[Stop, list[Problem]] = {}
    for problem in problems:
        wrong.setdefault(problem.stop, []).append(problem)
    parts = [HEAD, f"<h1>{len(stops)} pages, {len(problems)} findings</h1>"]
    parts += [f'<p class="wrong">{escape(line)}</p>' for line in other]
    for role, pages in groupby(
        sorted(stops, key=lambda stop: (stop.role, stop.name)), key=lambda stop: stop.role
    ):
        parts.append(f"<h2>{escape(role)}</h2>")
        for stop in pages:
            parts.append(f"<h3>{escape(stop.name)} <small>{escape(stop.url)}</small></h3>")
            parts += [
                f'<p class="wrong">{escape(problem.seen)}: {escape(problem.what)}</p>'
                for problem in wrong.get(stop, [])
            ]
            shown = [(picture(stop, *way), " ".join(map(str, way))) for way in ways]
            figures = [
                f'<figure><a href="{escape(path)}"><img loading="lazy" src="{escape(path)}" '
                f'alt="{caption}"></a><figcaption>{caption}</figcaption></figure>'
                for path, caption in shown
            ]
            parts.append(f'<div class="row">{"".join(figures)}</div>')
    (folder / "index.html").write_text("\n".join(parts), encoding="utf-8")
