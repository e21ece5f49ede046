"""PDF out of templates: tagged, the same every time, and closed to what is in the data."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdf
import pytest

from rmhr.core.files import pdf

pytestmark = pytest.mark.once
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGE = """
#let data = json("data.json")
#set document(title: data.title)
#set text(lang: data.language)
#heading(data.title)
#data.at("body", default: "")
"""


@pytest.fixture
def template(tmp_path, monkeypatch):
    """`template(source)` makes it the template "page.typ"."""
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)

    def write(source: str = PAGE) -> str:
        (tmp_path / "page.typ").write_text(source, encoding="utf-8")
        return "page.typ"

    return write


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def test_a_document_is_tagged_and_has_a_title_and_a_language(template):
    made = read(pdf.render(template(), {"title": "Prüfung"}, language="de", at=AT))

    assert made.root_object["/Lang"] == "de"
    assert made.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in made.root_object
    assert made.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata is not None
    assert (made.metadata.title, made.metadata.creation_date) == ("Prüfung", AT)
    assert b"pdfuaid" in made.root_object["/Metadata"].get_data()
    assert made.pages[0].extract_text().strip() == "Prüfung"


def test_the_same_data_give_the_same_bytes(template):
    name = template()
    first, second = (pdf.render(name, {"title": "Same"}, language="en", at=AT) for _ in range(2))

    assert first == second


def test_data_are_words_never_markup_or_a_way_to_a_file(template):
    evil = '#read("/etc/passwd") $x$ *bold* = Title @ref \\ "quoted" {{ }} </json>'

    made = read(pdf.render(template(), {"title": "x", "body": evil}, language="en", at=AT))

    assert "".join(evil.split()) in "".join(made.pages[0].extract_text().split()).replace("“", '"').replace(
        "”", '"'
    )


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../etc/passwd", "/pyproject.toml"])
def test_a_template_reads_nothing_but_what_it_is_given(template, path):
    with pytest.raises(pdf.NotRendered):
        pdf.render(template(f'#set document(title: "x")\n#read("{path}")'), {}, language="en", at=AT)


#: Whose name is written in which script.
NAMES = {
    "Latin": "Łucja Öztürk-Şahin, Nguyễn Thị Ánh",
    "Greek": "Γιώργος Παπαδόπουλος",
    "Cyrillic": "Олександр Ґонта",
    "Hebrew": "דוד כהן",
    "Arabic": "محمد بن عبد الله",
    "Persian": "پژمان گلچین",
    "Devanagari": "राजेश कुमार",
    "Tamil": "தமிழ்செல்வி",
    "Telugu": "శ్రీనివాస్",
    "Khmer": "សុខា",
    "Thai": "สมชาย ใจดี",
    "Chinese": "李明",
    "Japanese": "山田さくら",
    "Korean": "김민준",
    "Armenian": "Արամ",
    "Georgian": "გიორგი",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_in_any_of_these_scripts_is_set_as_it_is(template, name):
    assert pdf.missing(name) == ""

    made = read(pdf.render(template(), {"title": name}, language="en", at=AT))

    assert b"pdfuaid" in made.root_object["/Metadata"].get_data()
    assert pdf.BLANK not in made.pages[0].extract_text()


def test_every_european_letter_can_be_set():
    assert pdf._sets("".join(sign for sign in sorted(pdf.EUROPEAN) if sign.isalpha()))


def test_what_no_font_has_is_named_and_shown_as_a_blank(template):
    assert pdf.missing("Anna 🎉 አበበ") == "🎉አበ"
    assert pdf.printable(["Anna 🎉", {"a": "አበበ", "b": 3}]) == ["Anna □", {"a": "□□□", "b": 3}]

    made = read(pdf.render(template(), {"title": "Anna 🎉 አበበ"}, language="en", at=AT))

    assert made.pages[0].extract_text().strip() == "Anna □ □□□"
    assert b"pdfuaid" in made.root_object["/Metadata"].get_data()


def test_it_is_a_bug_that_is_told_and_no_blank_that_hides_it(template):
    with pytest.raises(pdf.NotRendered):
        pdf.render(template("#panic()"), {"title": "🎉"}, language="en", at=AT)


def test_a_picture_needs_words_for_those_who_do_not_see_it(template):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    source = '#set document(title: "x")\n#image("a.svg", alt: "A square")'

    made = pdf.render(template(source), {}, language="en", at=AT, files={"a.svg": svg})

    assert b"A square" in made or "/StructTreeRoot" in read(made).root_object


def test_a_bug_in_a_template_is_named_with_its_place(template):
    with pytest.raises(pdf.NotRendered, match=r"page\.typ: .*unknown variable: nobody"):
        pdf.render(template("#nobody"), {}, language="en", at=AT)


def test_a_moment_without_a_zone_is_refused(template):
    with pytest.raises(ValueError, match="time zone"):
        pdf.render(template(), {"title": "x"}, language="en", at=datetime(2026, 11, 23))
