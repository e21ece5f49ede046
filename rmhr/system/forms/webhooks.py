"""What is asked about a webhook."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from wtforms import Field, URLField, ValidationError
from wtforms.validators import InputRequired

from rmhr.core.i18n import _, gettext
from rmhr.core.mail import network
from rmhr.core.mail.webhook import SCHEMES
from rmhr.models.system import Webhook
from rmhr.system import queries
from rmhr.web.edits import EditForm
from rmhr.web.forms import Form, TextField

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
        host = queries.webhooks.host_of(field.data)
        own = host == "localhost" or (network.is_address(host) and not network.is_public(ip_address(host)))
        if own and host not in queries.webhooks.host_names():
            raise ValidationError(
                gettext(
                    "%(host)s is in the bank’s own network. Webhooks call it once it is listed under "
                    "“Internal hosts”.",
                    host=host,
                )
            )


class HostForm(Form):
    """A host of the bank's own network that webhooks may call."""

    name = TextField(
        _("Host or address"),
        [InputRequired(_("Enter a host"))],
        description=_("Its name or its address alone, for example chat.bank.example or 10.1.2.3"),
    )

    def validate_name(self, field: Field) -> None:
        """A host without anything around it, that is not listed yet."""
        field.data = network.plain(field.data)
        if not network.is_host(field.data):
            raise ValidationError(
                gettext(
                    "Enter the host alone, without https:// and without a path, for example chat.bank.example"
                )
            )
        if field.data in queries.webhooks.host_names():
            raise ValidationError(gettext("This host is listed already."))


def _is_callable(address: str) -> bool:
    try:
        url = urlsplit(address)
        whole = url.scheme in SCHEMES and bool(url.hostname) and url.port != 0 and "@" not in url.netloc
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and " " not in address
    return whole and plain and not url.fragment and len(address) <= LONGEST_URL
