"""What changed from one version of a posting to the next, in words: title, pay, texts, criteria, questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rmhr.core.i18n import LANGUAGES, Words, _, gettext
from rmhr.models.criteria import Criterion, PostingVersion, Question
from rmhr.models.postings import Posting, SectionKind
from rmhr.models.requisitions import PayPeriod
from rmhr.postings.checklist import NAMES
from rmhr.postings.operations import versions
from rmhr.postings.queries.public import pay_range

Said = list[tuple[str, str]]  # (language or "", text)

WORDS = (
    ("title", _("Title")),
    ("hours", _("Hours")),
    ("remote", _("Working from home")),
    ("starts", _("Start")),
    ("pay_variable", _("Variable part")),
    ("pay_agreement", _("Collective agreement")),
    ("pay_criteria", _("What the pay depends on")),
)


@dataclass(frozen=True)
class Change:
    """One thing that reads differently: what it is, how it was, how it is."""

    label: Any
    before: Said
    after: Said


@dataclass(frozen=True)
class Step:
    """A version, and what is different in it from the one before."""

    version: PostingVersion
    changes: list[Change]


def history(posting: Posting) -> list[Step]:
    """The versions of a posting, the newest first."""
    steps, before = [], None
    for version in posting.versions:
        steps.append(Step(version, list(_between(posting, before, version)) if before else []))
        before = version
    return steps[::-1]


def _between(posting: Posting, old: PostingVersion, new: PostingVersion) -> Iterator[Change]:
    was, now = _text(posting, old), _text(posting, new)
    for name, label in WORDS:
        yield from _words(label, was.get(name, {}), now.get(name, {}))
    yield from _plain(_("Places"), _places(was), _places(now))
    yield from _plain(_("Pay"), [_pay(was)], [_pay(now)])
    texts_was, texts_now = _sections(was), _sections(now)
    for kind in SectionKind:
        yield from _words(kind.label, texts_was.get(kind, {}), texts_now.get(kind, {}))
    yield from _plain(_("Criteria"), list(map(_criterion, old.criteria)), list(map(_criterion, new.criteria)))
    asked_was, asked_now = list(map(_question, old.questions)), list(map(_question, new.questions))
    yield from _plain(_("Questions for applicants"), asked_was, asked_now)


def _text(posting: Posting, version: PostingVersion) -> Mapping[str, Any]:
    return version.text if version.text is not None else versions.text_of(posting)


def _words(label: Any, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    codes = [code for code in LANGUAGES if was.get(code, "") != now.get(code, "")]
    if codes:
        yield Change(
            label, *([(str(NAMES[code]), text.get(code, "")) for code in codes] for text in (was, now))
        )


def _plain(label: Any, was: list[str], now: list[str]) -> Iterator[Change]:
    """Lists: what stayed is left out, unless only the order is another one."""
    if was == now:
        return
    gone, come = [text for text in was if text not in now], [text for text in now if text not in was]
    if not gone and not come:
        gone, come = was, now
    yield Change(label, [("", text) for text in gone if text], [("", text) for text in come if text])


def _places(text: Mapping[str, Any]) -> list[str]:
    return [text["place"], *text.get("further_places", [])]


def _pay(text: Mapping[str, Any]) -> str:
    said = pay_range(text["pay_min"], text["pay_max"], text["currency"])
    return f"{said} {PayPeriod(text['pay_period']).label}" if said else ""


def _sections(text: Mapping[str, Any]) -> dict[SectionKind, Mapping[str, str]]:
    return {SectionKind(each["kind"]): each["text"] for each in text["sections"]}


def _criterion(row: Criterion) -> str:
    said = f"{row.text} ({row.importance.label})"
    return said if row.weight == 1 else f"{said}, {gettext('weight %(weight)s', weight=row.weight)}"


def _question(row: Question) -> str:
    optional = "" if row.required else f", {gettext('optional')}"
    choices = " / ".join(str(Words(choice)) for choice in row.choices)
    return f"{row.text} ({row.kind.label}{optional})" + (f": {choices}" if choices else "")
