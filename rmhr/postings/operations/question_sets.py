"""Sets of questions are kept, changed and deleted. Postings hold copies, so none of this changes a posting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.law import private_life
from rmhr.models.accounts import User
from rmhr.models.criteria import QuestionSet
from rmhr.postings import policies


@operation(allow=policies.KEEP_SETS, done=_("Question set kept"))
def keep_set(actor: User, name: str, *, questions: Sequence[Mapping[str, Any]]) -> QuestionSet:
    """Questions for postings to come. Raises NotPossible where the name is taken or one may not be asked."""
    refuse_forbidden(questions)
    made = QuestionSet(name=name, questions=stored(questions))
    db.session.add(made)
    _flush()
    return made


@operation(allow=policies.KEEP_SETS, done=_("Question set saved"))
def revise_set(
    actor: User,
    it: QuestionSet,
    *,
    name: str,
    questions: Sequence[Mapping[str, Any]],
) -> QuestionSet:
    """Write name and questions. Raises NotPossible where the name is taken or one may not be asked."""
    refuse_forbidden(questions)
    it.name, it.questions = name, stored(questions)
    _flush()
    return it


@operation(allow=policies.KEEP_SETS, done=_("Question set deleted"))
def delete_set(actor: User, it: QuestionSet) -> None:
    """Gone, with its name."""
    db.session.delete(it)


def refuse_forbidden(questions: Sequence[Mapping[str, Any]]) -> None:
    """Raise NotPossible where a question, or what can be chosen, asks for past pay or for what is private."""
    for each in questions:
        choices = (text for choice in each.get("choices", ()) for text in choice.values())
        private_life.refuse(*each["text"].values(), *choices)


def stored(questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Questions as they are kept in a set: plain values."""
    return [
        {
            "kind": each["kind"].value,
            "text": dict(each["text"]),
            "choices": [dict(choice) for choice in each["choices"]],
            "required": bool(each["required"]),
        }
        for each in questions
    ]


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise NotPossible(gettext("There is a question set of this name already.")) from error
