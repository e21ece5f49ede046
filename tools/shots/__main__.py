"""`python -m tools.shots [--only REGEX] [--role ROLE] [--quick]`."""

from __future__ import annotations

import argparse
import logging
import queue
import re
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

from rmhr.commands import i18n
from tests.support import chromium
from tests.support.live import Live, served
from tools.shots import album, tour, words
from tools.shots.look import Problem, Way, look

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "build" / "shots"
#: Browsers at the same time.
EYES = 2


def main() -> int:
    """Open everything, print what is wrong; 1 if anything is."""
    options = _options()
    path = chromium.find()
    if not path:
        print("There is no Chromium: as root on Debian, `apt install chromium`.", file=sys.stderr)
        return 2
    # Each request as a line would drown the findings; a failure still shows where.
    logging.getLogger("rmhr.request").setLevel(logging.CRITICAL)
    i18n.compile_all()
    began = time.monotonic()
    if not (options.only or options.role):
        shutil.rmtree(FOLDER, ignore_errors=True)
    with (
        tempfile.TemporaryDirectory(prefix="rmhr-shots-") as folder,
        served(Path(folder), TESTING=False) as live,
    ):
        live.run("demo", "build")
        print(f"The demo bank is open after {time.monotonic() - began:.0f} s.", flush=True)
        pattern = re.compile(options.only or "")
        plan = tour.plan(live.app, lambda endpoint: bool(pattern.search(endpoint)), set(options.role))
        languages = ("en",) if options.quick else ("en", "de")
        themes = ("light",) if options.quick else ("light", "dark")
        way = _way(live, themes)
        found = []
        for language in languages:
            tour.speak(live.app, language)
            print(f"{len(plan.stops)} pages in {'English' if language == 'en' else 'German'} …", flush=True)
            for said in dict.fromkeys(stop.said for stop in plan.stops):
                with tour.saying(live.app, said):
                    there = [stop for stop in plan.stops if stop.said == said]
                    found += _look_at_all(path, there, language, way)
    ways = [(width, theme, language) for language in languages for width in way.widths for theme in themes]
    album.write(FOLDER, plan.stops, found, ways, plan.problems)
    lines = plan.problems + _grouped(found)
    (FOLDER / "problems.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print("\n".join(lines))
    seconds, pictures = time.monotonic() - began, len(plan.stops) * len(ways)
    print(f"{pictures} pictures of {len(plan.stops)} pages in {seconds:.0f} s: {FOLDER}/index.html")
    print(f"{len(plan.others)} other answers (files, feeds, JSON) were asked for as well.")
    print("".join(f"No picture of {why}\n" for why in plan.unseen), end="")
    print(f"{len(lines)} findings." if lines else "Nothing is wrong.")
    return bool(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make shots ARGS=…", description=__doc__)
    parser.add_argument("--only", metavar="REGEX", help="only endpoints that match, like '^postings'")
    parser.add_argument("--role", action="append", default=[], help="only as this role; may be given again")
    parser.add_argument("--quick", action="store_true", help="light and English only")
    return parser.parse_args()


def _way(live: Live, themes: tuple[str, ...]) -> Way:
    with live.app.test_request_context():
        stored = words.stored_values()
    return Way(
        base=live.url,
        cookie_name=live.app.config["SESSION_COOKIE_NAME"],
        widths=(1440, 390),
        themes=themes,
        folder=FOLDER,
        stored=stored,
        english=words.English(words.catalogue()),
    )


def _look_at_all(path: str, stops: list[tour.Stop], language: str, way: Way) -> list[Problem]:
    """Share the pages between some browsers."""
    for role in {stop.role for stop in stops}:
        (way.folder / role).mkdir(parents=True, exist_ok=True)
    waiting: queue.SimpleQueue[tour.Stop] = queue.SimpleQueue()
    for stop in stops:
        waiting.put(stop)
    found: list[Problem] = []

    def work() -> None:
        with chromium.running(path) as browser:
            while True:
                try:
                    stop = waiting.get_nowait()
                except queue.Empty:
                    return
                found.extend(look(browser, stop, language, way))

    eyes = [threading.Thread(target=work) for _ in range(EYES)]
    for eye in eyes:
        eye.start()
    for eye in eyes:
        eye.join()
    return sorted(found, key=lambda problem: (problem.stop.name, problem.stop.role, problem.seen))


def _grouped(problems: list[Problem]) -> list[str]:
    """One line for each page and finding, however many roles and widths show it."""
    places: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        places.setdefault((problem.stop.name, problem.what), []).append(f"{problem.stop.role} {problem.seen}")
    return [
        f"{name} [{seen[0]}{f' and {len(seen) - 1} more' if len(seen) > 1 else ''}]: {what}"
        for (name, what), seen in places.items()
    ]


if __name__ == "__main__":
    sys.exit(main())
