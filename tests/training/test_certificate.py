"""The certificate, read as a person and as a program would."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest

from rmhr.training.certificate import certificate_pdf

GIVEN: dict[str, Any] = {
    "person": "Lena Brandt",
    "course": "Anti-Money Laundering and Counter-Terrorist Financing",
    "issued_on": date(2026, 11, 23),
    "valid_until": date(2027, 11, 23),
    "score": 92,
    "code": "7K3M-QX9P-2WHD",
    "check_url": "https://people.bank.example/certificates/7K3M-QX9P-2WHD",
    "bank": "Nordhaven Bank",
    "language": "en",
    "at": datetime(2026, 11, 23, 12, tzinfo=UTC),
}


def read(**other: Any) -> tuple[pypdf.PdfReader, str]:
    reader = pypdf.PdfReader(io.BytesIO(certificate_pdf(**GIVEN | other)))
    assert len(reader.pages) == 1
    return reader, " ".join(reader.pages[0].extract_text().split())


def test_it_says_who_passed_what_when_and_how_to_check_it():
    reader, text = read()

    for words in (
        "Nordhaven Bank",
        "Certificate",
        "Lena Brandt",
        "has passed the exam for the course",
        "Anti-Money Laundering and Counter-Terrorist Financing",
        "23 November 2026",
        "23 November 2027",
        "92% of the points",
        "7K3M-QX9P-2WHD",
        "https://people.bank.example/certificates/7K3M-QX9P-2WHD",
    ):
        assert words in text
    assert reader.root_object["/Lang"] == "en"
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(width), round(height)) == (842, 595)


def test_in_german_it_speaks_german():
    reader, text = read(language="de", person="Jürgen Öztürk", course="Geldwäscheprävention")

    assert reader.root_object["/Lang"] == "de"
    for words in ("Zertifikat", "Jürgen Öztürk", "23. November 2026", "Gültig bis", "92 % der Punkte"):
        assert words in text
    assert "Certificate" not in text


def test_without_an_end_it_says_so():
    assert "without limit" in read(valid_until=None)[1]


def test_what_cannot_be_printed_is_said_on_it():
    for language, said in (("en", "Characters that cannot be printed"), ("de", "Zeichen, die sich nicht")):
        _, whole = read(language=language, person="李明")
        _, gaps = read(language=language, person="Anna 🎉")
        assert said not in whole
        assert "□" not in whole
        assert said in gaps
        assert "Anna □" in gaps


def test_only_its_title_is_a_heading_and_every_line_is_a_paragraph():
    reader, _ = read()
    tags: list[tuple[str, ...]] = []

    def walk(element: Any, above: tuple[str, ...]) -> None:
        it = element.get_object()
        if isinstance(it, list):
            for each in it:
                walk(each, above)
        elif isinstance(it, dict) and "/S" in it:
            way = (*above, str(it["/S"]))
            tags.append(way)
            if "/K" in it:
                walk(it["/K"], way)

    walk(reader.root_object["/StructTreeRoot"]["/K"], ())
    kinds = [way[-1] for way in tags]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1"]
    assert ("/Document", "/H1") in tags
    assert "/Span" not in kinds
    assert kinds.count("/P") >= len(["bank", "person", "lead", "course", "check"])
    assert not any("/P" in way[:-1] and way[-1] == "/H1" for way in tags)


@pytest.mark.parametrize(
    ("person", "course"),
    [
        ("Dr. Maximiliane Freifrau von Schönburg-Wißmannsdorf-Hohenlohe " * 3, "Course " * 60),
        ("Donaudampfschifffahrtsgesellschaft" * 4, "Rindfleischetikettierungsüberwachung" * 5),
        ("x", "y"),
        ("#panic() <script>", '"; {{ 7 * 7 }}'),
        ("李明", "محمد 🎉"),
    ],
)
def test_any_name_fits_on_the_one_page(person, course):
    _, text = read(person=person, course=course)

    assert "7K3M-QX9P-2WHD" in text
