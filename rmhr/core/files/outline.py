"""Splits the plain text of a file into headings, lists and paragraphs, without changing a word.

Files lose how they looked when their text is read. A line is taken for a heading by plain rules, so that everybody
can see why: it is short, does not end like a sentence, and is either a usual section of a CV, in English or
German, or written in capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST, MOST_WORDS = 45, 6  # of a heading
#: Shorter words in capitals are abbreviations.
CAPITALS = 6

_BULLET = re.compile(r"[•●▪■◦‣·∙␣*–—-]\s+")
#: What ends a sentence, or says that the line goes on.
_OPEN_END = (".", ",", ";", "!", "?", "-", "–")
#: Leaders and rules that PDFs draw behind a heading.
_LEADERS = re.compile(r"(?:\s*[.…_]\s*){3,}$")
_PARTS = re.compile(r"\s*(?:\band\b|\bund\b|\bor\b|[&/,|+])\s*")

#: The usual sections of a CV.
SECTIONS = frozenset(
    " ".join(words.split())
    for words in """
    about, about me, achievements, additional information, awards, besides work, career, career history,
    certificates, certification, certifications, computer skills, contact, continuing education,
    courses, curriculum vitae, education, employment, employment history, experience, further education,
    further training, hobbies, honours, interests, it skills, key skills, language skills, languages,
    licences, memberships, objective, other, personal details, personal information, personal profile,
    personal statement, professional development, professional experience, professional profile,
    professional qualifications, professional summary, profile, projects, publications, qualifications,
    references, skills, strengths, studies, summary, training, voluntary work, volunteering, work, work
    experience, work history,

    abschlüsse, akademische ausbildung, aus- und weiterbildung, ausbildung, auslandsaufenthalte,
    auslandserfahrung, auszeichnungen, außerberufliches, beruf, berufliche erfahrung, berufliche
    stationen, beruflicher hintergrund, beruflicher werdegang, berufsausbildung, berufserfahrung,
    berufspraxis, bildungsweg, edv-kenntnisse, ehrenamt, ehrenamtliche tätigkeit, ehrenamtliches
    engagement, engagement, erfahrung, fortbildung, fortbildungen, fremdsprachen, fähigkeiten, hobbys,
    interessen, it-kenntnisse, kenntnisse, kompetenzen, kontakt, kurzprofil, lebenslauf,
    mitgliedschaften, neben der arbeit, persönliche angaben, persönliche daten, praktika, praktische
    erfahrung, profil, projekte, promotion, qualifikationen, referenzen, schulbildung, schule,
    schulische ausbildung, sonstiges, sprachen, sprachkenntnisse, studium, stärken, veröffentlichungen,
    weiterbildung, weiterbildungen, weitere kenntnisse, werdegang, zertifikate, zu meiner person,
    zusatzqualifikationen, über mich
    """.casefold().split(",")
)


class Kind(StrEnum):
    """What a block of text is."""

    HEADING = "heading"
    LIST = "list"
    TEXT = "text"


@dataclass(frozen=True)
class Block:
    """Lines that belong together: a heading, the items of a list without their bullets, or a paragraph."""

    kind: Kind
    lines: tuple[str, ...]


def outline(text: str) -> list[Block]:
    """The blocks of a text, in its order."""
    blocks: list[Block] = []
    gap = True
    for place, raw in enumerate(text.strip().splitlines()):
        line = raw.strip()
        before = blocks[-1] if blocks and not gap else None
        if not line:
            gap = True
            continue
        kind, words = _read(line, first=place == 0)
        if before and before.kind is Kind.LIST and kind is Kind.TEXT and line[0].islower():
            # The rest of an item that was longer than its line.
            blocks[-1] = Block(Kind.LIST, (*before.lines[:-1], f"{before.lines[-1]}\n{line}"))
        elif before and before.kind is kind and kind is not Kind.HEADING:
            blocks[-1] = Block(kind, (*before.lines, words))
        else:
            blocks.append(Block(kind, (words,)))
        gap = False
    return blocks


def is_heading(line: str) -> bool:
    """Whether this line names what comes below it."""
    words = _LEADERS.sub("", line.strip()).removesuffix(":").rstrip()
    if not words or len(words) > LONGEST or len(words.split()) > MOST_WORDS or words.endswith(_OPEN_END):
        return False
    low = words.casefold()
    known = low in SECTIONS or all(part in SECTIONS for part in _PARTS.split(low))
    return known or (words.isupper() and _is_spoken(words))


def _is_spoken(words: str) -> bool:
    """Capitals that are words and not the name of a firm, a certificate or an address."""
    letters = all(character.isalpha() or character in " &/-'’" for character in words)
    return letters and any(len(word) >= CAPITALS for word in words.split())


def _read(line: str, *, first: bool) -> tuple[Kind, str]:
    """What a line is, and its words; the first one of a text is somebody's name."""
    if bullet := _BULLET.match(line):
        return Kind.LIST, line[bullet.end() :]
    if is_heading(line) and not (first and line.casefold() not in SECTIONS):
        return Kind.HEADING, line
    return Kind.TEXT, line
