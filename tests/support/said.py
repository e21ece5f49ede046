"""What a page says to its reader."""

from __future__ import annotations

import re
from typing import Any


def words(answer: Any) -> str:
    """The text of a page's middle, without markup."""
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())
