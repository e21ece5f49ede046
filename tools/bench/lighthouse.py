"""What Lighthouse says of a public page, where it is found: points by category, on a phone and at a desk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PROGRAM = "lighthouse"
#: How it looks at a page, and what it is told for it.
WAYS = {"phone": (), "desk": ("--preset=desktop",)}
SECONDS = 180


def is_there() -> bool:
    """Whether it is installed (as npm installs it, with node)."""
    return shutil.which(PROGRAM) is not None


def points(url: str, chromium: str) -> Iterator[tuple[str, dict[str, int]]]:
    """(way, points by category) of a page, with the Chromium at this path. Raises CalledProcessError."""
    for way, told in WAYS.items():
        with tempfile.TemporaryDirectory() as folder:
            said = Path(folder) / "said.json"
            subprocess.run(
                [
                    PROGRAM,
                    url,
                    "--quiet",
                    "--output=json",
                    f"--output-path={said}",
                    "--chrome-flags=--headless=new --no-sandbox",
                    *told,
                ],
                check=True,
                capture_output=True,
                timeout=SECONDS,
                env={**os.environ, "CHROME_PATH": chromium},
            )
            found = json.loads(said.read_text(encoding="utf-8"))["categories"]
        yield way, {name: round(each["score"] * 100) for name, each in found.items()}
