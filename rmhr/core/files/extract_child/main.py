"""Entry point of the program: reads a file on standard input and writes its text as JSON on standard output."""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from importlib import import_module

from .limits import MOST_FILES_IN_ZIP, limit
from .opendocument import read_opendocument
from .pdf import read_pdf
from .text import Answer, Damaged
from .word import read_word

#: The exit status that says "this is not about the file, the program itself is not installed rightly".
BROKEN = 70


def main() -> int:
    """Read standard input, a file of the family that is the first argument; answer on standard output."""
    limit()
    try:
        import_module("defusedxml.ElementTree")
        import_module("pypdfium2")
    except ImportError:
        return BROKEN
    read = {"pdf": read_pdf, "zip": read_zip}[sys.argv[1]]
    try:
        answer = read(sys.stdin.buffer.read())
    except Exception:  # zip, XML, packing, numbers, memory, depth: whatever it was, this file does not open
        answer = {"state": "damaged"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    sys.stdout.buffer.flush()
    os._exit(0)  # without taking PDFium apart again: whatever it does at the end is not worth a crash


def read_zip(data: bytes) -> Answer:
    """Tell Word, OpenDocument and other archives apart by what is in them, and read the first two.

    Raises Damaged for an archive of more than MOST_FILES_IN_ZIP files.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > MOST_FILES_IN_ZIP:
            raise Damaged
        if any(info.flag_bits & 1 for info in archive.infolist()):
            return {"state": "encrypted", "kind": "zip"}
        names = {info.filename for info in archive.infolist()}
        if "mimetype" in names:
            return read_opendocument(archive, names)
        if "[Content_Types].xml" in names:
            return read_word(archive, names)
        return {"state": "other", "kind": "zip"}
