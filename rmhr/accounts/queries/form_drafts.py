"""What somebody has typed into a form and not saved: theirs alone."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.workspace import FormDraft


def form_draft(owner: User, form: str) -> FormDraft | None:
    """What this person left in this form ("postings.edit:12")."""
    return db.session.scalar(
        sa.select(FormDraft).where(FormDraft.user_id == owner.id, FormDraft.form == form)
    )
