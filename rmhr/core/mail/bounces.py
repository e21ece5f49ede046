"""Addresses that do not take mail: noted when a server refuses one or a mail comes back, forgotten when one works."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from rmhr.core.db import db
from rmhr.core.flow.operation import operation
from rmhr.core.folding import same_address
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM, Actor, the_system
from rmhr.models.system import Bounce, Message

#: Of what a server says, so much is kept.
LONGEST = 500


def of(addresses: Iterable[str]) -> dict[str, Bounce]:
    """Which of these addresses do not take mail, each with what was said of it. One query."""
    wanted = {same_address(address) for address in addresses}
    found = db.session.scalars(sa.select(Bounce).where(Bounce.address.in_(wanted))) if wanted else ()
    return {bounce.address: bounce for bounce in found}


def known(address: str) -> bool:
    """Whether we have ever written there: what comes back from elsewhere is none of ours."""
    written = sa.select(Message.id).where(Message.to_address == same_address(address)).limit(1)
    return db.session.scalar(written) is not None


def refused(address: str, said: str) -> None:
    """Note that mail to this address does not arrive."""
    with suppress(IntegrityError):  # another sender has noted it at this moment
        note(SYSTEM, same_address(address), said=said[:LONGEST])


def taken(address: str) -> None:
    """Forget that mail to this address did not arrive: a server has taken one."""
    if bounce := of([address]).get(same_address(address)):
        forget(SYSTEM, bounce)


@operation(allow=the_system, done=_("Mail to the address came back"))
def note(_actor: Actor, address: str, *, said: str) -> Bounce:
    """Store that mail to this address did not arrive and what was said, or count it once more."""
    bounce = of([address]).get(address)
    if bounce is None:
        bounce = Bounce(address=address, said=said, times=1)
        db.session.add(bounce)
    else:
        bounce.said, bounce.times = said, bounce.times + 1
    return bounce


@operation(allow=the_system, done=_("Mail to the address arrives again"))
def forget(_actor: Actor, bounce: Bounce) -> None:
    """Delete the note: the address works, or is nobody's any more."""
    db.session.delete(bounce)
