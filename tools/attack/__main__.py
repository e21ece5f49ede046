"""Run the attacks and print what came of them: `make attack ARGS="--only patterns"`."""

from __future__ import annotations

import argparse
import sys
import time

from tools.attack import Figure, attacks


def main() -> int:
    """Run all of them, or one; 1 where the product did not hold."""
    known = attacks()
    parser = argparse.ArgumentParser(prog="make attack", description=__doc__)
    parser.add_argument("--only", choices=[each.name for each in known], help="one kind of attack")
    chosen = parser.parse_args().only
    broken = 0
    for each in known:
        if chosen in (None, each.name):
            print(f"\n{each.name}: {each.help}", flush=True)
            began = time.monotonic()
            for figure in each.run():
                broken += not figure.held
                print(_line(figure), flush=True)
            print(f"  ({time.monotonic() - began:.0f} s)")
    print(f"\n{broken} did not hold" if broken else "\nall held")
    return bool(broken)


def _line(figure: Figure) -> str:
    sign = "–" if figure.skipped else "✓" if figure.held else "✗"
    return f"  {sign} {figure.what:<48} {'NOT TRIED: ' if figure.skipped else ''}{figure.came}"


if __name__ == "__main__":
    sys.exit(main())
