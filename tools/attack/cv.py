"""A CV of 200,000 characters, made to be slow: how long reading it takes in the child, and opening its page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from rmhr.core.files import extraction, reading
from rmhr.models.accounts import Role
from tools.attack import Figure, attack
from tools.attack.bank import Bank, bank

#: Seconds that tidying and reading may take; and seconds of this processor for the page.
READ, PAGE = 5.0, 1.5
LENGTHS = (50_000, extraction.MOST_TEXT)


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def _numbered(line: str) -> Callable[[int], str]:
    return lambda length: "\n".join(
        line.format(number) for number in range(length // len(line.format(10_000)) + 1)
    )[:length]


TEXTS: dict[str, Callable[[int], str]] = {
    "spaced dots": _repeated(" ."),
    "lines of forty spaced dots": _repeated(" ." * 40 + "x\n"),
    "dots and dashes": _repeated(". _ … "),
    "one letter": _repeated("a"),
    "spaces": lambda length: "a" + "\u2003" * (length - 2) + "a",
    "a letter a line": _repeated("a\n"),
    "a list of letters": _repeated("- a\n"),
    "marks on one letter": lambda length: "a" + "\u0301\u0316" * (length // 2),
    "lines of their own": _numbered("Looked after clients and credits of bank {}"),
    "words of their own": _numbered("Kundenberatung{}kreditgeschäft"),
    "sentences of their own": _numbered("Banking training {}."),
    "short sentences in one line": _repeated("Banking training done. "),
    "tags": _repeated("<b><script>&amp;\"'"),
}


@attack("cv", "a hostile CV of 200,000 characters: read in the child, opened as a page")
def opened() -> Iterator[Figure]:
    """For each text how long reading and the page take, and how that grows from a quarter of its length."""
    from tests.factories import accounts, applications

    with bank() as it:
        client = it.client(accounts.user(Role.HR))
        for name, make in TEXTS.items():
            read, page = [], []
            for length in LENGTHS:
                began = time.monotonic()
                text = extraction.tidy(make(length))
                row = applications.application(cv=applications.document(text))
                asked = [list(each.text.values()) for each in row.posting_version.criteria]
                done = reading.read(text, asked) is not None
                read.append(time.monotonic() - began)
                applications.read(row)
                page.append(_page(it, client, row.id))
            yield Figure(
                name,
                f"read {read[0]:.2f} → {read[1]:.2f} s, page {page[0]:.2f} → {page[1]:.2f} s",
                held=done and read[1] < READ and page[1] < PAGE,
            )


def _page(it: Bank, client: Any, id: int) -> float:
    """The shorter of two openings, in seconds of this processor."""
    taken = []
    for _again in range(2):
        began = time.process_time()
        status, where, said = it.sends(client, f"/applications/{id}/screening")
        taken.append(time.process_time() - began)
        assert status == 200, f"{status} {where} {said[:200]}"
    return min(taken)
