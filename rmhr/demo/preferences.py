"""What the demo bank's people chose, who is away, what they have read, and whose address takes no mail."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.mail import bounces
from rmhr.demo.accounts import day, hired, person
from rmhr.models.reminders import Rhythm
from rmhr.models.system import Message, MessageStatus
from rmhr.reminders import operations
from rmhr.today import operations as today_operations


def build() -> None:
    """Wishes, absences, inboxes, and one bounce."""
    _choices()
    _absences()
    _inboxes()
    _bounce()


def _choices() -> None:
    """Ilse wants one mail a day, and Lena has what is due in her own calendar."""
    ilse, lena = person("ilse"), hired("lena")
    kinds = [
        name for name, source in registry.SOURCES.items() if not source.must and name != "performance.item"
    ]
    operations.preferences.choose(ilse, ilse, rhythm=Rhythm.DAILY, hour=8, opens=7, closes=18, mailed=kinds)
    if lena is not None:
        today_operations.feed.make_feed(lena, lena)


def _absences() -> None:
    """Greta is away next week, Oskar since some days."""
    greta, oskar = person("greta"), person("oskar")
    monday = day(7 - clock.today().weekday())
    operations.absence.enter_absence(
        greta, greta, starts_on=monday, ends_on=monday + timedelta(days=4), deputy_id=person("tomas").id
    )
    first, last = day(-3), day(3)
    with clock.at(clock.moment(day(-4), 16, 30)):
        operations.absence.enter_absence(
            oskar, oskar, starts_on=first, ends_on=last, deputy_id=person("murat").id
        )


def _inboxes() -> None:
    """What is older than two days was read."""
    old = sa.update(Message).where(Message.created_at < clock.moment(day(-2)), Message.user_id.is_not(None))
    db.session.flush()
    db.session.execute(
        old.values(read_at=Message.created_at), execution_options={"synchronize_session": False}
    )


def _bounce() -> None:
    """The last mail to one applicant did not arrive."""
    to_applicants = sa.select(Message).where(
        Message.kind.startswith("applications."), Message.user_id.is_(None)
    )
    mail = db.session.scalars(to_applicants.order_by(Message.id.desc()).limit(1)).first()
    if mail is not None:
        mail.state, mail.attempts = MessageStatus.FAILED, 1
        mail.error = f"550 5.1.1 <{mail.to_address}>: no such mailbox here"
        bounces.refused(mail.to_address, mail.error)
