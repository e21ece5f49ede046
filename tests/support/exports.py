"""Lists as somebody takes them home: what stands in the file."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl

SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def exported(
    client: Any, url: str, *, columns: str = "every", separator: str = "comma"
) -> list[dict[str, str]]:
    """The rows of the CSV file that a list's export answers with, by the words above the columns."""
    with client.post(url, data={"kind": "csv", "separator": separator, "columns": columns}) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "text/csv")
        text = answer.data.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=SIGNS[separator]))


def workbook(client: Any, url: str, *, columns: str = "every") -> tuple[list[str], list[list[Any]]]:
    """(the words above the columns, the rows of cells) of the workbook that a list's export answers with."""
    with client.post(url, data={"kind": "xlsx", "separator": "comma", "columns": columns}) as answer:
        assert answer.status_code == 200
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    head, *rows = sheet.iter_rows()
    return [str(cell.value) for cell in head], [list(row) for row in rows]
