"""Documents as PDF: a Typst template and its data become a tagged file (PDF/UA-1), the same everywhere.

The template gets its data as JSON, so nothing in a name or a title can become markup. It sees the files it is
given and no other: the root of the compiler is an empty folder.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

UA: typst.PDFStandards = "ua-1"
TEMPLATES = Path(__file__).parents[3] / "templates"


class NotRendered(RuntimeError):
    """A bug in a template or its data; the message says where."""


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    language: str,
    at: datetime,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """The PDF that `templates/<template>` makes of `data`, which it reads with `json("data.json")`.

    `language` ("en", "de") is added to the data. `at` (aware) is the date in the file: the same
    input gives the same bytes. `files` are pictures by name. Raises ValueError for a moment without a time zone,
    NotRendered when Typst refuses.
    """
    if at.tzinfo is None:
        raise ValueError("the moment of a document needs a time zone")
    given: Any = {  # a dict of files, which the types of typst do not know
        "main.typ": (TEMPLATES / template).read_bytes(),
        "data.json": json.dumps({**data, "language": language}).encode(),
        **(files or {}),
    }
    # The fonts in the compiler come first: they are the same everywhere. They cannot write every name, though
    # (Chinese, Arabic, emoji): then the fonts of this machine help, and at last a missing letter is a box.
    last: typst.TypstError | None = None
    for system_fonts, standards in ((False, UA), (True, UA), (True, None)):
        with tempfile.TemporaryDirectory() as root:
            try:
                made = typst.compile(
                    given,
                    root=root,
                    font_paths=_fonts(system_fonts),
                    format="pdf",
                    pdf_standards=standards,
                    timestamp=at,
                )
            except typst.TypstError as error:
                last = last or error
                continue
        return bytes(made)
    raise NotRendered(f"{template}: {last.diagnostic if last else ''}") from last


@cache
def _fonts(system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=True)
