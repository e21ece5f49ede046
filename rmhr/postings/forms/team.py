"""What is asked for when somebody joins a hiring team, and when a posting gets other readers."""

from __future__ import annotations

from wtforms.validators import InputRequired

from rmhr.core.i18n import _
from rmhr.models.postings import TeamPart
from rmhr.web.choices import PeopleField
from rmhr.web.fields import EnumField
from rmhr.web.forms import Form


class MemberForm(Form):
    """One more person for the team."""

    user_id = PeopleField(_("Person"), [InputRequired(_("Choose a person."))], nothing=_("Choose a person"))
    part = EnumField(
        _("What they do"),
        TeamPart,
        default=TeamPart.INTERVIEWER,
        description=_("Recruiters come from HR. Interviewers need the role “Interviewer”."),
    )
