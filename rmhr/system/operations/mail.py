"""What becomes of mail that did not arrive: sent once more, put aside; its address works again."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import current_app

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import bounces
from rmhr.core.policy import SYSTEM, Actor
from rmhr.models.accounts import User
from rmhr.models.system import Bounce, Message, MessageStatus
from rmhr.system import policies


@operation(allow=policies.UNDELIVERED, done=_("The mail will be sent again"))
def resend(_actor: Actor, message: Message) -> None:
    """Put a mail that did not arrive back into the queue, with all its attempts ahead of it.

    It goes to the person's present address. Raises NotPossible for one that did arrive as far as anybody knows, and
    where there is no mail server.
    """
    came_back = message.state is MessageStatus.SENT and bounces.of([message.to_address])
    if message.state is not MessageStatus.FAILED and not came_back:
        raise NotPossible(gettext("Only mail that could not be sent can be sent again."))
    _send_again([message.id])


@operation(allow=policies.UNDELIVERED, done=_("The mails will be sent again"))
def resend_all(_actor: Actor, ids: Sequence[int]) -> None:
    """The same for all of these, in one go. Raises NotPossible where there is no mail server."""
    _send_again(ids)


def _send_again(ids: Sequence[int]) -> None:
    if not current_app.config["SMTP_URL"]:
        raise NotPossible(gettext("There is no mail server: mail is kept, not sent."))
    present = sa.select(User.email).where(User.id == Message.user_id).scalar_subquery()
    again = sa.update(Message).where(
        Message.id.in_(ids), Message.state.in_((MessageStatus.FAILED, MessageStatus.SENT))
    )
    db.session.execute(
        again.values(
            state=MessageStatus.WAITING,
            to_address=sa.func.coalesce(present, Message.to_address),
            attempts=0,
            next_attempt_at=clock.now(),
            sent_at=None,
            error="",
        ),
        execution_options={"synchronize_session": False},
    )
    db.session.expire_all()


@operation(allow=policies.UNDELIVERED, done=_("The mail is put aside"))
def put_aside(_actor: Actor, message: Message) -> None:
    """Nobody has to see to it any more: it was said in another way, or came too late to be of use.

    Raises NotPossible for mail that could be sent.
    """
    if message.state is not MessageStatus.FAILED:
        raise NotPossible(gettext("Only mail that could not be sent can be put aside."))
    message.state = MessageStatus.KEPT


@operation(allow=policies.UNDELIVERED, done=_("The address counts as working again"))
def address_works(_actor: Actor, bounce: Bounce) -> None:
    """Somebody has asked, or knows: mail to this address arrives."""
    bounces.forget(SYSTEM, bounce)
