"""Text from files, whatever is in them."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pypdf
import pytest

from rmhr.core.files import extraction
from rmhr.core.files.extraction import ExtractionBroken, State, extract, tidy
from tests.support import documents

pytestmark = pytest.mark.once
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "family", "kind"),
    [
        (documents.pdf(), "pdf", "pdf"),
        (documents.word(), "zip", "docx"),
        (documents.opendocument(), "zip", "odt"),
    ],
    ids=["pdf", "docx", "odt"],
)
def test_every_line_of_a_cv_is_found_with_its_letters(data, family, kind):
    found = extract(data, family)

    assert (found.state, found.kind) == (State.FOUND, kind)
    for line in documents.CV_LINES:
        assert line in found.text
    assert found.pages == (1 if kind == "pdf" else None)


def test_the_pages_of_a_pdf_are_counted_and_read_in_their_order():
    found = extract(documents.pdf(["Erste Zeile", "Zweite Zeile"], pages=3), "pdf")

    assert found.pages == 3
    assert found.text.split() == ["Erste", "Zeile", "Zweite", "Zeile"] * 3


def test_tables_text_boxes_and_headers_of_a_word_file_are_read_once():
    cells = "".join(f"<w:tc>{documents.word_paragraph(text)}</w:tc>" for text in ("2019", "Bank"))
    box = f"<w:txbxContent>{documents.word_paragraph('In a box')}</w:txbxContent>"
    boxes = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    run = f"<w:p><w:r>{boxes}<w:tab/><w:t>after</w:t><w:br/><w:t>it</w:t></w:r></w:p>"
    body = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>{run}"

    found = extract(documents.word(body, header="Lena Brandt, 040 5550"), "zip")

    assert found.text.split("\n") == ["Lena Brandt, 040 5550", "", "2019", "Bank", "In a box", "after", "it"]


def test_what_was_deleted_from_a_word_file_is_not_its_text():
    gone = "<w:del><w:r><w:delText>secret</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>"

    assert extract(documents.word(f"<w:p>{gone}<w:r><w:t>kept</w:t></w:r></w:p>"), "zip").text == "kept"


def test_tables_headers_and_spaces_of_an_opendocument_text_are_read():
    comment = "<office:annotation><text:p>comment</text:p></office:annotation>"
    cells = "".join(
        f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("2019", f"Bank{comment}")
    )
    body = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
        '<text:h>Two<text:s text:c="2"/>words<text:line-break/>and<text:tab/>more <text:span>here</text:span>'
        "</text:h>"
    )
    found = extract(documents.opendocument(body=body, header="Alex Doe"), "zip")

    assert found.text.split("\n") == ["Alex Doe", "", "2019", "Bank", "Two words", "and more here"]


@pytest.mark.parametrize(
    ("data", "family"),
    [
        (documents.scan(), "pdf"),
        (documents.word("<w:p/>"), "zip"),
        (documents.word(lines=["–  •  –"]), "zip"),
        (documents.opendocument([]), "zip"),
    ],
    ids=["picture", "nothing", "only bullets", "empty odt"],
)
def test_a_file_without_words_has_no_text(data, family):
    found = extract(data, family)

    assert (found.state, found.text) == (State.NONE, "")


TEMPLATE = documents.word(main_type=f"{documents.WORD_TYPES}.template.main+xml")
MACROS = documents.word(main_type="application/vnd.ms-word.document.macroEnabled.main+xml")
ODF = "application/vnd.oasis.opendocument."


@pytest.mark.parametrize(
    ("data", "family", "state", "kind"),
    [
        (documents.encrypted_pdf(), "pdf", State.ENCRYPTED, "pdf"),
        (documents.encrypted_pdf(user=""), "pdf", State.FOUND, "pdf"),
        (documents.opendocument(manifest="<manifest:encryption-data/>"), "zip", State.ENCRYPTED, "odt"),
        (TEMPLATE, "zip", State.OTHER, "template"),
        (documents.opendocument(mimetype=f"{ODF}text-template"), "zip", State.OTHER, "template"),
        (MACROS, "zip", State.OTHER, "macros"),
        (documents.word(extra={"word/vbaProject.bin": b"x"}), "zip", State.OTHER, "macros"),
        (documents.opendocument(extra={"Basic/Standard/Module1.xml": b"<x/>"}), "zip", State.OTHER, "macros"),
        (documents.opendocument(extra={"Basic/Standard/script-lb.xml": b"<x/>"}), "zip", State.FOUND, "odt"),
        (documents.word(main_type="application/vnd.sheet.main+xml"), "zip", State.OTHER, "office"),
        (documents.opendocument(mimetype=f"{ODF}spreadsheet"), "zip", State.OTHER, "office"),
        (documents.archive({"a.txt": b"hello"}), "zip", State.OTHER, "zip"),
    ],
)
def test_locked_files_and_other_types_are_told_apart(data, family, state, kind):
    found = extract(data, family)

    assert (found.state, found.kind) == (state, kind)


@pytest.mark.parametrize(
    ("data", "family"),
    [
        (b"%PDF-1.7\nnothing of the kind", "pdf"),
        (documents.pdf()[:700], "pdf"),
        (b"", "pdf"),
        (documents.word()[:300], "zip"),
        (b"PK\x03\x04" + bytes(100), "zip"),
        (documents.word(extra={"word/document.xml": b"<w:document>"}), "zip"),
        (documents.word(extra={"word/document.xml": f"{ENTITY}<a>&e;</a>".encode()}), "zip"),
        (documents.opendocument(extra={"content.xml": f"{ENTITY}<a>&e;</a>".encode()}), "zip"),
        (documents.opendocument(extra={"META-INF/manifest.xml": b"\xff\xfe<"}), "zip"),
    ],
)
def test_a_damaged_or_malicious_file_is_damaged_and_nothing_else(data, family):
    found = extract(data, family)

    assert (found.state, found.text) == (State.DAMAGED, "")


def test_a_file_that_unpacks_to_more_than_a_document_is_refused_by_what_it_says_of_itself():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        types = f'<Types><Override PartName="/word/document.xml" ContentType="{documents.WORD_TYPES}'
        file.writestr("[Content_Types].xml", types + '.document.main+xml"/></Types>')
        with file.open("word/document.xml", "w") as part:
            for _ in range(80):
                part.write(bytes(1024**2))
    started = time.monotonic()

    assert extract(bomb.getvalue(), "zip").state is State.DAMAGED
    assert time.monotonic() - started < 5


def test_endless_text_ends_at_what_a_person_would_read():
    found = extract(documents.word(lines=["word " * 100] * 4000), "zip")

    assert found.state is State.FOUND
    assert len(found.text) == extraction.MOST_TEXT


def test_a_pdf_of_many_pages_is_read_until_there_is_enough():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(documents.pdf(["word " * 400])))
    for _ in range(400):
        writer.add_page(writer.pages[0])
    out = io.BytesIO()
    writer.write(out)

    found = extract(out.getvalue(), "pdf")

    assert found.pages == 401
    assert len(found.text) > extraction.MOST_TEXT * 0.9


def test_many_elements_without_text_do_not_fill_the_memory():
    found = extract(documents.word("<w:p><w:r/></w:p>" * 1_500_000), "zip")

    assert found.state in (State.NONE, State.TOO_SLOW)


# The child.


def _child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    path = tmp_path / "child.py"
    path.write_text(program)
    monkeypatch.setattr(extraction, "COMMAND", (sys.executable, "-I", str(path)))


def test_a_child_that_does_not_answer_is_ended_with_all_that_it_started(tmp_path, monkeypatch):
    note = f"open({str(tmp_path / 'pids')!r}, 'a').write(f'{{os.getpid()}} ')\n"
    _child(tmp_path, monkeypatch, f"import os, time\n{note}if os.fork() == 0:\n    {note}time.sleep(60)\n")
    monkeypatch.setattr(extraction, "WALL_TIME", 1.5)
    started = time.monotonic()

    assert extract(b"x", "pdf").state is State.TOO_SLOW

    assert time.monotonic() - started < 4
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 2
    deadline = time.monotonic() + 3
    while any(_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_alive(pid) for pid in pids)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("program", "state"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", State.DAMAGED),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", State.TOO_SLOW),
        ("print('not json')", State.DAMAGED),
        ("print('[1]')", State.DAMAGED),
        ('print(\'{"state": "nonsense"}\')', State.DAMAGED),
        ("import sys\nwhile True: sys.stdout.write('x' * 100000)", State.DAMAGED),
    ],
)
def test_a_child_that_crashes_or_talks_nonsense_is_the_files_fault(tmp_path, monkeypatch, program, state):
    _child(tmp_path, monkeypatch, program)

    assert extract(b"x", "pdf").state is state


def test_a_missing_library_is_not_the_files_fault(tmp_path, monkeypatch):
    _child(tmp_path, monkeypatch, "import sys; sys.exit(70)")

    with pytest.raises(ExtractionBroken):
        extract(b"x", "pdf")


def test_the_child_may_neither_write_nor_take_more_than_it_was_given(tmp_path):
    probe = (
        "import json, resource, sys\n"
        f"sys.path.append({str(Path(extraction.__file__).parent)!r})\n"
        "from extract_child.limits import limit\n"
        "limit()\n"
        "limits = [resource.getrlimit(getattr(resource, 'RLIMIT_' + name))[0]\n"
        "          for name in ('AS', 'CPU', 'FSIZE', 'NOFILE', 'CORE', 'NPROC')]\n"
        "try:\n"
        f"    with open({str(tmp_path / 'written')!r}, 'w') as file: file.write('x')\n"
        "    wrote = True\n"
        "except OSError:\n"
        "    wrote = False\n"
        "try:\n"
        "    bytearray(1024**3); large = True\n"
        "except MemoryError:\n"
        "    large = False\n"
        "print(json.dumps([limits, wrote, large]))\n"
    )
    said = subprocess.run([sys.executable, "-I", "-c", probe], capture_output=True, check=True, env={}).stdout

    assert json.loads(said) == [[768 * 1024**2, 10, 0, 64, 0, 0], False, False]


def test_the_child_sees_no_environment_and_an_empty_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("RMHR_SECRET_KEY", "do not tell")
    _child(
        tmp_path,
        monkeypatch,
        "import json, os\n"
        "seen = f'seen {sorted(os.environ)} {os.getcwd() == os.environ[\"TMPDIR\"]} {os.listdir()}'\n"
        "print(json.dumps({'state': 'found', 'text': seen}))",
    )

    seen = extract(b"x", "pdf").text
    assert "RMHR" not in seen
    assert "PATH" not in seen
    assert seen.endswith("True []")


def test_the_child_ends_when_its_seconds_of_work_are_over():
    probe = "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass\n"

    assert subprocess.run([sys.executable, "-I", "-c", probe], check=False).returncode == -signal.SIGXCPU


def test_reading_leaves_no_file_open():
    before = set(os.listdir("/proc/self/fd"))
    for _ in range(3):
        extract(documents.word(), "zip")

    assert set(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\fd", "a\nb\nc\nd"),
        ("ﬁnance oﬃce", "finance office"),
        ("Kunden\u00adberater", "Kundenberater"),
        ("Kunden\ufffe\r\nberater Privat\x02\nkunden", "Kundenberater Privatkunden"),
        ("Privat-\nkunden", "Privat-\nkunden"),
        ("Mu\u0308ller", "Müller"),
        ("a\u00a0\u2009 b\tc  ", "a b c"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("\uf095 040\x00\x07\u202e", "040"),
        ("👩\u200d💼 fine", "👩\u200d💼 fine"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\ud800x", "x"),
        ("  \n\n", ""),
        ("a" + "\u0315\u0300" * 90_000 + "b", "à" + "\u0300" * 14 + "\u0315" * 15 + "b"),
        ("x" * 300_000, "x" * 200_000),
    ],
)
def test_text_is_tidied_to_what_a_person_would_type(raw, clean):
    assert tidy(raw) == clean
