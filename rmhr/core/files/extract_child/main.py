"""Entry point of the program: reads a file on standard input and writes what is in it as JSON on standard output."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
import zipfile
from importlib import import_module

from .confine import confine
from .limits import MOST_FILES_IN_ZIP, limit
from .opendocument import read_opendocument
from .outline import outline
from .passages import find
from .pdf import read_pdf
from .text import Answer, Damaged
from .word import read_word

#: The exit status that says "this is not about the file, the program itself is not installed rightly".
BROKEN = 70
#: What reading a family needs: afterwards no module can be loaded any more.
NEEDS = {"pdf": ("pypdfium2",), "zip": ("defusedxml.ElementTree", "zlib", "bz2", "lzma"), "cv": ()}
#: How files name their letters, besides what Python knows without a file.
ENCODINGS = ("cp437", "cp1252", "iso8859-15", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


def main() -> int:
    """Read standard input, of the family that is the first argument; answer on standard output.

    "pdf" and "zip" are files; "cv" is the text of one, with criteria, as JSON.
    """
    family = sys.argv[1]
    limit()
    try:
        for name in NEEDS[family]:
            import_module(name)
    except ImportError:
        return BROKEN
    for encoding in ENCODINGS:
        codecs.lookup(encoding)
    missing = confine()
    read = {"pdf": read_pdf, "zip": read_zip, "cv": read_cv}[family]
    try:
        answer = read(sys.stdin.buffer.read())
    except Exception:  # zip, XML, packing, numbers, memory, depth: whatever it was, this file does not open
        answer = {"state": "damaged"}
    sys.stdout.buffer.write(json.dumps(answer | {"missing": missing}).encode("ascii"))
    sys.stdout.buffer.flush()
    os._exit(0)  # without taking PDFium apart again: whatever it does at the end is not worth a crash


def read_cv(data: bytes) -> Answer:
    """The outline of a text, and its passages for criteria: {"text": …, "criteria": [[…], …]}."""
    asked = json.loads(data)
    found = find(asked["text"], asked["criteria"])
    return {
        "state": "found",
        "outline": outline(asked["text"]),
        "passages": [(each.number, each.start, each.end) for each in found],
    }


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
