"""Documents made on the spot: real CVs in every accepted format, and the ones that must be refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

import pypdf
import typst
from werkzeug.datastructures import FileStorage

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CV_LINES = (
    "Jürgen Öztürk-Łoś",
    "juergen@example.org, +49 40 5550 123",
    "Berufserfahrung",
    "2019–2026 Kundenberater, Privatkunden",
    "Prüfung zum Bankfachwirt bestanden",
    "Beratung von Familien und Selbständigen in der Filiale",
    "Finanzierungen vom Antrag bis zur Auszahlung begleitet",
)


def pdf(lines: Iterable[str] = CV_LINES, pages: int = 1) -> bytes:
    """A PDF with these lines on each page."""
    text = "\n".join(f"#par(sys.inputs.at({str(n)!r}))".replace("'", '"') for n, _ in enumerate(lines))
    source: Any = {"main": "#pagebreak()\n".join([text + "\n"] * pages).encode()}
    made = typst.compile(
        source,
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={str(n): line for n, line in enumerate(lines)},
    )
    return bytes(made)


def scan() -> bytes:
    """A PDF that is only a picture."""
    source: Any = {"main": b"#rect(width: 100%, height: 50%, fill: gray)"}
    return bytes(typst.compile(source, format="pdf"))


def encrypted_pdf(user: str = "secret", owner: str = "owner") -> bytes:
    """A PDF with a password to open it; with `user=""`, one that only forbids printing."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt(user_password=user, owner_password=owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(
    body: str | None = None,
    *,
    lines: Iterable[str] = CV_LINES,
    main_type: str = f"{WORD_TYPES}.document.main+xml",
    header: str = "",
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A Word file. `body` is the XML inside w:body; without it, a paragraph for each of `lines`."""
    if body is None:
        body = "".join(word_paragraph(line) for line in lines)
    types = f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>'
    parts: dict[str, bytes] = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()
    }
    if header:
        types += f'<Override PartName="/word/header1.xml" ContentType="{WORD_TYPES}.header+xml"/>'
        types += f'<Override PartName="/word/header2.xml" ContentType="{WORD_TYPES}.header+xml"/>'
        parts["word/header1.xml"] = f'<w:hdr xmlns:w="{WORD}">{word_paragraph(header)}</w:hdr>'.encode()
        parts["word/header2.xml"] = parts["word/header1.xml"]
    namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    content_types = f'<Types xmlns="{namespace}">{types}</Types>'.encode()
    return archive({"[Content_Types].xml": content_types, **parts, **(extra or {})})


def word_paragraph(text: str) -> str:
    """A paragraph of a Word file, as XML."""
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def opendocument(
    lines: Iterable[str] = CV_LINES,
    *,
    mimetype: str = "application/vnd.oasis.opendocument.text",
    header: str = "",
    body: str | None = None,
    manifest: str = "",
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """An OpenDocument text. `body` is the XML inside office:text; without it, paragraphs of `lines`."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style", "manifest")
    )
    if body is None:
        body = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    styles = f"<style:header><text:p>{escape(header)}</text:p></style:header>" if header else ""
    return archive(
        {
            "mimetype": mimetype.encode(),
            "content.xml": (
                f"<office:document-content{names}><office:body><office:text>{body}</office:text></office:body>"
                "</office:document-content>"
            ).encode(),
            "styles.xml": f"<office:document-styles{names}>{styles}</office:document-styles>".encode(),
            "META-INF/manifest.xml": f"<manifest:manifest{names}>{manifest}</manifest:manifest>".encode(),
            **(extra or {}),
        }
    )


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def password_protected_word() -> bytes:
    """The beginning of what Word writes when a document has a password: an OLE container, not a zip."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    )


def uploaded(data: bytes, name: str) -> FileStorage:
    """The file as a form hands it over."""
    return FileStorage(io.BytesIO(data), filename=name)
