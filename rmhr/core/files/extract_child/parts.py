"""The XML parts of an Office file, as a stream of events."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable

from .limits import ENOUGH_TIME, MOST_XML
from .text import Damaged, Enough

CHUNK = 64 * 1024


def walk(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, str, dict[str, str]], None] = lambda _namespace, _name, _attributes: None,
    end: Callable[[str, str], None] = lambda _namespace, _name: None,
    data: Callable[[str], None] = lambda _piece: None,
) -> None:
    """Read one part; no tree is built, no entity and no other file is ever read.

    Ends quietly when there is enough text. Raises Damaged for a part that says it is larger than MOST_XML.
    """
    from defusedxml.ElementTree import DefusedXMLParser

    class Target:
        def start(self, tag: str, attributes: dict[str, str]) -> None:
            start(*split(tag), attributes)

        def end(self, tag: str) -> None:
            end(*split(tag))

        def data(self, piece: str) -> None:
            data(piece)

        def close(self) -> None:
            pass

    if archive.getinfo(part).file_size > MOST_XML:
        raise Damaged
    parser = DefusedXMLParser(target=Target(), forbid_dtd=True)
    with archive.open(part) as file:
        try:
            while chunk := file.read(CHUNK):
                parser.feed(chunk)
                if time.process_time() > ENOUGH_TIME:
                    raise Enough
            parser.close()
        except Enough:
            pass


def split(tag: str) -> tuple[str, str]:
    """`{namespace}name` in its two parts."""
    namespace, brace, name = tag.rpartition("}")
    return (namespace[1:], name) if brace else ("", tag)
