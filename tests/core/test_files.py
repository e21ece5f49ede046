"""Which files are taken, how they are kept, and that nothing of a name reaches the disk."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.files import extraction, store
from rmhr.core.files.store import CV, Allowed, NotAcceptable, accept
from rmhr.core.files.types import MB, clean_name, size_words
from rmhr.core.history.audit import acting
from rmhr.core.i18n import speaking
from rmhr.core.policy import SYSTEM
from rmhr.models.documents import Document, TextState
from tests.support import documents
from tests.support.documents import uploaded

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)


def refusal(data: bytes, name: str, allowed: Allowed = CV) -> str:
    with pytest.raises(NotAcceptable) as refused:
        accept(uploaded(data, name), allowed)
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "name", "kind", "pages"),
    [
        (documents.pdf(), "CV.pdf", store.PDF, 1),
        (documents.pdf(), "CV.PDF", store.PDF, 1),
        (documents.word(), "Lebenslauf.docx", store.DOCX, None),
        (documents.opendocument(), "Lebenslauf.odt", store.ODT, None),
        ("\n".join(documents.CV_LINES).encode(), "cv.txt", store.TXT, None),
        ("\ufeff" + "\r\n".join(documents.CV_LINES), "cv2.txt", store.TXT, None),
    ],
)
def test_a_real_cv_is_taken_with_its_text(data, name, kind, pages):
    upload = accept(uploaded(data.encode() if isinstance(data, str) else data, name))

    assert (upload.name, upload.kind, upload.pages) == (name, kind, pages)
    assert upload.text_state is TextState.FOUND
    for line in documents.CV_LINES:
        assert line in upload.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_may_be_in_any_usual_encoding(encoding):
    assert accept(uploaded("Jürgen – 5 €\nMüller".encode(encoding), "cv.txt")).text == "Jürgen – 5 €\nMüller"


def test_a_scan_is_taken_and_known_to_have_no_text():
    upload = accept(uploaded(documents.scan(), "scan.pdf"))

    assert (upload.text, upload.text_state, upload.pages) == ("", TextState.NONE, 1)


@pytest.mark.parametrize(
    ("lines", "pages", "state"),
    [
        (("Gescannt am 30.11.2026, Seite",), 1, TextState.LITTLE),
        (("Gescannt am 30.11.2026, Seite",), 4, TextState.LITTLE),
        (
            ("Maren Oltmanns, Große Bergstraße 162, 22767 Hamburg, maren.oltmanns@example.org",),
            2,
            TextState.LITTLE,
        ),
        (documents.CV_LINES, 1, TextState.FOUND),
        (documents.CV_LINES, 3, TextState.FOUND),
    ],
)
def test_a_scan_with_a_line_of_text_is_still_a_scan(lines, pages, state):
    assert accept(uploaded(documents.pdf(lines, pages), "cv.pdf")).text_state is state


def test_a_word_file_around_a_picture_is_a_scan_and_a_short_text_is_not():
    assert accept(uploaded(documents.word(lines=["Lebenslauf"]), "cv.docx")).text_state is TextState.LITTLE
    assert accept(uploaded(b"Lebenslauf", "cv.txt")).text_state is TextState.FOUND


def test_a_pdf_that_only_its_owner_locked_is_read():
    assert accept(uploaded(documents.encrypted_pdf(user=""), "cv.pdf")).text_state is TextState.FOUND


def test_a_pdf_without_an_ending_is_given_one():
    assert accept(uploaded(documents.pdf(), "Lebenslauf")).name == "Lebenslauf.pdf"


def test_the_file_can_be_read_again_after_it_was_looked_at():
    file = uploaded(documents.pdf(), "cv.pdf")

    assert accept(file).data == file.stream.read()


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "", "Choose a file."),
        (b"", "cv.pdf", "“cv.pdf” is empty. Choose another file."),
        (b" \n\t ", "cv.txt", "“cv.txt” is empty. Choose another file."),
        (
            PNG,
            "photo.png",
            "“photo.png” has a type that we cannot read. Choose a file of the type PDF, DOCX, ",
        ),
        (documents.pdf(), "cv.pdf.exe", "“cv.pdf.exe” has a type that we cannot read."),
        (b"\xd0\xcf\x11\xe0", "cv.doc", "“cv.doc” has a type that we cannot read."),
        (b"just words", "README", "“README” has a type that we cannot read."),
        (documents.word(), "cv", "“cv” has a type that we cannot read."),
        (
            PNG,
            "cv.pdf",
            "“cv.pdf” is not of the type PDF, although its name says so. Save it again as a PDF, ",
        ),
        (b"\n" + documents.pdf(), "cv.pdf", "“cv.pdf” is not of the type PDF"),
        (b"MZ\x00" + documents.pdf(), "cv.pdf", "“cv.pdf” is not of the type PDF"),
        (b"%!PS\nquit", "cv.pdf", "“cv.pdf” is not of the type PDF"),
        (documents.pdf(), "cv.docx", "“cv.docx” is not of the type DOCX"),
        (documents.opendocument(), "cv.docx", "“cv.docx” is not of the type DOCX"),
        (documents.word(), "cv.odt", "“cv.odt” is not of the type ODT"),
        (documents.archive({"a": b"b"}), "cv.docx", "“cv.docx” is not of the type DOCX"),
        (documents.pdf(), "cv.txt", "“cv.txt” is not of the type TXT"),
        (PNG, "cv.txt", "“cv.txt” is not of the type TXT"),
        (b"a\x00b", "cv.txt", "“cv.txt” is not of the type TXT"),
        (b"\xff\xfea", "cv.txt", "“cv.txt” is not of the type TXT"),
        (b"\x81\x8d", "cv.txt", "“cv.txt” is not of the type TXT"),
        (documents.encrypted_pdf(), "cv.pdf", "“cv.pdf” is protected with a password. Save it without "),
        (documents.password_protected_word(), "cv.docx", "“cv.docx” is protected with a password."),
        (documents.pdf()[:500], "cv.pdf", "“cv.pdf” cannot be opened: it is damaged or not complete."),
        (documents.word()[:500], "cv.docx", "“cv.docx” cannot be opened: it is damaged or not complete."),
        (documents.word(extra={"word/vbaProject.bin": b""}), "cv.docx", "“cv.docx” contains macros"),
        (documents.word(), "cv.docm", "“cv.docm” contains macros"),
        (documents.word(), "cv.dotx", "“cv.dotx” is a template, not a finished document."),
    ],
)
def test_a_refusal_says_what_to_do(data, name, message):
    assert refusal(data, name).startswith(message)


def test_a_file_that_is_too_large_is_refused_with_its_size():
    assert refusal(bytes(14 * MB), "CV.pdf") == (
        "“CV.pdf” is 14 MB, at most 10 MB are possible. Save it smaller or choose another file."
    )
    assert "is 10.1 MB, at most 10 MB" in refusal(bytes(CV.max_bytes + 1), "CV.pdf")
    assert accept(uploaded(b"x" * CV.max_bytes, "cv.txt")).size == CV.max_bytes


def test_a_file_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(extraction, "WALL_TIME", 0.01)

    assert refusal(documents.pdf(), "cv.pdf").startswith("“cv.pdf” takes too long to open.")


def test_only_the_kinds_that_are_wanted_here_are_taken():
    assert "type PDF." in refusal(documents.word(), "cv.docx", Allowed(kinds=(store.PDF,), max_bytes=MB))


def test_a_form_says_beforehand_what_is_taken():
    assert CV.endings == ".pdf,.docx,.odt,.txt"
    assert CV.hint == "PDF, DOCX, ODT or TXT, up to 10 MB."


@pytest.mark.parametrize("kind", CV.kinds, ids=lambda kind: kind.name)
def test_no_ending_is_taken_that_is_not_named(kind):
    assert kind.endings == (kind.name.lower(),)


@pytest.mark.parametrize("name", ["cv.md", "cv.text", "cv.rtf", "cv.pages"])
def test_a_kind_that_is_not_named_is_refused_with_those_that_are(name):
    assert "PDF, DOCX, ODT or TXT" in refusal("\n".join(documents.CV_LINES).encode(), name)


@pytest.mark.parametrize(
    ("size", "english", "german"),
    [
        (1, "1 KB", "1 KB"),
        (12_000, "12 KB", "12 KB"),
        (MB, "1 MB", "1 MB"),
        (3_600_000, "3.5 MB", "3,5 MB"),
        (14 * MB, "14 MB", "14 MB"),
        (14 * MB + 1, "15 MB", "15 MB"),
    ],
)
def test_sizes_are_rounded_up_and_written_as_the_reader_writes_numbers(size, english, german):
    with speaking("en"):
        assert size_words(size) == english
    with speaking("de"):
        assert size_words(size) == german


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("Lebenslauf Müller 🎉.pdf", "Lebenslauf Müller 🎉.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\cv.pdf", "cv.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("cv\x00\r\nSet-Cookie: a=b.pdf", "cvSet-Cookie_ a=b.pdf"),
        ("Mu\u0308ller.pdf", "Müller.pdf"),
        ('a<b>:"|?*c.pdf', "a_b______c.pdf"),
        ("  .. cv .pdf . ", "cv.pdf"),
        ("...", ""),
        ("", ""),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 300, "x" * 120),
        ("a." + "x" * 300, "a." + "x" * 118),
        ("\ud800.pdf", "pdf"),
    ],
)
def test_names_are_cleaned_but_kept(given, clean):
    assert clean_name(given) == clean


# Keeping.


def kept(data: bytes = b"I know my clients.", name: str = "cv.txt") -> Document:
    with acting(SYSTEM, "tests.arrange"):
        document = store.store(accept(uploaded(data, name)))
        db.session.add(document)
    return document


def test_a_file_lies_under_its_key_for_its_owner_only(app):
    document = kept(name="../Müller 🎉.txt")
    path = store.path_of(document)

    assert path == Path(app.config["DATA_DIR"]) / document.key[:2] / document.key
    assert path.read_bytes() == b"I know my clients."
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (document.name, document.size, document.content_type) == ("Müller 🎉.txt", 18, "text/plain")
    assert len(document.sha256) == 64
    assert not list(path.parent.glob("*.tmp"))


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 32 + "\n"])
def test_only_a_key_of_ours_becomes_a_path(key):
    with pytest.raises(ValueError):
        store.path_of(Document(key=key))


def test_what_a_rollback_left_is_swept_up_a_day_later():
    known, forgotten = kept(), store.store(accept(uploaded(b"rolled back", "cv.txt")))
    young = store.store(accept(uploaded(b"still being written", "cv.txt")))
    unfinished = store.path_of(known).with_suffix(".tmp")
    unfinished.write_bytes(b"the power went")
    two_days_ago = (clock.now() - timedelta(days=2)).timestamp()
    for path in (store.path_of(known), store.path_of(forgotten), unfinished):
        os.utime(path, (two_days_ago, two_days_ago))

    left = {store.path_of(forgotten), unfinished}
    assert left <= set(store.orphans())
    assert store.sweep() >= 2

    assert not any(path.exists() for path in left)
    assert store.path_of(known).exists()
    assert store.path_of(young).exists()
    assert store.sweep() == 0


def test_a_file_whose_row_was_deleted_is_swept_up_too():
    document = kept()
    path = store.path_of(document)
    with acting(SYSTEM, "tests.arrange"):
        db.session.delete(document)

    with clock.at(clock.now() + timedelta(days=2)):
        store.sweep()

    assert not path.exists()
