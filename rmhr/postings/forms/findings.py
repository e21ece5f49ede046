"""What is asked of whoever answers the coach."""

from __future__ import annotations

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from rmhr.core.i18n import _
from rmhr.web.edits import EditForm
from rmhr.web.forms import LongTextField


class AnswerForm(EditForm):
    """Why it stays as it is."""

    finding = HiddenField(validators=[InputRequired()])
    note = LongTextField(
        _("Why it stays as it is"),
        [InputRequired(_("Say why it stays as it is.")), Length(max=1000)],
    )
