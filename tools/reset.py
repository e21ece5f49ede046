"""`make reset`: delete the data of this checkout's own database and files, after asking."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

INSTANCE = Path(__file__).resolve().parent.parent / "instance"


def main() -> int:
    """Ask, then delete `instance/`. A database that RMHR_DATABASE_URL names elsewhere is kept."""
    if not INSTANCE.exists():
        print("There is nothing to delete: instance/ does not exist.")
        return 0
    size = sum(path.stat().st_size for path in INSTANCE.rglob("*") if path.is_file())
    print(f"This deletes {INSTANCE} for good: database, uploaded files, {size / 1e6:.1f} MB.")
    try:
        answer = input('Type "yes" to go on: ')
    except (EOFError, KeyboardInterrupt):
        answer = ""
    if answer.strip().lower() != "yes":
        print("\nNothing was deleted.")
        return 1
    shutil.rmtree(INSTANCE)
    print("Deleted. `make run` starts anew.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
