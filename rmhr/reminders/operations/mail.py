"""What administrators do with mail: send once more what could not be sent."""

from __future__ import annotations

from typing import Any

from flask import current_app

from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.core.i18n import _, gettext
from rmhr.core.operation import operation
from rmhr.models.system import Message, MessageStatus
from rmhr.reminders import policies


@operation(allow=policies.LOOK_AFTER, done=_("The mail waits to be sent again"))
def resend(_actor: Any, message: Message) -> None:
    """Put a mail that has failed back into the queue, with all its attempts ahead of it.

    Raises NotPossible for one that has not failed, and where there is no mail server.
    """
    if message.state is not MessageStatus.FAILED:
        raise NotPossible(gettext("Only mail that could not be sent can be sent again."))
    if not current_app.config["SMTP_URL"]:
        raise NotPossible(gettext("There is no mail server: mail is kept, not sent."))
    message.state = MessageStatus.WAITING
    message.attempts = 0
    message.next_attempt_at = clock.now()
