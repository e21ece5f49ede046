"""Further places where the same job can be done."""

from __future__ import annotations

from wtforms import BooleanField
from wtforms.validators import Length, Optional

from rmhr.core.i18n import _
from rmhr.web.choices import PeopleField
from rmhr.web.fields import LONGEST_LINE
from rmhr.web.forms import Form, TextField

MOST_PLACES = 12


class PlaceRow(Form):
    """Another place in the editor."""

    class Meta:
        """The editor around it carries the token."""

        csrf = False

    called = _("Further place %(number)s")
    unit_id = PeopleField(_("Unit"), [Optional()], nothing=_("Choose a unit"))
    place = TextField(_("Place of work"), [Length(max=LONGEST_LINE)])
    remove = BooleanField(_("Remove"))
