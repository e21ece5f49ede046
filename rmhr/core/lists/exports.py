"""Lists as files: recorded in the history of whoever takes one home, and how they like to have them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext, language, ngettext
from rmhr.core.lists.selection import Selection
from rmhr.core.policy import AccessRule, Actor
from rmhr.models.accounts import User
from rmhr.models.workspace import ExportChoice, FileKind, Separator

oneself = AccessRule("oneself", lambda user, person: isinstance(user, User) and user.id == person.id)


def choice_of(user: User) -> ExportChoice:
    """How this person last took a list home; before the first time, as it is usual in their language."""
    found = db.session.scalar(sa.select(ExportChoice).where(ExportChoice.user_id == user.id))
    usual = Separator.SEMICOLON if language() == "de" else Separator.COMMA
    return found or ExportChoice(kind=FileKind.XLSX, separator=usual, every_column=False)


@operation(allow=oneself, done=_("List exported"))
def export(
    _actor: Actor,
    user: User,
    *,
    selection: Selection[Any],
    rows: int,
    kind: FileKind,
    separator: Separator,
    every_column: bool,
) -> None:
    """Tell in the person's history what they have taken home, and remember how.

    Two exports of one person at the same moment come one after the other here: how is remembered once.
    """
    db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())
    audit.mention(user, told(selection, rows))
    choice = choice_of(user)
    choice.user_id, choice.kind = user.id, kind
    choice.separator, choice.every_column = separator, every_column
    db.session.add(choice)


def told(selection: Selection[Any], rows: int) -> str:
    """ "214 rows of Applications (To screen; Kiel)". Searched words may be a person's name: they are not repeated."""
    title = str(selection.declared.title)
    said = ngettext("%(num)s row of “%(list)s”", "%(num)s rows of “%(list)s”", rows, list=title)
    narrowed = [str(words) for _name, words in selection.narrowed_by]
    narrowed += [gettext("searched")] if selection.q else []
    return f"{said} ({'; '.join(narrowed)})" if narrowed else said
