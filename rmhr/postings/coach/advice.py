"""What the coach says about a posting: each finding with its words, its reason and something better. None is hidden.

What stops a posting is decided in one place, the checklist; everything else here is worth a look and may be answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.content import read
from rmhr.content import words as spoken
from rmhr.core.i18n import LANGUAGES, Words, _, language
from rmhr.core.words import money_range, number
from rmhr.models.criteria import Importance
from rmhr.models.postings import FindingNote, Posting, SectionKind
from rmhr.models.requisitions import PayPeriod
from rmhr.postings import checklist
from rmhr.postings.checklist import Gap, Text
from rmhr.postings.coach import reading, requirements, wording

#: Parts that quote the law; nobody can make them easier.
GIVEN = (SectionKind.EQUAL_OPPORTUNITY, SectionKind.PRIVACY)
#: Checks that a law stands behind: shown first where there is room for a few.
LAW = frozenset(
    {
        "age_words",
        "origin_words",
        "disability_words",
        "personal_data",
        "private",
        "max_experience",
        "agency",
        "pay_criteria",
    }
)
#: Below this a text counts as hard to read; German words are longer, and so is what is usual.
HARD = {"en": 50, "de": 40}
#: What the figure means, by how far it is above that.
EASE = (
    (30, _("very easy to read")),
    (20, _("easy to read")),
    (10, _("clear")),
    (0, _("takes effort")),
    (-100, _("hard to read")),
)
#: Words of the whole posting in one language.
FEWEST_WORDS, MOST_WORDS = 250, 900
MOST_MUSTS = 7
WIDEST_RANGE = 1.6


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that the coach says, where, and why."""

    check: str
    title: Any  # what it is about: "Age"
    what: Any
    why: Any
    suggestion: str
    field: str  # of the editor
    blocks: bool = False
    part: Any = ""  # what the field is called; empty where it is about the posting as a whole
    language: str = ""
    quoted: tuple[str, ...] = ()
    instead: str = ""  # other words, in the language of the text
    about: str = ""  # what an answer is about, so that it goes when that goes

    @property
    def key(self) -> str:
        """The name under which an answer to it is kept: "age_words:part_summary-de:jung"."""
        place = re.sub(r"-\d+-text", "", self.field)
        return f"{self.check}:{place}:{self.about.lower()}"


@dataclass(frozen=True)
class Report:
    """All findings: what stops the posting, what is worth a look, what somebody has answered."""

    blocking: list[Finding]
    open: list[Finding]
    answered: list[tuple[Finding, FindingNote]]
    readings: Mapping[str, reading.Reading | None]

    @property
    def count(self) -> int:
        """How many there are to look at."""
        return len(self.blocking) + len(self.open)

    def ease_of(self, language: str) -> Any:
        """The reading ease in words; empty where there is nothing to read."""
        found = self.readings[language]
        if found is None:
            return ""
        above = found.ease - HARD[language]
        return next(said for least, said in EASE if above >= least)

    def first(self, most: int) -> list[Finding]:
        """A few of what is open, those with a law behind them before the others."""
        return sorted(self.open, key=lambda finding: finding.check not in LAW)[:most]

    def of(self, language: str) -> list[Finding]:
        """What is worth a look in one language; "" for what is about the posting as a whole."""
        return [finding for finding in self.open if finding.language == language]


def report(posting: Posting, notes: Iterable[FindingNote] = (), *, unready: bool = True) -> Report:
    """Everything about a stored posting. `unready`: nobody outside has read it, so it can still be stopped."""
    known = {note.finding: note for note in notes}
    found = worth_a_look(posting)
    return Report(
        blocking=blocking(posting) if unready else [],
        open=[each for each in found if each.key not in known],
        answered=[(each, known[each.key]) for each in found if each.key in known],
        readings=readings(posting),
    )


def blocking(posting: Text) -> list[Finding]:
    """What the checklist says, with its reasons."""
    reasons = read("coach")["blocking"]
    labels = {name: label for name, label, _text in checklist.all_words(posting)}
    return [_explained(gap, reasons[gap.check], labels) for gap in checklist.gaps(posting)]


def worth_a_look(posting: Text) -> list[Finding]:
    """Everything else, in the order of the editor."""
    found = [*_facts(posting), *_pay(posting), *_whole(posting)]
    for name, label, text in checklist.all_words(posting):
        found += _one_language(name, label, text)
        for code in LANGUAGES:
            at = {"field": f"{name}-{code}", "part": label, "language": code}
            found += _words(text.get(code, ""), code, at)
            found += _demands(text.get(code, ""), code, at)
            found += _private(name, text.get(code, ""), at)
            found += _long_sentences(text.get(code, ""), at)
    return _unique(found)


def readings(posting: Text) -> dict[str, reading.Reading | None]:
    """How easily the text is read, by language."""
    texts = [posting.section(kind) for kind in SectionKind if kind not in GIVEN]
    return {code: reading.measure([text.get(code, "") for text in texts], code) for code in LANGUAGES}


def _explained(gap: Gap, given: Mapping[str, Any], labels: Mapping[str, Any]) -> Finding:
    name, _dash, code = gap.field.rpartition("-")
    in_words = code in LANGUAGES
    return Finding(
        check=gap.check,
        title="",
        what=gap.words,
        why=spoken(given["why"]),
        suggestion=str(spoken(given["suggestion"])),
        field=gap.field,
        blocks=True,
        part=labels.get(name, "") if in_words else "",
        language=code if in_words else "",
        quoted=(gap.quoted,) if gap.quoted else (),
    )


def _finding(check: str, field: str, *, about: Any = "", **given: Any) -> Finding:
    """A finding of the third group of the YAML; what is given besides fills in its sentences."""
    content = read("coach")["others"][check]
    place = {name: given.pop(name) for name in ("part", "language", "quoted") if name in given}
    filled = {name: str(value) for name, value in given.items()}
    return Finding(
        check=check,
        title=spoken(content["title"]),
        what=_filled(content["what"], filled),
        why=_filled(content["why"], filled),
        suggestion=str(_filled(content["suggestion"], filled)),
        field=field,
        about=str(about),
        **place,
    )


def _filled(content: Mapping[str, str], values: Mapping[str, str]) -> Words:
    return Words(
        {code: text.format(**values) if values else text for code, text in spoken(dict(content)).items()}
    )


def _facts(posting: Text) -> Iterator[Finding]:
    if isinstance(posting, Posting) and posting.agency_on is None:
        yield _finding("agency", "agency_on")
    musts = sum(1 for each in posting.criteria if each.importance is Importance.MUST and each.text)
    if musts > MOST_MUSTS:
        yield _finding("many_musts", "criteria", about=musts, number=musts, limit=MOST_MUSTS)


def _pay(posting: Text) -> Iterator[Finding]:
    low, high = posting.pay_min, posting.pay_max
    if not low or not high:
        return
    if high / low > WIDEST_RANGE:
        yield _finding("pay_spread", "pay_max", about=f"{low}-{high}", number=number(round(high / low, 1)))
    if not posting.pay_criteria:
        yield _finding("pay_criteria", f"pay_criteria-{LANGUAGES[0]}")
    if isinstance(posting, Posting) and posting.currency == posting.requisition.currency:
        asked = posting.requisition
        if _a_year(high, posting.pay_period) > _a_year(asked.pay_max, asked.pay_period):
            said = f"{money_range(asked.pay_min, asked.pay_max, asked.currency)} {asked.pay_period.label}"
            yield _finding("over_budget", "pay_max", about=high, words=said)


def _a_year(sum_: int, period: PayPeriod) -> int:
    return sum_ * 12 if period is PayPeriod.MONTH else sum_


def _whole(posting: Text) -> Iterator[Finding]:
    texts = [posting.section(kind) for kind in SectionKind]
    for code, found in readings(posting).items():
        if found is None:
            continue
        at = {"language": code}
        count = sum(len(reading.words(text.get(code, ""))) for text in texts)
        first = f"{checklist.field_of(SectionKind.SUMMARY)}-{code}"
        if found.ease < HARD[code]:
            yield _finding("hard_to_read", first, about=code, number=found.ease, **at)
        if count < FEWEST_WORDS:
            yield _finding("too_short", first, about=code, number=count, limit=FEWEST_WORDS, **at)
        if count > MOST_WORDS:
            yield _finding("too_long", first, about=code, number=number(count), limit=MOST_WORDS, **at)


def _one_language(name: str, label: Any, text: Words) -> Iterator[Finding]:
    if not text or name == "title":
        return  # a title that is missing is not only worth a look
    for code in text.missing():
        given = {"words": label, "other": checklist.NAMES[code]}
        yield _finding("one_language", f"{name}-{code}", part=label, language=code, **given)


def _words(text: str, code: str, at: Mapping[str, Any]) -> Iterator[Finding]:
    for check, content in wording.checks().items():
        for hit in wording.hits(check, text, code):
            yield Finding(
                check=check,
                title=spoken(content["title"]),
                what=_filled(content["what"], {"words": _listed(hit.quoted)}),
                why=spoken(content["why"]),
                suggestion="",
                instead=hit.instead,
                quoted=hit.quoted,
                about=hit.entry,
                **at,
            )


def _demands(text: str, code: str, at: Mapping[str, Any]) -> Iterator[Finding]:
    for check, quoted in requirements.found(text, code):
        given = {"words": _listed((quoted,)), "quoted": (quoted,), "about": quoted}
        yield _finding(check, at["field"], part=at["part"], language=code, **given)


def _private(name: str, text: str, at: Mapping[str, Any]) -> Iterator[Finding]:
    if name.startswith("questions-"):
        return  # the checklist refuses it
    if found := checklist.asks_private(text):
        given = {"words": _listed((found.words,)), "quoted": (found.words,), "about": found.words}
        about = {"topic": found.topic.words, "law": found.topic.law, "instead": found.topic.instead}
        yield _finding("private", at["field"], part=at["part"], language=at["language"], **given, **about)


def _long_sentences(text: str, at: Mapping[str, Any]) -> Iterator[Finding]:
    for sentence, count in reading.too_long(text):
        said = sentence if len(sentence) < 90 else f"{sentence[:80].rsplit(' ', 1)[0]} …"
        given = {"words": _listed((said,)), "number": count, "about": sentence}
        yield _finding("long_sentence", at["field"], part=at["part"], language=at["language"], **given)


def _listed(words: Sequence[str]) -> str:
    first, last = ("„", "“") if language() == "de" else ("“", "”")
    return ", ".join(f"{first}{word}{last}" for word in words)


def _unique(found: Iterable[Finding]) -> list[Finding]:
    """Each key once: two criteria with the same word are one finding, at the first of them."""
    return list({finding.key: finding for finding in reversed(list(found))}.values())[::-1]
