"""What is written of a posting besides its status: its beginning, its text, and closing what has expired."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible, Stale
from rmhr.core.i18n import Words, _, gettext
from rmhr.core.operation import operation
from rmhr.models.accounts import RmLevel, Unit, User
from rmhr.models.postings import (
    Criterion,
    Employment,
    Importance,
    Posting,
    PostingSection,
    PostingTemplate,
    Question,
    QuestionKind,
    SectionKind,
)
from rmhr.postings import checklist, policies, queries
from rmhr.postings.workflow import FLOW

#: What the starter text leaves to the bank.
BANK = "{{bank_name}}"


@operation(allow=policies.CREATE, done=_("Posting begun"))
def create(
    actor: User, template: PostingTemplate, *, unit: Unit, hiring_manager: User, bank_name: str
) -> Posting:
    """A draft from the starter text. Whoever begins it is its recruiter."""

    def said(text: Mapping[str, str]) -> Words:
        return Words({code: words.replace(BANK, bank_name) for code, words in text.items()})

    facts = template.facts
    posting = Posting(
        title=said(template.title),
        rm_type=template.rm_type,
        level=RmLevel.RM,
        unit=unit,
        employment=Employment(facts["employment"]),
        hours=said(facts["hours"]),
        remote=said(facts["remote"]),
        starts=said(facts["starts"]),
        pay_note=said(facts["pay_note"]),
        place=unit.name if unit.place and unit.place in unit.name else unit.place,
        hiring_manager=hiring_manager,
        recruiter=actor,
        sections=[
            PostingSection(kind=SectionKind(each["kind"]), text=said(each["text"]))
            for each in template.sections
        ],
        criteria=[
            Criterion(position=position, text=said(each["text"]), importance=Importance(each["importance"]))
            for position, each in enumerate(template.criteria)
        ],
        questions=[
            Question(
                position=position,
                kind=QuestionKind(each["kind"]),
                text=said(each["text"]),
                required=bool(each["required"]),
            )
            for position, each in enumerate(template.questions)
        ],
    )
    _write_slug(posting)
    return posting


@operation(allow=policies.EDIT, done=_("Posting saved"))
def revise(
    actor: User,
    posting: Posting,
    *,
    seen_version: int | None = None,
    facts: Mapping[str, Any],
    sections: Mapping[SectionKind, Words],
    criteria: Sequence[Mapping[str, Any]] | None = None,
    questions: Sequence[Mapping[str, Any]] | None = None,
) -> Posting:
    """Write facts and texts; criteria and questions too, unless they are None.

    Raises Stale where the posting has changed since `seen_version`; NotPossible where it is closed, would
    lose what the public relies on, or where there are applications that were made on the old criteria.
    """
    if seen_version is not None and seen_version != posting.version:
        raise Stale(gettext("Somebody else has just changed this. Please look again."))
    refuse_if_closed(posting)
    if (criteria is not None or questions is not None) and queries.has_applications(posting):
        raise NotPossible(gettext("There are applications: criteria and questions can no longer be changed."))
    for name, value in facts.items():
        setattr(posting, name, value)
    _write_sections(posting, sections)
    if criteria is not None:
        _write_rows(posting.criteria, Criterion, criteria)
    if questions is not None:
        _write_rows(posting.questions, Question, questions)
    if posting.published_at is None:
        _write_slug(posting)
    if posting.status in FLOW["close"].sources and (why := checklist.why_not_again(posting)):
        raise NotPossible(why)
    # Its parts are rows of their own: without this the version would not tell that somebody was here.
    posting.updated_at = clock.now()
    return posting


def refuse_if_closed(posting: Posting) -> None:
    """Raise NotPossible where a posting's life is over: it is not written any more."""
    if posting.status in FLOW["reopen"].sources:
        raise NotPossible(gettext("A closed posting is not changed any more. Reopen it first."))


def close_expired(actor: Any) -> int:
    """Close what can no longer be applied to; say how many there were."""
    found = queries.expired()
    for posting in found:
        FLOW.perform(actor, posting, "expire")
    return len(found)


def _write_sections(posting: Posting, sections: Mapping[SectionKind, Words]) -> None:
    there = {section.kind: section for section in posting.sections}
    for kind, text in sections.items():
        if section := there.get(kind):
            if section.text != text:
                section.text = text
        elif text:
            posting.sections.append(PostingSection(kind=kind, text=text))


def _write_rows(rows: list[Any], model: type[Any], wanted: Sequence[Mapping[str, Any]]) -> None:
    """Bring the rows in step by their place: nobody refers to them yet, and no two ever share a position."""
    for position, values in enumerate(wanted):
        if position < len(rows):
            for name, value in values.items():
                if getattr(rows[position], name) != value:
                    setattr(rows[position], name, value)
        else:
            rows.append(model(position=position, **values))
    del rows[len(wanted) :]


def _write_slug(posting: Posting) -> None:
    """Store the posting under the next free address, also where somebody takes the same one in this moment."""
    while (slug := _slug(posting)) != posting.slug:
        try:
            with db.session.begin_nested():
                posting.slug = slug
                db.session.add(posting)
        except IntegrityError:
            if queries.slug_is_free(slug, posting.id):
                raise  # it was something else


def _slug(posting: Posting) -> str:
    """The public address: the English title without its mark, and the place; numbered where that is taken."""
    title = re.sub(r"\([^)]*\)", "", posting.title.in_("en"))
    base = _plain(f"{title} {posting.place}") or "job"
    slug, number = base, 1
    with db.session.no_autoflush:
        while not queries.slug_is_free(slug, posting.id):
            number += 1
            slug = f"{base}-{number}"
    return slug


def _plain(text: str) -> str:
    german = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})
    folded = unicodedata.normalize("NFKD", text.lower().translate(german)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:80].strip("-")
