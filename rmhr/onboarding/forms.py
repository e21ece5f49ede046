"""What is asked when a task is done, dropped or opened again."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length, Optional

from rmhr.core.i18n import _
from rmhr.web.forms import LongTextField, TransitionForm


class CommentForm(TransitionForm):
    """A task is done; whoever did it may add a remark."""

    comment = LongTextField(
        _("Remark"),
        [Optional(), Length(max=1000)],
        description=_("What the others should know. No client names."),
    )


class DropForm(TransitionForm):
    """A task is not needed; the history says why."""

    note = LongTextField(
        _("Why is it not needed?"), [InputRequired(_("Say why it is not needed.")), Length(max=500)]
    )
