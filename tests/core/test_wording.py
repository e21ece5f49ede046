"""One word for one thing, in both languages: words that were struck out stay out of the catalogues."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import yaml
from babel.messages.pofile import read_po

from tests.test_architecture import ROOT

pytestmark = pytest.mark.once


class Struck(NamedTuple):
    """A turn of phrase that is not written, what is said instead, and the English sentences in which it is right."""

    words: str
    instead: str
    but: tuple[str, ...] = ()
    content: bool = False  # in the starter content neither; a lesson may speak of a fee or of colleagues


GERMAN = [
    Struck(r"\bHR\b|Personal(team|bereich|zuständigkeit)|\bPersonal\b", "Personalabteilung"),
    Struck(r"Kn[oö]pf", "Schaltfläche", content=True),
    Struck(r"Entgelt", "Gehalt, Gehaltsspanne", ("Only if it is outside the range. Everybody has",)),
    Struck(r"Kundschaft", "Kundin oder Kunde; Kundinnen und Kunden"),
    Struck(r"Kolleg", "Mitarbeitende"),
    Struck(r"Bewerberinnen und|Bewerberin oder|Interviewende", "Bewerbende; wer Interviews führt"),
    Struck(r"Kandidatin oder|Kandidaten? oder|oder dem Kandidaten", "die Person", content=True),
    Struck(
        r"\bMenschen\b",
        "Personen, Mitarbeitende, Bewerbende",
        (
            "People decide",
            "Each colour is checked",
            "Help for people with disabilities",
            "Interpersonal skills",
            "Work with people who stay",
        ),
    ),
    Struck(r"Shadowing", "Hospitation, Hospitationsprogramm", ("Job shadowing",)),
    Struck(r"Begleitung", "Hospitation", ("Signed off: meetings without a host",)),
    Struck(r"[Aa]b(ge)?zeichn", "Freigabe, freigeben", content=True),
    Struck(r"\bLeiter\b|Gastgeber", "Stufen, Hospitationsprogramm; Hospitation bei", content=True),
    Struck(
        r"\b[Aa]bgesagt|\babsagen\b|^Absagen…|\bsagen Sie (es|sie) ab\b",
        "Absage erteilen (Bewerbung), abbrechen (Runde, Programm)",
        (
            "Cancel",
            "For %(posting)s; say whether it took place, was cancelled",
            "Interview cancelled",
            "The interview was cancelled.",
            "An interview is still planned",
            "It counts as planned again then: change its date, cancel it",
        ),
    ),
    Struck(
        r"Ablehnungsgrund|Vorauswahl|Einstellungsteam|Fragensammlung",
        "Absagegrund, Sichtung, Auswahlteam, Fragensatz",
    ),
    Struck(
        r"[Pp]rivate[rn]? Link|[Ee]igenen? Seite",
        "persönlicher Link, persönliche Seite",
        ("Who reads an open posting is switched", "On a page of its own"),
        content=True,
    ),
    Struck(r"\bwegnehmen\b|\bnehmen Sie (einen|alle) Filter", "Filter entfernen"),
    Struck(r"[Uu]nverzichtbar|[Nn]ützlich", "unerlässlich, hilfreich"),
    Struck(r"\b(das|ist|Ein) Mittel\b|^Mittel (?!, )\w", "Mittelwert"),
    Struck(r"\bRückzug", "zurückziehen"),
    Struck(
        r"^Keine? \w+ passt|^Niemand passt|^Nichts passt", "Keine Treffer", ("No person matches the search",)
    ),
    Struck(r"\bhinausgehen\b|\bgeh(t|en) [^.]*\bhinaus\b", "versenden"),
    Struck(r"(?<!-)\bMails?\b", "E-Mail"),
    Struck(r"\bbekäme\b|\berfährt es sofort", "erhielte; wird informiert"),
    Struck(r"Gespräch planen", "Interview planen"),
    Struck(r"Freigegebene Ausschreibung|freigegebene Ausschreibung", "genehmigte Ausschreibung"),
]

ENGLISH = [
    Struck(r"\bGood day\b|\bHello\b", "Dear %(name)s,"),
    Struck(r"^(No( \w+)?|Nobody|Nothing) fits?\b", "No results"),
    Struck(r"\b[Tt]ake off\b|\btake them off\b", "Clear a filter, Remove"),
    Struck(
        r"\bcame off\b|\bcome to pass\b|\byour yes\b|\bWelcome to us\b",
        "was hired, work out, accepting, to the team",
    ),
    Struck(r"\bunwanted mails?\b", "spam folder"),
    Struck(r"(?<!\()\brungs?\b|\bladders?\b", "stage, programme"),
    Struck(r"\bpaused just now\b|\bfor the moment\b", "Applications are paused, at the moment"),
    Struck(r"\bstands? (?!in\b|now\b)|\bstood\b(?! in\b)|\bstands$", "is, appears, is shown"),
    Struck(r"\b(hangs?|hung) on\b", "has to be handed over"),
    Struck(r"\bowed\b|\bowes?\b", "due"),
    Struck(r"\bSeveral of several\b|\bOne of several\b", "Multiple choice, Single choice"),
    Struck(
        r"\bis not a subject\b|\bletter by letter\b|\bkeeps time\b|\bfigures advise\b", "see the sentence"
    ),
    Struck(r"\byour own page\b|\bopens your page\b", "your private page", content=True),
    Struck(r"\beverybody above\b|\banybody above\b", "higher supervisors", content=True),
    Struck(r"\bgoes? on where\b|\bIt goes on\b|\bdoes it go on\b", "continues"),
    Struck(
        r"\b[Rr]ecommend",
        "refer, referral",
        (
            "%(yes)s of %(num)s recommend",
            "Choose your recommendation",
            "Recommendation",
            "Your recommendation",
        ),
    ),
    Struck(r"\bneed not do anything\b", "there is nothing you need to do"),
]


def sentences() -> Iterator[tuple[str, str, str]]:
    """(file, English, German) of every message, each number of it by itself."""
    for path in sorted((ROOT / "rmhr" / "translations" / "de").glob("*.po")):
        for message in read_po(io.BytesIO(path.read_bytes()), locale="de"):
            if not message.id:
                continue
            english = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
            german = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
            for said, meant in zip(english, german, strict=True):
                yield path.name, said, meant


def offenders(struck: list[Struck], language: str) -> list[str]:
    """A line for each sentence in `language` with a word of the table: what to say instead, and the sentence."""
    found = []
    told = list(sentences())
    for row in struck:
        pattern = re.compile(row.words)
        for file, english, german in told:
            text = english if language == "en" else german
            if pattern.search(text) and not english.startswith(row.but or ("\0",)):
                found.append(f"{file}: say “{row.instead}” in: {text}")
    return found


def _texts(given: object, language: str) -> Iterator[str]:
    """Every text in `language` anywhere in a file of content."""
    if isinstance(given, dict):
        if isinstance(said := given.get(language), str):
            yield said
        for value in given.values():
            yield from _texts(value, language)
    elif isinstance(given, list):
        for value in given:
            yield from _texts(value, language)


@pytest.mark.parametrize(("language", "struck"), [("de", GERMAN), ("en", ENGLISH)])
def test_no_sentence_has_a_word_that_was_struck_out(language, struck):
    assert not offenders(struck, language), "\n".join(offenders(struck, language))


@pytest.mark.parametrize(("language", "struck"), [("de", GERMAN), ("en", ENGLISH)])
def test_the_starter_content_has_none_of_those_that_are_wrong_everywhere(language, struck):
    rows = [row for row in struck if row.content]
    found = [
        f"{path.name}: say “{row.instead}” in: {text}"
        for path in sorted((ROOT / "rmhr" / "content").glob("*.yaml"))
        for text in _texts(yaml.safe_load(path.read_text("utf-8")), language)
        for row in rows
        if re.search(row.words, text)
    ]
    assert rows
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("language", "struck"), [("de", GERMAN), ("en", ENGLISH)])
def test_every_exception_is_needed(language, struck):
    told = list(sentences())
    idle = [
        f"{row.words}: {start}"
        for row in struck
        for start in row.but
        if not any(
            english.startswith(start) and re.search(row.words, english if language == "en" else german)
            for _file, english, german in told
        )
    ]
    assert not idle, "\n".join(idle)


def test_the_tables_find_what_they_forbid():
    said = {"de": "Die HR-Abteilung hat den Knopf.", "en": "Good day Lena, nothing is owed."}
    assert [row.instead for row in GERMAN if re.search(row.words, said["de"])] == [
        "Personalabteilung",
        "Schaltfläche",
    ]
    assert [row.instead for row in ENGLISH if re.search(row.words, said["en"])] == ["Dear %(name)s,", "due"]
