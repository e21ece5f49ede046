"""Whether a sentence asks somebody what they earn or earned: in English or German, whatever the words around it.

Nobody may be asked (Art. 5(2) Directive (EU) 2023/970). What somebody would like to earn, what the job pays, and
that we do not ask may all be said.
"""

from __future__ import annotations

import re
from datetime import date

from rmhr.core.errors import NotPossible
from rmhr.core.i18n import _, gettext
from rmhr.law.rules import Authority, legal_rule

legal_rule(
    "interviews.past_pay",
    what=_("Nobody is asked what they earn or earned"),
    why=_(
        "Old pay gaps would be carried into the new job. The directive binds public employers directly, private ones "
        "by the national act that carries it out."
    ),
    authority=Authority.LAW,
    source=_("Art. 5(2) Directive (EU) 2023/970"),
    since=date(2026, 6, 7),  # by then the member states had to carry it out
    review_by=date(2027, 6, 30),
    kept_in=__name__,
)

EN_PAY = (
    r"(?:salar(?:y|ies)|pay|wages?|compensation|remuneration|earnings|income|pay\s?che(?:que|ck)s?|bonus(?:es)?"
    r"|package)"
)
EN_SINCE = (
    r"(?:current|present|existing|last|latest|previous|former|past|prior|recent|earlier|historic(?:al)?"
    r"|today[’']s)"
)
EN_KIND = (
    r"(?:most|or|and|annual|yearly|monthly|weekly|hourly|gross|net|base|basic|fixed|variable|total|overall|cash"
    r"|full-time|take-home|employer[’']s|job[’']s|position[’']s)"
)
#: "current pay scale" is the bank's, not a person's.
EN_OURS = (
    r"(?![\s-]+(?:range|scale|band|grade|group|level|structure|agreement|table|system|transparency|expect|requirement"
    r"|wish|goal|idea|hope|model|policy))"
)
EN_JOB = r"(?:job|role|position|post|employer|employment|company|bank|firm|workplace|work)"
DE_PAY = (
    r"(?:\w*gehalt(?:es|s)?|\w*gehälter[ns]?|\w*lohn(?:es|s)?|\w*löhne[n]?|\w*vergütung(?:en)?"
    r"|\w*entgelt(?:es|s|e|en)?|bezüge[n]?|verdienst(?:es|s)?|\w*einkommen[s]?|bezahlung|besoldung"
    r"|jahresbrutto|monatsbrutto|bruttojahres\w*|bonus)"
)
DE_SINCE = (
    r"(?:aktuell|derzeitig|jetzig|gegenwärtig|momentan|heutig|letzt|bisherig|vorig|vorherig|früher|ehemalig"
    r"|vergangen|bestehend|vorangegangen|zuletzt\s+(?:bezogen|gezahlt|erzielt))\w*"
)
DE_KIND = (
    r"(?:oder|und|bzw\.?|(?:jährlich|monatlich|fix|fest|variabl|brutto|netto|gesamt)\w*|" + DE_SINCE + r")"
)
DE_NOW = r"(?:derzeit|zurzeit|zur\s+zeit|aktuell|momentan|gegenwärtig|jetzt|heute|bisher|bislang|zuletzt|früher|vorher)"
DE_JOB = (
    r"\w*(?:stelle|position|arbeitgeber\w*|job|tätigkeit|beschäftigung|bank|rolle|anstellung|firma|arbeit)"
)
DE_OURS = r"(?!-?\w*(?:band|spanne|wunsch|vorstellung))"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


#: Proofs of what somebody was paid. In the work of a bank they are clients' papers, too.
PAPERS = _pattern(
    r"\b(?:pay\s?-?slips?|wage\s?slips?|pay\s?-?stubs?|(?:salary|earnings|wage)\s+(?:statement|certificate|slip)s?"
    r"|proof\s+of\s+(?:your\s+)?(?:(?:current|last|previous|former)\s+)?(?:salary|income|earnings|pay)"
    r"|(?:gehalts|lohn|entgelt|verdienst|einkommens|bezüge)(?:nachweis|abrechnung|bescheinigung|zettel|streifen|mitteilung)"
    r"(?:e|en|s|es|n)?|lohnsteuerbescheinigung(?:en)?)\b"
)
ASKS = tuple(
    map(
        _pattern,
        (
            # English
            rf"\b{EN_SINCE}\s+(?:(?:{EN_KIND}|{EN_SINCE})\s+){{0,4}}{EN_PAY}\b{EN_OURS}",
            rf"\b(?:{EN_PAY}|paid|earn(?:ed|ing)?)\s+(?:\w+\s+)?(?:in|at|from|with|of|by)\s+(?:your|the|a)\s+{EN_SINCE}"
            rf"\s+{EN_JOB}\b",
            r"\b(?:salary|pay|wage|earnings|income|compensation|remuneration)[\s-]+histor(?:y|ies)\b",
            r"\bhistory\s+of\s+(?:your\s+)?(?:salar|pay\b|wage|earning|income)\w*",
            r"\b(?:what|how\s+much|how\s+well)\s+(?:do|did|are|were|have|had)\s+you\s+(?:\w+ly\s+|now\s+|last\s+|been\s+"
            r"|being\s+|get\s+|getting\s+){0,3}(?:earn(?:ed|ing)?|paid)\b",
            r"\bhow\s+much\s+(?:do|did|are|were|have)\s+you\s+(?:\w+ly\s+|now\s+)?(?:mak(?:e|ing)|made|tak(?:e|ing)\s+home)\b",
            r"\byou\s+(?:(?:currently|presently|now|last|previously)\s+(?:earn|make|are\s+paid|get\s+paid|earned)"
            r"|(?:earn|are\s+paid|get\s+paid)\s+(?:now|today|at\s+present|currently|at\s+the\s+moment|so\s+far|in\s+your"
            r"|at\s+your)|earned\b|were\s+(?:last\s+)?paid)\b",
            rf"\b(?:what(?:[’']s|\s+is|\s+was)|how\s+(?:high|much)\s+(?:is|was))\s+your\s+(?:{EN_KIND}\s+){{0,3}}{EN_PAY}\b"
            rf"{EN_OURS}",
            rf"\b(?:state|name|tell\s+us|give\s+us|indicate|enter|disclose|specify)\s+your\s+(?:{EN_KIND}\s+){{0,3}}"
            rf"(?:salary|pay|wage|income|earnings|compensation|remuneration)\b{EN_OURS}",
            r"\byour\s+(?:salary|pay|wage|income|earnings)\s+(?:now|today|so\s+far|to\s+date|until\s+now|at\s+the\s+moment"
            r"|at\s+present|currently)\b",
            # German
            rf"\b{DE_SINCE}\s+(?:{DE_KIND}\s+){{0,4}}{DE_PAY}\b{DE_OURS}",
            rf"\b{DE_PAY}\s+(?:bei|in|aus|von|auf)\s+(?:\w+\s+){{0,2}}?{DE_SINCE}\s+{DE_JOB}\b",
            rf"\b{DE_PAY}(?:\s*[:(])?\s*(?:{DE_NOW})\b(?!\s+(?:bei|zwischen|von)\b)",
            r"\b(?:gehalts|lohn|entgelt|verdienst|vergütungs)(?:historie|verlauf|biogra(?:f|ph)ie|geschichte)\b",
            r"\bvorgehalt(?:s|es)?\b",
            r"\b(?:was|wie\s?viel|wie\s+gut|wofür)\b(?![^.?!]{0,200}\b(?:möchte|wollen|wünsch|würde|erwarte|künftig|bei\s+uns|hier"
            r"|vertrauen))[^.?!]{0,50}\bverdien(?:en|t|ten|st|test)\b",
            rf"\b{DE_NOW}\s+(?:\w+\s+){{0,4}}(?:bezahlt|vergütet|verdient)\b|\bverdienen\s+Sie\s+{DE_NOW}\b",
            rf"\bwie\s+hoch\s+(?:ist|war|sind|waren)\s+(?:Ihr|dein)\w*\s+(?:{DE_KIND}\s+){{0,3}}{DE_PAY}\b{DE_OURS}",
            rf"\b(?:nennen|geben|teilen|schreiben|sagen)\s+Sie\s+(?:uns\s+)?(?:bitte\s+)?Ihr\w*\s+(?:{DE_KIND}\s+){{0,3}}"
            rf"{DE_PAY}\b{DE_OURS}",
        ),
    )
)
#: Somebody else's: a bank works with the incomes of its clients.
CLIENTS = _pattern(
    r"\b(?:clients?|customers?|borrowers?|households?|companies|applicants? for (?:loans?|credit)|loans?|credit"
    r"|kund\w+|kredit\w*|darlehen\w*|mandant\w+|haushalt\w*|unternehmen\w*)\b"
)
OWN = r"\b(?:your|Ihr\w{0,2}|dein\w{0,2})\s+(?:\w+\s+){0,3}"
NOT = _pattern(
    r"\b(?:not|never|nobody|no\s+one|none|neither|nor|without|leave\s+out|refrain|no|nicht|kein\w*|niemand\w*|nie|niemals"
    r"|weder|ohne|verzichten|weglassen|weg)\b|n[’']t\b"
)
#: What is not done, where a sentence says that something is not done.
DONE = _pattern(
    r"\b(?:ask|tell|stat|nam(?:e|ing)|send|giv|want|need|requir|mention|includ|enquir|inquir|request|disclos|reveal|say|said"
    r"|provid|submit|attach|matter|subject|interest|consider|relevan|play|question|leave|refrain"
    r"|frag|gefragt|nenn|angeb|anzugeb|angab|mitteil|schick|send|beifüg|leg|verlang|brauch|benötig|interessi|wissen|thema"
    r"|rolle|erforder|nötig|wichtig|erheb|speicher|erfass|lassen|weglass|verzicht)\w*"
)
#: "Do not forget to state …" does ask.
ALL_THE_SAME = _pattern(
    r"\b(?:forget|hesitate|fail|only|mind|vergess\w*|versäum\w*|zöger\w*|nicht\s+nur|nichts\s+dagegen)\b"
)
SENTENCE = re.compile(r"[^.?!;\n]+(?:[.?!;](?!\s|$)[^.?!;\n]*)*[.?!;]?")


def asking(text: str) -> str | None:
    """The words of `text` that ask for past or present pay; None where none do."""
    for sentence in SENTENCE.findall(text):
        if found := _asks(sentence):
            return found
    return None


def refuse(*texts: str) -> None:
    """Raise NotPossible, with the reason, where one of these asks for past or present pay."""
    for text in texts:
        if found := asking(text):
            raise NotPossible(why(found))


def why(found: str) -> str:
    """Why these words cannot stand: for the field, the page and the API alike."""
    return gettext(
        "“%(words)s” asks what somebody earns or earned. Nobody may be asked that (Art. 5(2) Directive (EU)"
        " 2023/970). Ask what they would like to earn, or say what the job pays.",
        words=found,
    )


def _asks(sentence: str) -> str | None:
    if declines(sentence):
        return None
    others = CLIENTS.search(sentence)
    for pattern in (PAPERS, *ASKS):
        for found in pattern.finditer(sentence):
            words = found[0].strip()
            if not others or "you" in words.lower() or _own(words, sentence):
                return words
    return None


def _own(words: str, sentence: str) -> bool:
    """Whether these are "your" payslips."""
    return bool(re.search(OWN + re.escape(words), sentence, re.IGNORECASE))


def declines(sentence: str) -> bool:
    """Whether it says that something is not asked; a question asks, whatever it denies."""
    return bool(
        not sentence.rstrip().endswith("?")
        and NOT.search(sentence)
        and DONE.search(sentence)
        and not ALL_THE_SAME.search(sentence)
    )
