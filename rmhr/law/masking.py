"""What applicants say of private life, hidden where people are judged: birth, age, family, religion, health, origin.

Nobody may be chosen or passed over for it (sections 1 and 7 AGG). The original file shows everything, on a click that
stands in the history. Plain string work: a line is looked at label by label, and no pattern reads further than a line.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from rmhr.core.folding import folded
from rmhr.core.i18n import _
from rmhr.core.patterns import Found, Pattern
from rmhr.law.rules import Authority, legal_rule

legal_rule(
    "applications.masking",
    what=_("What applicants say of private life is hidden where people are judged"),
    why=_("Nobody may be chosen or passed over for it; what nobody reads cannot count."),
    authority=Authority.LAW,
    source=_("sections 1 and 7 AGG"),
    since=date(2006, 8, 18),  # the AGG came into force
    review_by=date(2027, 9, 30),
    kept_in=__name__,
)

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
#: What stands between a label and what it tells.
_SIGNS = frozenset(":|=\t")
#: White space within a line.
_SPACE = r"[\t\p{Zs}]"
#: What says it by itself, within a line, and goes on to the next comma: "*12.03.1985", "born in Kiel".
_SAID = Pattern(
    rf"[*†]{_SPACE}{{0,3}}[0-9]{{1,2}}[./-]{_SPACE}?[0-9]{{1,2}}[./-]{_SPACE}?[0-9]{{2,4}}"
    rf"|(?:born{_SPACE}(?:on|in|at)|geboren|geb\.){_SPACE}[^,;|\n]{{3,40}}"
    rf"|born{_SPACE}(?:[0-9]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{{L}}*)[^,;|\n]{{1,40}}"
    rf"|(?:[0-9.]{{4,10}}{_SPACE})?in{_SPACE}[\p{{L}}-]{{2,30}}{_SPACE}geboren",
    ignore_case=True,
)
_KIN = (
    "husband|wife|spouse|partner|fianc[ée]e?|children|kids?|child|sons?|daughters?|baby|family|pregnancy"
    "|disability|illness|religion|faith|church|age|nationality|ethnicity|marriage|divorce|sexuality"
)
_NAHE = (
    r"mann|frau|ehemann|ehefrau|lebensgefährt\p{L}{1,3}|partner(?:in)?|verlobte[rn]?|kind(?:er|ern|es)?|sohn"
    "|söhnen?|tochter|töchtern?|familie|schwangerschaft|(?:schwer)?behinderung|erkrankung|krankheit|religion"
    "|glauben?|konfession|kirche|herkunft|staatsangehörigkeit|alter"
)
_BEING = (
    "single mother|single father|single parent|mother|father|pregnant|muslim|christian|catholic|protestant"
    "|jewish|jew|hindu|buddhist|atheist|disabled|chronically ill|immigrant|refugee|gay|lesbian|transgender"
)
_SEIN = (
    r"schwanger|alleinerziehend\p{L}*|mutter|vater|muslim\p{L}{0,2}|christ(?:in)?|katholi\p{L}+|jüdisch|jude"
    "|jüdin|gläubig|chronisch krank|geflüchtete?|homosexuell|schwul|lesbisch"
)
#: The same in whole words: "verheiratet, zwei Kinder", "34 years old", "my wife", "als Mutter".
_WORDS = Pattern(
    "[0-9]{2} ?(?:years old|jahre alt|jahre jung)|aged [0-9]{2}|[0-9]{2}-(?:year-old|jährige?[rn]?)"
    "|verheiratet|ledig|geschieden|verwitwet|married|divorced|widowed|unmarried|unverheiratet"
    "|(?:[0-9]{1,2}|ein|eine|eines|einem|zwei|zweier|drei|dreier|vier|one|two|three|four)"
    " (?:(?:small|young|kleine[nr]?) )?"
    "(?:kinder[ns]?|kindes|kind|children|child|söhnen?|töchtern?|sons|daughters)"
    "|schwerbehindert|severely disabled|römisch-katholisch|roman catholic|evangelisch"
    "|(?:gdb|grad der behinderung)(?: von| of)? [0-9]{2,3}"
    f"|my (?:own |late |young |small |two |three )?(?:{_KIN})"
    f"|mein(?:e[mnrs]?)? (?:eigene[nr]? |kleine[nr]? |zwei |drei )?(?:{_NAHE})"
    f"|(?:i am|i[’']m|as) (?:an? )?(?:(?:now|proud|working|practising|devout|young) )?(?:{_BEING})"
    f"|(?:ich bin|bin ich|als) (?:eine? )?(?:(?:jetzt|stolze|berufstätige|praktizierende|junge)[rn]? )?(?:{_SEIN})"
    "|(?:on|during|after|my) (?:parental|maternity|paternity) leave|(?:in|nach|während) (?:meiner |der )?elternzeit",
    ignore_case=True,
)
#: A word that says it by itself beside others that were hidden: "34 years old, married, Catholic". Alone it may be of a
#: school or an employer, and "Christian" is a name.
_BESIDE = Pattern(
    "catholic|protestant|muslim|jewish|jew|hindu|buddhist|atheist|pregnant|disabled|gay|lesbian|transgender"
    r"|katholi\p{L}+|protestanti\p{L}+|muslim\p{L}{0,2}|jüdisch|konfessionslos|schwanger|verlobt"
    "|alleinerziehend|homosexuell|schwul|lesbisch|queer|transsexuell",
    ignore_case=True,
)
#: The same where a word begins: "röm.-kath.".
_SHORT = Pattern(r"röm\.?-? ?kath\.?|ev\.-luth\.", ignore_case=True)


def masked(text: str) -> str:
    """The text with what is private hidden: each line stays, and so does the label that says what was there."""
    text = "\n".join(_line(line) if _SIGNS.intersection(line) else line for line in text.split("\n"))
    for pattern, whole in ((_SAID, False), (_WORDS, True), (_SHORT, False)):
        text = pattern.sub(partial(_hidden, text, whole), text)
    return "\n".join(_beside(line) if HIDDEN in line else line for line in text.split("\n"))


def masked_lines(text: str) -> list[tuple[int, int]]:
    """Where the lines begin and end in which something of a text is hidden."""
    found, start = [], 0
    for line, shown in zip(text.split("\n"), masked(text).split("\n"), strict=True):
        if line != shown:
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _line(line: str) -> str:
    """A line without what stands behind its label."""
    small = folded(line).lstrip(" \t•-–*·")
    for label in _LABELS:
        if small.startswith(label) and (rest := small[len(label) :].lstrip()) and rest[0] in _SIGNS:
            before, _sign, _after = line.partition(rest[0])
            return f"{before}{rest[0]} {HIDDEN}"
    return line


def _beside(line: str) -> str:
    """A line of which something is hidden, without what tells the same sort of thing beside it."""
    return _BESIDE.sub(partial(_hidden, line, True), line)


def _hidden(text: str, whole: bool, found: Found) -> str:
    """What stands for a place of the text: itself where it is only a part of a word."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    within = before.isalnum() or (whole and after.isalnum())
    return found[0] if within else HIDDEN
