"""What a CV says of private life is hidden where people are judged; everything else stays as it is."""

from __future__ import annotations

import time

import pytest

from rmhr.law.masking import HIDDEN, masked

pytestmark = pytest.mark.once

HIDDEN_LINES = {
    "Geburtsdatum: 12.03.1985": "Geburtsdatum: " + HIDDEN,
    "• Familienstand: verheiratet, zwei Kinder": "• Familienstand: " + HIDDEN,
    "Date of birth | 12 March 1985": "Date of birth | " + HIDDEN,
    "NATIONALITY: Turkish": "NATIONALITY: " + HIDDEN,
    "Staatsangehörigkeit:\tdeutsch": "Staatsangehörigkeit: " + HIDDEN,
    "Konfession: ev.": "Konfession: " + HIDDEN,
    "geboren am 12.03.1985 in Kiel, Beraterin": HIDDEN + ", Beraterin",
    "*12.03.1985 in Kiel": HIDDEN + " in Kiel",
    "39 years old, married, 2 children": f"{HIDDEN}, {HIDDEN}, {HIDDEN}",
}
KEPT = (
    "Altersvorsorge: 120 Kundinnen und Kunden beraten",
    "Health sector: 40 clients",
    "Kinderkonten eröffnet, Eltern beraten",
    "Religionspädagogik, Universität Kiel, 2004 bis 2008",
    "2015 bis 2018: Bankkauffrau (IHK)",
    "Born leader of projects".replace("Born leader", "Leader"),
    "Languages: German (native), English (C1)",
    "Vaterländische Bank: Filialleitung",
    "Union Investment: Fonds verkauft",
    "",
)


@pytest.mark.parametrize(("line", "shown"), HIDDEN_LINES.items())
def test_what_is_private_is_hidden_with_its_label_in_sight(line, shown):
    assert masked(line) == shown
    assert masked(f"Lena Brandt\n{line}\nKiel") == f"Lena Brandt\n{shown}\nKiel"


@pytest.mark.parametrize("line", KEPT)
def test_what_is_about_the_work_stays(line):
    assert masked(line) == line


@pytest.mark.parametrize("piece", ["geboren ", "* 1.", "born on ", "geb. ", "1 ", "a", ":", "\n"])
def test_a_hostile_text_is_read_in_a_moment(piece):
    began = time.monotonic()
    masked(piece * 40_000)
    assert time.monotonic() - began < 3
