"""Whether the locks still say what requirements*.in ask for. Works offline; `make lock` compiles."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAIRS = (("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt"))
ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?(?:==(?P<version>[^\s;]+))?")


def entries(text: str) -> dict[str, str | None]:
    """Name and pinned version of each line that names a package."""
    found = (ENTRY.match(line.strip()) for line in text.splitlines() if not line.startswith("#"))
    return {
        re.sub(r"[-_.]+", "-", m["name"]).lower(): m["version"] for m in found if m and m["name"][0] != "-"
    }


def differences(asked: dict[str, str | None], locked: dict[str, str | None]) -> list[str]:
    """What is asked for and not in the lock in that version."""
    return [
        f"{name}=={version}" if version else name
        for name, version in asked.items()
        if name not in locked or (version and locked[name] != version)
    ]


def main() -> int:
    """Print what is out of step; 1 if anything is."""
    wrong = []
    locks = {}
    for source, lock in PAIRS:
        locks[lock] = entries((ROOT / lock).read_text(encoding="utf-8"))
        asked = entries((ROOT / source).read_text(encoding="utf-8"))
        wrong += [
            f"{source} asks for {each}, {lock} does not have it" for each in differences(asked, locks[lock])
        ]
    product, dev = (locks[lock] for _, lock in PAIRS)
    wrong += [
        f"{name} is {product[name]} in requirements.txt and {dev[name]} in requirements-dev.txt"
        for name in product.keys() & dev.keys()
        if product[name] != dev[name]
    ]
    if wrong:
        print("\n".join(sorted(wrong)), "Run `make lock`.", sep="\n", file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
