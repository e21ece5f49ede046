"""What is asked when something is put off."""

from __future__ import annotations

from wtforms.validators import InputRequired

from rmhr.core.due.bounds import PLANNED
from rmhr.web.days import DayField
from rmhr.web.forms import Form


class PutOffForm(Form):
    """Until when something stays off the list; each day that is offered is a button."""

    until = DayField(validators=[InputRequired()], bounds=PLANNED)
