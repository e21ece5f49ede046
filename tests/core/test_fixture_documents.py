"""Real CVs and real attacks from outside, where that folder lies beside the repository."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import Any

import pytest
import yaml

from rmhr.core.db import db
from rmhr.core.files import store, types
from rmhr.core.files.store import NotAcceptable, Upload, accept
from rmhr.core.history.audit import acting
from rmhr.core.policy import SYSTEM
from rmhr.models.documents import Document, TextState
from tests.conftest import FIXTURES
from tests.support.documents import uploaded

#: Files are read the same whatever the database.
pytestmark = [pytest.mark.fixtures, pytest.mark.sqlite]
MOST_SECONDS = 20

#: What must come of each attack: the beginning of its text, "" for "no text found", or words of the refusal.
HOSTILE = {
    "hostile_pdf/bug1020226.pdf": NotAcceptable("damaged"),
    "hostile_pdf/corrupted_zen.pdf": "Beautiful is better than ugly.",
    "hostile_pdf/empty_protected.pdf": "",
    "hostile_pdf/encrypted_needs_password.pdf": NotAcceptable("protected with a password"),
    "hostile_pdf/encrypted_owner_only.pdf": "pdf encryption test",
    "hostile_pdf/evaljs.pdf": "",
    "hostile_pdf/evil_recursive_xobjects.pdf": "Hello world",
    "hostile_pdf/helloworld-bad.pdf": "Hello, world!",
    "hostile_pdf/image_only_grayscale.pdf": "",
    "hostile_pdf/missing_info.pdf": "PDF document without /Info",
    "hostile_pdf/multilang.pdf": "English:\nHello World\nArabic:\nمرحبا بالعالم",
    "hostile_pdf/no_eof_marker.pdf": "",
    "hostile_pdf/scanned_with_ocr_layer.pdf": "THE SIEGE OF VICKSBURG.",
    "hostile_pdf/truncated_or_odd_297.pdf": "test example",
    "hostile_office/crash067.docx": "",
    "hostile_office/macro.docm": NotAcceptable("macros"),
    "hostile_office/password_protected.docx": NotAcceptable("protected with a password"),
    "hostile_office/table_columns.docx": "",
    "hostile_office/truncated.docx": NotAcceptable("damaged"),
    "hostile_office/xml_bomb_billion_laughs.xlsx": NotAcceptable("a type that we cannot read"),
    "hostile_office/xxe_external_entity.docx": NotAcceptable("damaged"),
    "hostile_office/zero_length_part.docx": "",
    "upload_attacks/jpg_exif_php.jpg": NotAcceptable("a type that we cannot read"),
    "upload_attacks/jpg_pixel_flood.jpg": NotAcceptable("a type that we cannot read"),
    "upload_attacks/png_xss_metadata.png": NotAcceptable("a type that we cannot read"),
    "upload_attacks/postscript_named_pdf.pdf": NotAcceptable("not of the type PDF"),
    "upload_attacks/svg_xss_1.svg": NotAcceptable("a type that we cannot read"),
    "upload_attacks/invalid_filenames_windows.txt": "A:",
}
#: The same under a name that the form takes: what is inside decides.
DISGUISED = {
    "hostile_office/macro.docm": ("cv.docx", "macros"),
    "hostile_office/xml_bomb_billion_laughs.xlsx": ("cv.docx", "not of the type DOCX"),
    "hostile_office/xxe_external_entity.docx": ("cv.odt", "damaged"),
    "hostile_office/password_protected.docx": ("cv.odt", "protected with a password"),
    "upload_attacks/jpg_exif_php.jpg": ("cv.pdf", "not of the type PDF"),
    "upload_attacks/png_xss_metadata.png": ("cv.txt", "not of the type TXT"),
    "upload_attacks/svg_xss_1.svg": ("cv.docx", "not of the type DOCX"),
    "cv/en_chronological_resume_template.dotx": ("cv.docx", "template"),
    "cv/en_john_doe.docx": ("cv.odt", "not of the type ODT"),
    "cv/en_resume_minimalist.odt": ("cv.docx", "not of the type DOCX"),
    "cv/es_moderncv.pdf": ("cv.docx", "not of the type DOCX"),
}


def expected_cvs() -> dict[str, dict[str, Any]]:
    path = FIXTURES / "EXPECTED_CV.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def look(path: str, name: str = "") -> Upload:
    """Take one file in, however hostile; whatever it does, it does it quickly."""
    file = FIXTURES / path
    started = time.monotonic()
    try:
        return accept(uploaded(file.read_bytes(), name or file.name))
    finally:
        assert time.monotonic() - started < MOST_SECONDS


def squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


#: Types that the form does not name.
NOT_NAMED = (".dotx", ".md")


@pytest.mark.parametrize("name", [name for name in expected_cvs() if not name.endswith(NOT_NAMED)])
def test_a_readable_cv_yields_its_text(name):
    expected = expected_cvs()[name]

    upload = look(f"cv/{name}")

    assert upload.text_state is TextState.FOUND
    wanted = [expected[key] for key in ("name", "email", "phone") if expected.get(key)]
    for words in [*wanted, *expected.get("must_contain", [])]:
        assert squeezed(words) in squeezed(upload.text)
    assert upload.pages == expected.get("pages")


@pytest.mark.parametrize("path", HOSTILE)
def test_an_attack_is_refused_clearly_or_read_without_harm(path):
    expected = HOSTILE[path]
    if isinstance(expected, NotAcceptable):
        with pytest.raises(NotAcceptable, match=str(expected)):
            look(path)
    else:
        upload = look(path)
        assert upload.text.startswith(expected)
        letters = sum(sign.isalnum() for sign in upload.text)
        few = upload.kind is not store.TXT and letters < store.FEWEST_LETTERS * (upload.pages or 1)
        found = TextState.LITTLE if few else TextState.FOUND
        assert upload.text_state is (found if expected else TextState.NONE)


def test_every_attack_in_the_folder_has_its_answer_here():
    found = {
        f"{folder}/{path.name}"
        for folder in ("hostile_pdf", "hostile_office", "upload_attacks")
        for path in (FIXTURES / folder).iterdir()
    }
    assert found <= HOSTILE.keys()


@pytest.mark.parametrize("path", DISGUISED)
def test_a_file_under_a_false_name_is_refused_for_what_it_is(path):
    name, words = DISGUISED[path]

    with pytest.raises(NotAcceptable, match=words):
        look(path, name)


@pytest.mark.parametrize("name", [name for name in expected_cvs() if name.endswith(".md")])
def test_what_the_form_does_not_name_is_refused_under_its_name_and_read_as_text(name):
    with pytest.raises(NotAcceptable, match="a type that we cannot read"):
        look(f"cv/{name}")
    assert look(f"cv/{name}", "cv.txt").text_state is TextState.FOUND


def test_a_template_is_not_a_cv():
    with pytest.raises(NotAcceptable, match="is a template"):
        look("cv/en_chronological_resume_template.dotx")


def naughty() -> list[str]:
    strings: list[str] = json.loads((FIXTURES / "names" / "blns.json").read_text(encoding="utf-8"))
    windows = (FIXTURES / "upload_attacks" / "invalid_filenames_windows.txt").read_text(encoding="utf-8")
    return strings + windows.splitlines()


def test_no_name_and_no_text_however_naughty_does_harm():
    kept: list[Document] = []
    refusals: list[tuple[str, str]] = []
    with acting(SYSTEM, "tests.arrange"):
        for text in naughty():
            for data, name in ((b"I know my clients.", f"{text}.txt"), (text.encode(), "cv.txt")):
                try:
                    kept.append(store.store(accept(uploaded(data, name))))
                except NotAcceptable as refused:
                    refusals.append((name, str(refused)))
        db.session.add_all(kept)
    db.session.expire_all()

    assert all(name == "cv.txt" or "cannot read" in message for name, message in refusals)
    assert len(kept) > len(naughty())
    for document in kept:
        assert 0 < len(document.name) <= types.LONGEST_NAME
        assert document.name.isprintable() or "\u200d" in document.name or "\u200c" in document.name
        assert not set(document.name) & set('/\\<>:"|?*')
        assert document.text
        assert store.path_of(document).stat().st_size == document.size


@pytest.mark.parametrize("name", ["es_moderncv.pdf", "en_john_doe.docx", "en_resume_minimalist.odt"])
def test_a_cv_that_was_cut_or_garbled_on_its_way_never_harms(name):
    data = (FIXTURES / "cv" / name).read_bytes()
    for n in range(12):
        at = len(data) * (n + 1) // 14
        garbled = data[:at] + bytes(b ^ 0x5A for b in data[at : at + 200]) + data[at + 200 :]
        for broken in (data[:at], garbled):
            with suppress(NotAcceptable):
                assert accept(uploaded(broken, name)).name == name
