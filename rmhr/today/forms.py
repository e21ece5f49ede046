"""What is asked when something is put off."""

from __future__ import annotations

from wtforms import DateField
from wtforms.validators import InputRequired

from rmhr.web.forms import Form


class PutOffForm(Form):
    """Until when something stays off the list; each day that is offered is a button."""

    until = DateField(validators=[InputRequired()])
