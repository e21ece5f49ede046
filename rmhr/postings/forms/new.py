"""What is asked for when a posting is begun."""

from __future__ import annotations

from wtforms.validators import InputRequired, Optional

from rmhr.core.i18n import _
from rmhr.web.choices import PeopleField
from rmhr.web.forms import Form


class NewForm(Form):
    """What a draft begins with; the rest comes from the requisition and from a text that there is."""

    requisition_id = PeopleField(
        _("Requisition"),
        [InputRequired(_("Choose the requisition that the posting is for."))],
        nothing=_("Choose a requisition"),
        description=_("Approved, and with positions that are not advertised yet."),
    )
    hiring_manager_id = PeopleField(
        _("Hiring manager"),
        [InputRequired(_("Choose the hiring manager."))],
        nothing=_("Choose a person"),
        description=_(
            "Whoever the new colleague will report to. They are told when the posting goes online."
        ),
    )
    source_id = PeopleField(
        _("Begin with"),
        [Optional()],
        nothing=_("The starter text for this kind"),
        description=_(
            "An earlier posting brings its texts, criteria, questions, places and team; no dates and no"
            " applications."
        ),
    )
