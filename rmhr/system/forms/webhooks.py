"""What is asked about a webhook."""

from __future__ import annotations

from urllib.parse import urlsplit

from wtforms import Field, URLField, ValidationError
from wtforms.validators import InputRequired

from rmhr.core.i18n import _, gettext
from rmhr.core.mail.webhook import SCHEMES
from rmhr.models.system import Webhook
from rmhr.system import queries
from rmhr.web.edits import EditForm
from rmhr.web.forms import TextField

LONGEST_NAME, LONGEST_URL = 80, 2000


class Address(URLField, TextField):
    """A web address, without white space around it."""


class WebhookForm(EditForm):
    """Where calls go, and what people call it."""

    webhook: Webhook | None = None  # which one is changed
    name = TextField(
        _("Name"),
        [InputRequired(_("Enter a name"))],
        description=_("What it is for, for example “Chat of the branches”"),
    )
    url = Address(
        _("Address"),
        [InputRequired(_("Enter the address"))],
        description=_("Where the calls go. The chat or the other system gives it to you."),
    )

    def validate_name(self, field: Field) -> None:
        """A name that fits on a page, and that no other webhook has."""
        if len(field.data) > LONGEST_NAME:
            raise ValidationError(gettext("Use at most %(n)s characters.", n=LONGEST_NAME))
        other = queries.webhooks.webhook_called(field.data)
        if other is not None and (self.webhook is None or other.id != self.webhook.id):
            raise ValidationError(gettext("There is a webhook of this name already."))

    def validate_url(self, field: Field) -> None:
        """A complete address that a call can be sent to; a password in it would be shown where it need not."""
        if not _is_callable(field.data):
            raise ValidationError(
                gettext("Enter a complete address, for example https://chat.bank.example/hooks/reminders")
            )


def _is_callable(address: str) -> bool:
    try:
        url = urlsplit(address)
        whole = url.scheme in SCHEMES and bool(url.hostname) and url.port != 0 and "@" not in url.netloc
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and " " not in address
    return whole and plain and not url.fragment and len(address) <= LONGEST_URL
