"""What applicants say of private life is hidden where people are judged; everything else stays as it is."""

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
    "Born 12 March 1985 in Kiel": HIDDEN,
    "Ich bin 1985 in Kiel geboren und seit 2010 Berater.": f"Ich bin {HIDDEN} und seit 2010 Berater.",
    "Meine Familie lebt in Kiel, und ich bin Mutter von zwei kleinen Kindern.": (
        f"{HIDDEN} lebt in Kiel, und {HIDDEN} von {HIDDEN}."
    ),
    "As a working mother I plan well; my husband cooks.": f"{HIDDEN} I plan well; {HIDDEN} cooks.",
    "I'm a Muslim and on Fridays I finish early.": f"{HIDDEN} and on Fridays I finish early.",
    "Nach der Elternzeit kam ich mit GdB 50 zurück.": f"{HIDDEN} kam ich mit {HIDDEN} zurück.",
    "ledig/keine": f"{HIDDEN}/keine",
    "I am 34 years old, married, Catholic, and have two children.": (
        f"I am {HIDDEN}, {HIDDEN}, {HIDDEN}, and have {HIDDEN}."
    ),
    "Verheiratet, katholisch, Nichtraucher": f"{HIDDEN}, {HIDDEN}, Nichtraucher",
    "Christian Vogt, ledig": f"Christian Vogt, {HIDDEN}",
    "39 years old, married, 2 children": f"{HIDDEN}, {HIDDEN}, {HIDDEN}",
}
KEPT = (
    "Altersvorsorge: 120 Kundinnen und Kunden beraten",
    "Health sector: 40 clients",
    "Kinderkonten eröffnet, Eltern beraten",
    "Religionspädagogik, Universität Kiel, 2004 bis 2008",
    "2015 bis 2018: Bankkauffrau (IHK)",
    "Born leader of projects",
    "verheiratete Kunden und ihre Kinderkonten beraten",
    "Als Vaterhaus der Genossenschaft bekannt",
    "I am a mothership of ideas",
    "Nach der Elternzeitberatung: 30 Abschlüsse",
    "Languages: German (native), English (C1)",
    "Vaterländische Bank: Filialleitung",
    "Union Investment: Fonds verkauft",
    "Katholische Universität Eichstätt, 2004 bis 2008",
    "Treasurer of the Catholic hospital, 2015 to 2018",
    "",
)


@pytest.mark.parametrize(("line", "shown"), HIDDEN_LINES.items())
def test_what_is_private_is_hidden_with_its_label_in_sight(line, shown):
    assert masked(line) == shown
    assert masked(f"Lena Brandt\n{line}\nKiel") == f"Lena Brandt\n{shown}\nKiel"


@pytest.mark.parametrize("line", KEPT)
def test_what_is_about_the_work_stays(line):
    assert masked(line) == line


@pytest.mark.parametrize(
    "piece",
    [
        "geboren ",
        "* 1.",
        "born on ",
        "geb. ",
        "1 ",
        "a",
        ":",
        "\n",
        "my ",
        "als ",
        "in a geboren ",
        "ä\u0301",
    ],
)
def test_a_hostile_text_is_read_in_a_moment(piece):
    began = time.monotonic()
    masked(piece * 40_000)
    assert time.monotonic() - began < 3
