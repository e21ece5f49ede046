"""Answers to the coach: why a posting says something all the same."""

from __future__ import annotations

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import User
from rmhr.models.postings import FindingNote, Posting
from rmhr.postings import policies
from rmhr.postings.coach import advice
from rmhr.postings.queries import findings


@operation(allow=policies.EDIT, done=_("Answer to the coach kept"))
def answer(actor: User, posting: Posting, *, finding: str, note: str) -> FindingNote:
    """Say why it stays as it is; a second answer replaces the first.

    Raises NotPossible where the coach does not say this (any more), or where nothing can be said against it.
    """
    if finding not in {each.key for each in advice.worth_a_look(posting)}:
        raise NotPossible(gettext("The coach does not say this any more: the words have changed."))
    kept = _find(posting, finding)
    if kept is None:
        kept = FindingNote(posting=posting, finding=finding, note=note, written_by=actor)
        db.session.add(kept)
    else:
        kept.note, kept.written_by = note, actor
    # Whoever has the page open has not seen this answer.
    posting.updated_at = clock.now()
    return kept


@operation(allow=policies.EDIT, done=_("Answer taken back"))
def take_back(actor: User, posting: Posting, *, finding: str) -> None:
    """Let the finding be open again."""
    if kept := _find(posting, finding):
        db.session.delete(kept)


def forget_gone(posting: Posting) -> None:
    """Part of a change of the posting: an answer goes with the words that it was about."""
    kept = findings.notes(posting)
    if kept:
        said = {each.key for each in advice.worth_a_look(posting)}
        for note in kept:
            if note.finding not in said:
                db.session.delete(note)


def _find(posting: Posting, finding: str) -> FindingNote | None:
    return next((note for note in findings.notes(posting) if note.finding == finding), None)
