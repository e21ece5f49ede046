"""Tables as files that spreadsheets open, CSV or XLSX: nothing in them acts as a formula, no size fills the memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any, BinaryIO

from flask import Response

from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.core.i18n import gettext
from rmhr.models.workspace import FileKind, Separator
from rmhr.web.downloads import send_made

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
#: What makes a spreadsheet take a text for a formula.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
#: What a telephone number is written with besides its plus: no name of a function, no cell, no call can be made of it.
OF_A_NUMBER = frozenset("0123456789 ()/.-")
CONTENT_TYPES = {FileKind.XLSX: XLSX, FileKind.CSV: CSV}
SIGNS = {Separator.SEMICOLON: ";", Separator.COMMA: ",", Separator.TAB: "\t"}
#: What a sheet and a cell of a workbook hold at the most (Excel specifications and limits, Microsoft).
ROWS, LETTERS, LONGEST_NAME = 1_048_576, 32_767, 31
#: What neither a sheet nor a file may be called with.
NOT_IN_NAMES = frozenset("[]:*?/\\<>|\"'“”„‘’\0\r\n\t")
#: A column of a workbook is as wide as what its first rows say, within these bounds, in letters.
LOOKED_AT, NARROWEST, WIDEST = 500, 8, 60


def cell(value: Any, separator: Separator = Separator.COMMA) -> str:
    """What stands in a CSV file: a text that could be a formula gets an apostrophe before it; a phone number stays one.

    Moments are told in the bank's time zone, to the minute. Where the semicolon separates, the comma is the decimal
    sign: so it is in German spreadsheets.
    """
    if not isinstance(value, str):
        if isinstance(value, datetime):
            return f"{clock.local(value):%Y-%m-%d %H:%M}"
        if _is_number(value):
            return str(value).replace(".", ",") if separator is Separator.SEMICOLON else str(value)
    text = "" if value is None else str(value)
    if text[:1].isalnum() or _is_phone_number(text):
        return text
    return f"'{text}" if text.startswith(STARTS) or text.lstrip().startswith(STARTS) else text


def _is_phone_number(text: str) -> bool:
    """Whether this is "+49 40 123456", however it is grouped: a plus, then a digit, then nothing but such signs."""
    return text[:1] == "+" and text[1:2].isdecimal() and OF_A_NUMBER.issuperset(text[1:])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def write_csv(
    file: BinaryIO, head: Sequence[Any], rows: Iterable[Sequence[Any]], separator: Separator = Separator.COMMA
) -> int:
    """Write the table, in UTF-8 with the mark by which spreadsheets know it. Returns how many rows it has."""
    number = 0
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=SIGNS[separator])
    writer.writerow([cell(words) for words in head])
    for row in rows:
        writer.writerow([cell(value, separator) for value in row])
        number += 1
    text.detach()
    return number


def send_table(kind: FileKind, title: str, head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Response:
    """A table of a page as a file that is called as the table is."""
    file = io.BytesIO()
    if kind is FileKind.XLSX:
        write_xlsx(file, head, rows, title)
    else:
        write_csv(file, head, rows)
    return send_made(file.getvalue(), file_name(title, kind), CONTENT_TYPES[kind])


def file_name(title: str, kind: FileKind) -> str:
    """What a file with this table is called: "offene-stellen.csv"."""
    words = "".join(" " if sign in NOT_IN_NAMES else sign for sign in title.lower())
    return f"{'-'.join(words.split())}.{kind.value}"


def sheet_name(title: str) -> str:
    """The title of a table, as far as the name of a sheet may say it."""
    words = "".join(" " if sign in NOT_IN_NAMES else sign for sign in title)
    return " ".join(words.split())[:LONGEST_NAME].strip(" '") or gettext("Table")


def write_xlsx(file: BinaryIO, head: Sequence[Any], rows: Iterable[Sequence[Any]], title: str) -> int:
    """Write the table as a workbook: numbers and days as such, the rest as text. Returns how many rows it has.

    Its sheet is called by the title. Raises NotPossible where they are more than a sheet holds.
    """
    import xlsxwriter  # few requests write a workbook

    ahead, number = iter(rows), 0
    first = list(islice(ahead, LOOKED_AT))
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(sheet_name(title))
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for column, words in enumerate(head):
            sheet.set_column(column, column, _width([words, *(row[column] for row in first)]))
            sheet.write_string(0, column, str(words), bold)
        for row in chain(first, ahead):
            number += 1
            if number == ROWS:
                said = gettext(
                    "A workbook holds %(most)s rows. Choose CSV, or narrow the list.", most=ROWS - 1
                )
                raise NotPossible(said)
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, clock.local(value).replace(tzinfo=None), moment)
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif _is_number(value):
                    sheet.write_number(number, column, value)
                elif value is not None:
                    sheet.write_string(number, column, str(value)[:LETTERS])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, number, max(len(head) - 1, 0))
    return number


def _width(values: Iterable[Any]) -> int:
    longest = max(len(line) for value in values for line in _lines(value))
    return max(NARROWEST, min(longest + 2, WIDEST))


def _lines(value: Any) -> Iterator[str]:
    text = f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else "" if value is None else str(value)
    yield from text.splitlines() or [""]
