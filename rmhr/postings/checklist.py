"""What a posting must have before strangers read it, and where in the editor each of it is put right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import LANGUAGES, Words, _, gettext
from rmhr.models.criteria import Importance
from rmhr.models.postings import Posting, SectionKind

#: Parts that a posting may do without.
OPTIONAL = frozenset({SectionKind.NICE_TO_HAVE, SectionKind.BENEFITS})
REQUIRED = tuple(kind for kind in SectionKind if kind not in OPTIONAL)
#: "(m/w/d)", "(d/m/w)", "(m/w/x)", "(all genders)": section 11 AGG, Art. 5(3) Directive (EU) 2023/970.
NEUTRAL = re.compile(
    r"\((?:[mwfdxi](?:\s*/\s*[mwfdxi]){2,3}|all genders|alle geschlechter|gn\*?)\)", re.IGNORECASE
)
#: The languages as one speaks of them: "missing in German".
NAMES = {"en": _("English"), "de": _("German")}
PLACEHOLDER = re.compile(r"\{\{|\}\}")


def field_of(kind: SectionKind) -> str:
    """The name of a part's field in the editor."""
    return f"part_{kind.value}"


@dataclass(frozen=True)
class Gap:
    """One thing that is not right yet, and the field of the editor where it is put right."""

    words: Any
    field: str


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
    ]


def hints(posting: Posting) -> list[Gap]:
    """What would be better, but need not be: a part that exists in one language only."""
    found = []
    for kind in SectionKind:
        text = posting.section(kind)
        if text:
            found += [
                Gap(
                    _("“%(part)s” is missing in %(language)s.", part=kind.label, language=NAMES[code]),
                    f"{field_of(kind)}-{code}",
                )
                for code in text.missing()
            ]
    return found


def why_not(posting: Posting) -> Any:
    """All gaps in one sentence, or None: the guard of publishing."""
    found = gaps(posting)
    if not found:
        return None
    return " ".join([gettext("Not ready to be submitted."), *(str(gap.words) for gap in found)])


def why_not_again(posting: Posting) -> Any:
    """The same without the deadline, which reopening asks for."""
    found = [gap for gap in gaps(posting) if gap.field != "closes_on"]
    return " ".join(str(gap.words) for gap in found) or None


def deadline(closes_on: date | None) -> list[Gap]:
    """A deadline that leaves somebody time to apply."""
    if closes_on is None:
        return [Gap(_("The deadline is missing."), "closes_on")]
    if closes_on <= clock.today():
        return [Gap(_("The deadline must be in the future."), "closes_on")]
    return []


def neutral(title: Words) -> bool:
    """Whether the German title addresses everybody."""
    return bool(NEUTRAL.search(title.get("de", "")))


def _title(posting: Text) -> Iterator[Gap]:
    missing = posting.title.missing()
    for code in missing:
        yield Gap(_("The title is missing in %(language)s.", language=NAMES[code]), f"title-{code}")
    if "de" not in missing and not neutral(posting.title):
        yield Gap(_("The German title must address all genders, for example with “(m/w/d)”."), "title-de")


def _facts(posting: Text) -> Iterator[Gap]:
    if not posting.place.strip():
        yield Gap(_("The place of work is missing."), "place")


def _pay(posting: Text) -> Iterator[Gap]:
    if not posting.pay_min or not posting.pay_max:
        field = "pay_max" if posting.pay_min else "pay_min"
        yield Gap(_("The pay range is missing: applicants must know it before the first interview."), field)


def _texts(posting: Text) -> Iterator[Gap]:
    for kind in REQUIRED:
        if not posting.section(kind):
            yield Gap(_("The part “%(part)s” is missing.", part=kind.label), f"{field_of(kind)}-en")
    for name, label, words in _all_words(posting):
        for code in LANGUAGES:
            if PLACEHOLDER.search(words.get(code, "")):
                yield Gap(_("“%(part)s” still has an open placeholder.", part=label), f"{name}-{code}")
    if not any(each.importance is Importance.MUST and each.text for each in posting.criteria):
        yield Gap(_("At least one criterion must be a must: applications are screened by them."), "criteria")


def _all_words(posting: Text) -> Iterator[tuple[str, Any, Words]]:
    yield "title", _("Title"), posting.title
    yield "hours", _("Hours"), posting.hours
    yield "remote", _("Working from home"), posting.remote
    yield "starts", _("Start"), posting.starts
    yield "pay_variable", _("About the pay"), posting.pay_variable
    for kind in SectionKind:
        yield field_of(kind), kind.label, posting.section(kind)
    for number, criterion in enumerate(posting.criteria):
        yield f"criteria-{number}-text", _("Criterion %(number)s", number=number + 1), criterion.text
    for number, question in enumerate(posting.questions):
        yield f"questions-{number}-text", _("Question %(number)s", number=number + 1), question.text
