"""The text of Word files (DOCX)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from .parts import walk
from .text import Answer, Damaged, Text, found

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OFFICE = "application/vnd.openxmlformats-officedocument."


def read_word(archive: zipfile.ZipFile, names: set[str]) -> Answer:
    """The text of a Word file: headers, body with its tables, notes, footers."""
    types: dict[str, list[str]] = {}

    def note(_namespace: str, name: str, attributes: dict[str, str]) -> None:
        if name == "Override":
            short = attributes.get("ContentType", "").lower()
            types.setdefault(short, []).append(attributes.get("PartName", "").lstrip("/"))

    walk(archive, "[Content_Types].xml", start=note)
    if any("macroenabled" in type_ for type_ in types) or any("vbaproject" in n.lower() for n in names):
        return {"state": "other", "kind": "macros"}
    if f"{OFFICE}wordprocessingml.template.main+xml" in types:
        return {"state": "other", "kind": "template"}
    if not (main := types.get(f"{OFFICE}wordprocessingml.document.main+xml")):
        return {"state": "other", "kind": "office"}

    def parts(kind: str) -> Iterator[str]:
        seen = set()
        for part in types.get(f"{OFFICE}wordprocessingml.{kind}+xml", []):
            text = word_part(archive, names, part)
            if text not in seen:  # the first page, the even and the odd ones often say the same
                seen.add(text)
                yield text

    body = word_part(archive, names, main[0], needed=True)
    around = [*parts("header")], [*parts("footnotes"), *parts("endnotes"), *parts("footer")]
    return found("docx", "\n".join([*around[0], body, *around[1]]))


def word_part(archive: zipfile.ZipFile, names: set[str], part: str, needed: bool = False) -> str:
    """One part of a Word file as text, without what was deleted under "track changes".

    A part that is not there is empty. Raises Damaged where it is `needed`.
    """
    if part not in names:
        part = next((name for name in names if name.lower() == part.lower()), "")
        if not part and needed:
            raise Damaged
        if not part:
            return ""
    text = Text()
    inside = {"t": 0, "fallback": 0}

    def start(namespace: str, name: str, _attributes: dict[str, str]) -> None:
        if namespace == COMPATIBILITY and name == "Fallback":
            inside["fallback"] += 1  # says again, for old readers, what Choice has just said
        if namespace not in WORD or inside["fallback"]:
            return
        if name == "t":
            inside["t"] += 1
        elif name == "txbxContent":
            text.new_line()
        elif name in ("tab", "ptab"):
            text.add("\t")
        elif name in ("br", "cr"):
            text.add("\n")
        elif name == "noBreakHyphen":
            text.add("-")

    def end(namespace: str, name: str) -> None:
        if namespace == COMPATIBILITY and name == "Fallback":
            inside["fallback"] -= 1
        if namespace not in WORD or inside["fallback"]:
            return
        if name == "t":
            inside["t"] -= 1
        elif name == "p":
            text.add("\n")

    def data(piece: str) -> None:
        if inside["t"] and not inside["fallback"]:
            text.add(piece)

    walk(archive, part, start=start, end=end, data=data)
    return str(text)
