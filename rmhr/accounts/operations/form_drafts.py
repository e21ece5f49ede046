"""Forms that are not sent yet: kept while somebody types, dropped once they save, gone after a month."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from rmhr.accounts import policies, queries
from rmhr.core import clock
from rmhr.core.db import db, deleted
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.law import retention
from rmhr.models.accounts import User
from rmhr.models.workspace import FormDraft

#: Longer than any form of ours; what is longer was not typed.
MOST_FIELDS, MOST_CHARACTERS = 2_000, 400_000
KEPT = retention.FORM_DRAFTS.span
#: Fields of a form that nobody types.
PLUMBING = frozenset({"csrf_token", "add", "kept"})


@operation(allow=policies.OWN, done=_("Draft kept"))
def keep_form_draft(actor: User, owner: User, *, form: str, typed: Iterable[tuple[str, str]]) -> FormDraft:
    """Keep what is typed into a form, instead of what was kept of it before.

    Raises NotPossible where it is more than a person types.
    """
    fields = [{"name": name, "value": value} for name, value in typed if name not in PLUMBING]
    if len(fields) > MOST_FIELDS or sum(len(each["value"]) for each in fields) > MOST_CHARACTERS:
        raise NotPossible(gettext("This is too long to be kept as a draft. Please save it."))
    draft = queries.form_drafts.form_draft(owner, form)
    if draft is None:
        draft = FormDraft(user_id=owner.id, form=form, typed=fields)
        db.session.add(draft)
    draft.typed, draft.saved_at = fields, clock.now()
    return draft


@operation(allow=policies.OWN, done=_("Draft discarded"))
def drop_form_draft(actor: User, owner: User, *, form: str) -> None:
    """Forget what is typed into a form: it is saved, or not wanted any more."""
    db.session.execute(sa.delete(FormDraft).where(FormDraft.user_id == owner.id, FormDraft.form == form))


def forget_form_drafts() -> int:
    """Delete the drafts that nobody has touched for a month; say how many there were."""
    return deleted(sa.delete(FormDraft).where(FormDraft.saved_at < clock.now() - KEPT))
