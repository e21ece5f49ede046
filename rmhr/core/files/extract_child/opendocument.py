"""The text of OpenDocument files (ODT)."""

from __future__ import annotations

import zipfile

from .parts import walk
from .text import Answer, Damaged, Text, found

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_TEXT, ODF_OFFICE, ODF_SVG = ODF + "text:1.0", ODF + "office:1.0", ODF + "svg-compatible:1.0"
#: Lists of (often empty) libraries of macros; harmless by themselves.
LISTINGS = ("", "script-lb.xml", "script-lc.xml", "dialog-lb.xml", "dialog-lc.xml")


def read_opendocument(archive: zipfile.ZipFile, names: set[str]) -> Answer:
    """The text of an OpenDocument file: headers and footers first (they stand in the styles), then the body.

    Raises Damaged where it has no body.
    """
    with archive.open("mimetype") as file:
        kind = file.read(200).decode("ascii", "replace").strip()
    if kind == "application/vnd.oasis.opendocument.text-template":
        return {"state": "other", "kind": "template"}
    if kind != "application/vnd.oasis.opendocument.text":
        return {"state": "other", "kind": "office"}
    if any(is_macro(name) for name in names):
        return {"state": "other", "kind": "macros"}
    encrypted: list[str] = []
    if "META-INF/manifest.xml" in names:

        def note(_namespace: str, name: str, _attributes: dict[str, str]) -> None:
            if name == "encryption-data":
                encrypted.append(name)

        walk(archive, "META-INF/manifest.xml", start=note)
    if encrypted:
        return {"state": "encrypted", "kind": "odt"}
    if "content.xml" not in names:
        raise Damaged
    around = opendocument_part(archive, "styles.xml") if "styles.xml" in names else ""
    return found("odt", around + "\n" + opendocument_part(archive, "content.xml"))


def is_macro(name: str) -> bool:
    """Whether a file of the archive is a program."""
    folder, _, file = name.partition("/")
    return folder in ("Basic", "Scripts") and file.rsplit("/", 1)[-1] not in LISTINGS


def opendocument_part(archive: zipfile.ZipFile, part: str) -> str:
    """One part as text, without comments and without what was deleted under "track changes"."""
    text = Text()
    inside = {"paragraph": 0, "skipped": 0}

    def start(namespace: str, name: str, attributes: dict[str, str]) -> None:
        inside["skipped"] += skipped(namespace, name)
        if inside["skipped"] or namespace != ODF_TEXT:
            return
        if name in ("p", "h"):
            inside["paragraph"] += 1
            text.new_line()
        elif name == "tab":
            text.add("\t")
        elif name == "line-break":
            text.add("\n")
        elif name == "s":
            count = attributes.get(f"{{{ODF_TEXT}}}c", "1")
            text.add(" " * min(int(count) if count.isdigit() and len(count) < 4 else 1, 20))

    def end(namespace: str, name: str) -> None:
        if not inside["skipped"] and namespace == ODF_TEXT and name in ("p", "h"):
            inside["paragraph"] -= 1
            text.add("\n")
        inside["skipped"] -= skipped(namespace, name)

    def data(piece: str) -> None:
        if inside["paragraph"] and not inside["skipped"]:
            text.add(piece)

    walk(archive, part, start=start, end=end, data=data)
    return str(text)


def skipped(namespace: str, name: str) -> bool:
    """Whether an OpenDocument element holds words that nobody sees on the page."""
    return (
        (namespace == ODF_TEXT and name == "tracked-changes")
        or (namespace == ODF_OFFICE and name == "annotation")
        or (namespace == ODF_SVG and name in ("title", "desc"))
    )
