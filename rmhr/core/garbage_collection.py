"""Python's garbage collector: never searches what was made at the start, and the rest more rarely."""

from __future__ import annotations

import gc

#: So many more objects than are freed begin a search (Python's own value, 700, is for small programs); so many
#: searches of the young begin one of the older. A list of 50,000 rows makes 250,000 objects, and frees as many.
YOUNG, OLDER, OLDEST = 50_000, 20, 50


def settle() -> None:
    """Exempt everything made so far from the collector, and set how often it runs. Call once, after create_app().

    Without looking for garbage first: of a start there are a hundred objects, and the search is a tenth of its time.
    """
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDEST)
    gc.enable()
