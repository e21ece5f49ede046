"""Lists as CSV files that spreadsheets open: nothing in them can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response

from rmhr.web.downloads import send_made

#: What makes a spreadsheet take a text for a formula.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: Any) -> str:
    """What stands in the file: a text that could be a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(STARTS) or text.lstrip().startswith(STARTS) else text


def send_csv(head: Sequence[Any], rows: Iterable[Sequence[Any]], name: str) -> Response:
    """The table as a file called `name`; UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(words) for words in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    return send_made(out.getvalue().encode("utf-8-sig"), name, "text/csv")
