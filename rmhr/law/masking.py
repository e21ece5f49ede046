"""What a CV says of private life, hidden where people are judged: birth, age, family, religion, health, origin.

Nobody may be chosen or passed over for it (sections 1 and 7 AGG). The original file shows everything, on a click that
stands in the history. Plain string work: a line is looked at label by label, and no pattern reads further than a line.
"""

from __future__ import annotations

import re

from rmhr.core.folding import folded

#: What stands in the text instead; the words beside it say what was there.
HIDDEN = "▒▒▒▒"
#: The first words of a line that tells something private, as people write them: "Familienstand: ledig".
_PRIVATE = """
    date of birth, born on, born in, born, birth date, birthday, dob, place of birth, birthplace, age,
    marital status, civil status, family status, maiden name, children, number of children, religion,
    denomination, confession, faith, nationality, citizenship, ethnicity, ethnic origin, gender, sex,
    health, state of health, disability, degree of disability, severe disability, trade union, union
    membership, party membership, political party, spouse, husband, wife, parents, father, mother,
    geburtsdatum, geburtstag, geburtsort, geburtsdatum und -ort, geburtsdatum/-ort, geboren am, geboren in,
    geboren, geb. am, geb., geburtsname, alter, jahrgang, familienstand, personenstand, kinder, anzahl
    kinder, konfession, religion, religionszugehörigkeit, glaube, staatsangehörigkeit, nationalität,
    staatsbürgerschaft, herkunft, geschlecht, gesundheit, gesundheitszustand, behinderung,
    schwerbehinderung, grad der behinderung, gdb, gewerkschaft, parteizugehörigkeit, ehepartner, ehefrau,
    ehemann, eltern, vater, mutter
"""
LABELS = tuple(folded(" ".join(each.split())) for each in _PRIVATE.split(","))
_LABELS = tuple(sorted(LABELS, key=len, reverse=True))
#: What says it by itself, within a line: "*12.03.1985", "verheiratet, zwei Kinder", "34 years old".
_SAID = re.compile(
    r"(?:\*|†)\s{0,3}\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}"
    r"|\b(?:born|geboren|geb\.)\s(?:on|in|am)?\s?[^,;|\n]{3,40}"
    r"|\b\d{2} ?(?:years old|jahre alt)\b"
    r"|\b(?:verheiratet|ledig|geschieden|verwitwet|married|divorced|widowed|unmarried)\b"
    r"|\b(?:\d{1,2}|ein|eine|zwei|drei|vier|one|two|three|four)"
    r" (?:kinder|kind|children|child|söhne|töchter|sons|daughters)\b"
    r"|\b(?:schwerbehindert|severely disabled|röm\.?-?\s?kath\.?|römisch-katholisch|roman catholic|evangelisch"
    r"|ev\.-luth\.)",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """The text with what is private hidden: each line stays, and so does the label that says what was there."""
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    small = folded(line).lstrip(" \t•-–*·")
    for label in _LABELS:
        if small.startswith(label) and (rest := small[len(label) :].lstrip()) and rest[0] in ":|=\t":
            before, _sign, _after = line.partition(rest[0])
            return f"{before}{rest[0]} {HIDDEN}"
    return _SAID.sub(HIDDEN, line)
