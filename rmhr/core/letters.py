"""Text in one form of Unicode, in a time that grows with its length and no faster."""

from __future__ import annotations

import unicodedata
from typing import Literal

#: Marks on one letter; the Stream-Safe Text Format of Unicode (UAX #15) allows 30, no language needs more than a few.
MOST_MARKS = 30


def normal(text: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"] = "NFC") -> str:
    """The text in this form of Unicode; of a letter with more marks than MOST_MARKS the rest of them is left out.

    Python sorts the marks of a letter in a time that grows with the square of their number.
    """
    if text.isascii():
        return text
    if not any(map(unicodedata.combining, set(text))):
        return unicodedata.normalize(form, text)
    kept: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return unicodedata.normalize(form, "".join(kept))
