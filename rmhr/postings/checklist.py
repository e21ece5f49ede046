"""What a posting must have before strangers read it, and where in the editor each of it is put right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import LANGUAGES, Words, _, gettext
from rmhr.law import past_pay, private_life
from rmhr.models.criteria import Importance
from rmhr.models.postings import Posting, SectionKind
from rmhr.postings.coach.reading import TEXTS

#: Parts that a posting may do without.
OPTIONAL = frozenset({SectionKind.NICE_TO_HAVE, SectionKind.BENEFITS})
REQUIRED = tuple(kind for kind in SectionKind if kind not in OPTIONAL)
#: "(m/w/d)", "(d/m/w)", "(m/w/x)", "(all genders)": section 11 AGG, Art. 5(3) Directive (EU) 2023/970.
NEUTRAL = re.compile(
    r"\((?:[mwfdxi](?:\s*/\s*[mwfdxi]){2,3}|all genders|alle geschlechter|gn\*?)\)", re.IGNORECASE
)
#: The languages as one speaks of them: "missing in German".
NAMES = {"en": _("English"), "de": _("German")}
PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\{\{|\}\}")
#: What the texts of postings ask for, remembered: they are read at each opening of a page, and mostly as they were.
asks_past_pay = lru_cache(maxsize=TEXTS)(past_pay.asking)
asks_private = lru_cache(maxsize=TEXTS)(private_life.asking)


def field_of(kind: SectionKind) -> str:
    """The name of a part's field in the editor."""
    return f"part_{kind.value}"


@dataclass(frozen=True)
class Gap:
    """One thing that is not right yet, and the field of the editor where it is put right."""

    words: Any
    field: str
    check: str  # which check found it: rmhr/content/coach.yaml says why it matters
    quoted: str = ""  # the words of the posting that it is about


@dataclass(frozen=True, kw_only=True)
class Written:
    """A posting as somebody has just typed it, before it is kept: what a published one must not become."""

    title: Words
    place: str
    hours: Words
    remote: Words
    starts: Words
    pay_variable: Words
    pay_min: int | None
    pay_max: int | None
    closes_on: date | None
    criteria: Sequence[Any]
    questions: Sequence[Any]
    texts: Mapping[SectionKind, Words] = field(default_factory=dict)
    pay_agreement: Words = field(default_factory=Words)
    pay_criteria: Words = field(default_factory=Words)

    def section(self, kind: SectionKind) -> Words:
        """The text of one part; empty words where there is none."""
        return self.texts.get(kind, Words())


Text = Posting | Written


def gaps(posting: Text) -> list[Gap]:
    """Everything that stands between this posting and the public, in the order of the editor."""
    return [
        *_title(posting),
        *_facts(posting),
        *_pay(posting),
        *deadline(posting.closes_on),
        *_texts(posting),
        *_past_pay(posting),
        *_private(posting),
    ]


def why_not(posting: Posting) -> str | None:
    """All gaps in one sentence, or None: the guard of publishing."""
    found = gaps(posting)
    if not found:
        return None
    return " ".join([gettext("Not ready to be submitted."), *(str(gap.words) for gap in found)])


def why_not_again(posting: Posting) -> str | None:
    """The same without the deadline, which reopening asks for."""
    found = [gap for gap in gaps(posting) if gap.field != "closes_on"]
    return " ".join(str(gap.words) for gap in found) or None


def deadline(closes_on: date | None) -> list[Gap]:
    """A deadline that leaves somebody time to apply."""
    if closes_on is None:
        return [Gap(_("The deadline is missing."), "closes_on", "deadline")]
    if closes_on <= clock.today():
        return [Gap(_("The deadline must be in the future."), "closes_on", "deadline")]
    return []


def neutral(title: Words) -> bool:
    """Whether the German title addresses everybody."""
    return bool(NEUTRAL.search(title.get("de", "")))


def _title(posting: Text) -> Iterator[Gap]:
    missing = posting.title.missing()
    for code in missing:
        words = _("The title is missing in %(language)s.", language=NAMES[code])
        yield Gap(words, f"title-{code}", "title_missing")
    if "de" not in missing and not neutral(posting.title):
        words = _("The German title must address all genders, for example with “(m/w/d)”.")
        yield Gap(words, "title-de", "neutral_title", posting.title["de"])


def _facts(posting: Text) -> Iterator[Gap]:
    if not posting.place.strip():
        yield Gap(_("The place of work is missing."), "place", "place")


def _pay(posting: Text) -> Iterator[Gap]:
    if not posting.pay_min or not posting.pay_max:
        field = "pay_max" if posting.pay_min else "pay_min"
        words = _("The pay range is missing: applicants must know it before the first interview.")
        yield Gap(words, field, "pay_range")


def _texts(posting: Text) -> Iterator[Gap]:
    for kind in REQUIRED:
        if not posting.section(kind):
            words = _("The part “%(part)s” is missing.", part=kind.label)
            yield Gap(words, f"{field_of(kind)}-en", "part_missing")
    for name, label, text in all_words(posting):
        for code in LANGUAGES:
            if found := PLACEHOLDER.search(text.get(code, "")):
                words = _("“%(part)s” still has an open placeholder.", part=label)
                yield Gap(words, f"{name}-{code}", "placeholder", found[0])
    if not any(each.importance is Importance.MUST and each.text for each in posting.criteria):
        words = _("At least one criterion must be a must: applications are screened by them.")
        yield Gap(words, "criteria", "no_must")


def _past_pay(posting: Text) -> Iterator[Gap]:
    for name, label, text in all_words(posting):
        for code in LANGUAGES:
            if found := asks_past_pay(text.get(code, "")):
                words = _(
                    "“%(part)s” asks what somebody earns or earned: “%(words)s”.", part=label, words=found
                )
                yield Gap(words, f"{name}-{code}", "past_pay", found)


def _private(posting: Text) -> Iterator[Gap]:
    """A question may not be put; in a text the coach warns of it."""
    for number, question in enumerate(posting.questions):
        for code in LANGUAGES:
            if found := asks_private(question.text.get(code, "")):
                words = _(
                    "Question %(number)s asks about %(topic)s: “%(words)s”.",
                    number=number + 1,
                    topic=found.topic.words,
                    words=found.words,
                )
                yield Gap(words, f"questions-{number}-text-{code}", "private", found.words)


def all_words(posting: Text) -> Iterator[tuple[str, Any, Words]]:
    """Everything that a posting says in words: the field of the editor, what it is called, the text."""
    yield "title", _("Title"), posting.title
    yield "hours", _("Hours"), posting.hours
    yield "remote", _("Working from home"), posting.remote
    yield "starts", _("Start"), posting.starts
    yield "pay_variable", _("Variable part"), posting.pay_variable
    yield "pay_agreement", _("Collective agreement"), posting.pay_agreement
    yield "pay_criteria", _("What the pay depends on"), posting.pay_criteria
    for kind in SectionKind:
        yield field_of(kind), kind.label, posting.section(kind)
    for number, criterion in enumerate(posting.criteria):
        yield f"criteria-{number}-text", _("Criterion %(number)s", number=number + 1), criterion.text
    for number, question in enumerate(posting.questions):
        yield f"questions-{number}-text", _("Question %(number)s", number=number + 1), question.text
