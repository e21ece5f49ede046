"""What is asked for when questions are kept under a name."""

from __future__ import annotations

from typing import Any

from wtforms import Field, FieldList, FormField
from wtforms.validators import InputRequired, Length, ValidationError

from rmhr.core.i18n import _, gettext
from rmhr.postings.forms.rows import QuestionRow, append, kept, refuse_many_files
from rmhr.web.edits import EditForm
from rmhr.web.fields import MOST_ROWS
from rmhr.web.forms import TextField

LONGEST_NAME = 120


class QuestionSetForm(EditForm):
    """A name, and the questions."""

    name = TextField(
        _("Name"),
        [InputRequired(_("Give the set a name.")), Length(max=LONGEST_NAME)],
        description=_("Colleagues choose the set by it. Applicants do not see it."),
    )
    questions = FieldList(FormField(QuestionRow), max_entries=MOST_ROWS)

    def validate_questions(self, field: Field) -> None:
        """At least one, and no more files than one form can carry."""
        if not kept(field):
            raise ValidationError(gettext("Write at least one question."))
        refuse_many_files(field)

    def add_row(self) -> None:
        """One more empty question; everything typed stays."""
        append(self.questions, [{}])

    def facts(self) -> dict[str, Any]:
        """What the operation receives."""
        return {"name": self["name"].data, "questions": kept(self.questions)}
