"""What is asked about the scheduler's jobs."""

from __future__ import annotations

from wtforms import Field, ValidationError
from wtforms.validators import InputRequired

from rmhr.core.i18n import _, gettext
from rmhr.web.forms import Form, LongTextField

#: Longer ones are no reason but a report.
LONGEST_REASON = 500


class PauseForm(Form):
    """Why a job is paused."""

    reason = LongTextField(
        _("Reason"),
        [InputRequired(_("Enter why the job is paused"))],
        description=_("It is shown with the job until it resumes, so that everybody knows why."),
    )

    def validate_reason(self, field: Field) -> None:
        """A reason of a length that fits on a page."""
        if len(field.data) > LONGEST_REASON:
            raise ValidationError(gettext("Use at most %(n)s characters.", n=LONGEST_REASON))
