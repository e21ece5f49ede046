"""Splits the plain text of a file into headings, lists and paragraphs, without changing a word.

Files lose how they looked when their text is read. A line is taken for a heading by plain rules, so that everybody
can see why: it is short, does not end like a sentence, and is either a usual section of a CV, in English or
German, or written in capitals.
"""

from __future__ import annotations

from collections.abc import Iterator

LONGEST, MOST_WORDS = 45, 6  # of a heading
#: Shorter words in capitals are abbreviations.
CAPITALS = 6
#: Lines; a CV of sixty pages has fewer. What comes after them is one paragraph.
MOST_LINES = 4_000

HEADING, LIST, TEXT = "heading", "list", "text"
#: A kind of block, and where each of its lines or items begins and ends in the text, in characters.
Block = tuple[str, list[tuple[int, int]]]

_BULLETS = "•●▪■◦‣·∙␣*–—-"
#: What ends a sentence, or says that the line goes on.
_OPEN_END = (".", ",", ";", "!", "?", "-", "–")
#: Leaders and rules that PDFs draw behind a heading; fewer are the end of a sentence.
_LEADERS, _FEWEST_LEADERS = ".…_", 3
#: What stands between two sections that one heading names.
_BETWEEN = str.maketrans(dict.fromkeys("&/,|+", " and "))
_AND = ("and", "und", "or")

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


def outline(text: str) -> list[Block]:
    """The blocks of a text, in its order: a heading, the items of a list without their bullets, or a paragraph."""
    blocks: list[Block] = []
    gap = True
    for place, (start, line) in enumerate(lines(text)):
        if place == MOST_LINES:
            blocks.append((TEXT, [(start, len(text.rstrip()))]))
            break
        if not line:
            gap = True
            continue
        kind, words = _read(line, first=not blocks)
        span = (start + len(line) - len(words), start + len(line))
        before, places = blocks[-1] if blocks and not gap else ("", [])
        if before == LIST and kind == TEXT and line[0].islower():
            places[-1] = (places[-1][0], span[1])  # the rest of an item that was longer than its line
        elif before == kind and kind != HEADING:
            places.append(span)
        else:
            blocks.append((kind, [span]))
        gap = False
    return blocks


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Where each line begins, and what stands in it without the white space at its ends."""
    start = 0
    for line in text.split("\n"):
        yield start + len(line) - len(line.lstrip()), line.strip()
        start += len(line) + 1


def is_heading(line: str) -> bool:
    """Whether this line names what comes below it."""
    words = _without_leaders(line.strip()).removesuffix(":").rstrip()
    if not words or len(words) > LONGEST or len(words.split()) > MOST_WORDS or words.endswith(_OPEN_END):
        return False
    low = words.casefold()
    known = low in SECTIONS or all(part in SECTIONS for part in _parts(low))
    return known or (words.isupper() and _is_spoken(words))


def _without_leaders(line: str) -> str:
    words = line.rstrip(_LEADERS + " \t\u00a0")
    return words if sum(map(line[len(words) :].count, _LEADERS)) >= _FEWEST_LEADERS else line


def _parts(words: str) -> list[str]:
    """The sections that a heading names: "skills & languages"."""
    parts: list[list[str]] = [[]]
    for word in words.translate(_BETWEEN).split():
        if word in _AND:
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts]


def _is_spoken(words: str) -> bool:
    """Capitals that are words and not the name of a firm, a certificate or an address."""
    letters = all(character.isalpha() or character in " &/-'’" for character in words)
    return letters and any(len(word) >= CAPITALS for word in words.split())


def _read(line: str, *, first: bool) -> tuple[str, str]:
    """What a line is, and its words; the first one of a text is somebody's name."""
    if line[0] in _BULLETS and line[1:2].isspace():
        return LIST, line[1:].lstrip()
    if is_heading(line) and not (first and line.casefold() not in SECTIONS):
        return HEADING, line
    return TEXT, line
