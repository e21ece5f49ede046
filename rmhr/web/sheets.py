"""Lists as files that spreadsheets open, CSV or XLSX: nothing in them can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from flask import Response

from rmhr.core import clock
from rmhr.web.downloads import send_made

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What makes a spreadsheet take a text for a formula.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: Any) -> str:
    """What stands in the file: a text that could be a formula gets an apostrophe before it.

    Moments are told in the bank's time zone, to the minute.
    """
    if isinstance(value, datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(STARTS) or text.lstrip().startswith(STARTS) else text


def send_csv(head: Sequence[Any], rows: Iterable[Sequence[Any]], name: str) -> Response:
    """The table as a file called `name`; UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(words) for words in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    return send_made(out.getvalue().encode("utf-8-sig"), name, "text/csv")


def send_xlsx(head: Sequence[Any], rows: Iterable[Sequence[Any]], name: str) -> Response:
    """The table as a workbook called `name`: numbers and days as such, everything else as text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False}) as book:
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for column, words in enumerate(head):
            sheet.write_string(0, column, str(words), bold)
        number = 0
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, clock.local(value).replace(tzinfo=None), moment)
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, int | float) and not isinstance(value, bool):
                    sheet.write_number(number, column, value)
                elif value is not None:
                    sheet.write_string(number, column, str(value))
        sheet.freeze_panes(1, 0)
        if head:
            sheet.autofilter(0, 0, number, len(head) - 1)
            sheet.autofit()
    return send_made(out.getvalue(), name, XLSX)
