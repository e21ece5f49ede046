"""Demands that count years: for experience, and with an upper limit. As they are written in English and German."""

from __future__ import annotations

import re
from collections.abc import Iterator

NUMBER = {
    "en": r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|several|many|a\s+few)",
    "de": r"(?:\d{1,2}|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|fünfzehn|zwanzig"
    r"|(?:mehrere|viele|einige)\w*)",
}
_RANGE = {
    code: rf"{number}(?:\s*\+)?(?:\s*(?:-|–|to|or|bis|oder)\s*{number})?" for code, number in NUMBER.items()
}
#: Checked first: what it finds is not counted as a demand for years as well.
LIMITS = {
    "en": r"(?:(?:at\s+most|(?:no|not)\s+more\s+than|(?:a\s+)?maximum(?:\s+of)?|up\s+to|(?:fewer|less)\s+than)\s+"
    rf"{NUMBER['en']}\s+years?[’']?\s+(?:of\s+)?(?:\w+\s+){{0,3}}experience)"
    r"|(?:between\s+\d{2}\s+and|under|below|(?:not|no)\s+older\s+than|younger\s+than|up\s+to)"
    r"\s+(?:the\s+age\s+of\s+)?\d{2}(?:\s*years?\s+(?:old|of\s+age))?(?=\s*(?:[.,;)]|$))"
    r"|aged?\s+(?:between\s+)?\d{2}\s*(?:-|–|to|and)\s*\d{2}|age\s+limit",
    "de": r"(?:(?:höchstens|maximal|nicht\s+mehr\s+als|bis\s+zu|weniger\s+als)\s+"
    rf"{NUMBER['de']}\s+Jahren?\s+(?:\w+\s+){{0,3}}\w*erfahrung)"
    r"|(?:zwischen\s+\d{2}\s+und|unter|nicht\s+älter\s+als|jünger\s+als|bis)\s+\d{2}\s+Jahren?(?:\s+alt)?"
    r"(?=\s*(?:[.,;)]|$))"
    r"|im\s+Alter\s+(?:von|zwischen)\s+\d{2}\s*(?:-|–|bis|und)\s*\d{2}|Altersgrenze",
}
YEARS = {
    "en": rf"(?:(?:at\s+least|(?:a\s+)?minimum(?:\s+of)?|more\s+than|over)\s+)?{_RANGE['en']}\s+years?[’']?\s+"
    r"(?:of\s+)?(?:[\w-]+\s+){0,4}(?:experience|practice)"
    rf"|experience\s+of\s+(?:at\s+least\s+)?{_RANGE['en']}\s+years?"
    r"|years\s+of\s+(?:[\w-]+\s+){0,2}experience",
    "de": rf"(?:(?:mindestens|wenigstens|mehr\s+als|über)\s+)?{_RANGE['de']}\s+Jahren?\s+(?:[\w-]+\s+){{0,4}}"
    r"(?:\w*erfahrung|Praxis)"
    rf"|(?:(?:mindestens\s+)?{NUMBER['de']}-?jährig\w*|(?:mehr|lang)jährig\w*)\s+(?:[\w-]+\s+){{0,3}}"
    r"(?:\w*erfahrung|Praxis|Tätigkeit)",
}
_COMPILED = {
    (check, code): re.compile(rf"(?<!\w)(?:{expression})(?!\w)", re.IGNORECASE)
    for check, all_ in (("max_experience", LIMITS), ("years_experience", YEARS))
    for code, expression in all_.items()
}


def found(text: str, code: str) -> Iterator[tuple[str, str]]:
    """(check, the words) of every demand that counts years, each once."""
    taken: list[tuple[int, int]] = []
    for check in ("max_experience", "years_experience"):
        seen = set()
        for match in _COMPILED[check, code].finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            quoted = " ".join(match[0].split())
            if quoted.lower() not in seen:
                seen.add(quoted.lower())
                yield check, quoted
