"""Recommending somebody, forgetting those of whom nothing came, and the bonus for those who were hired."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from rmhr.accounts import policies as account_policies
from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.jobs import one_by_one
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.folding import same_address
from rmhr.core.history import forgetting
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.core.policy import SYSTEM, Actor
from rmhr.models.accounts import User
from rmhr.models.postings import Posting
from rmhr.models.sourcing import Referral
from rmhr.models.system import Message
from rmhr.sourcing import notifications, policies
from rmhr.sourcing.operations.share_links import new_code
from rmhr.sourcing.queries import referrals as queries

#: The bank's name is not lent to mass mail.
MOST_A_DAY = 10


def why_not_recommend(actor: User, posting: Posting, email: str) -> str | None:
    """What stands against it, in words for whoever recommends; nothing where it can be.

    Of a person whom somebody else recommends it only says that the address is taken.
    """
    email = same_address(email)
    if email == actor.email:
        return gettext("You cannot refer yourself. You can apply internally, under “Open jobs”.")
    if accounts.people.by_email(email) is not None:
        return gettext("This person works here. Colleagues apply internally, under “Open jobs”.")
    known = queries.known(posting, email)
    if known is not None and known.referrer_id == actor.id:
        return gettext("You have referred this person for this position already.")
    if known is not None:
        return gettext("This address has been referred for this position already.")
    return None


@operation(allow=account_policies.STAFF, done=_("Referred; we have written to them"))
def recommend(actor: User, posting: Posting, *, name: str, email: str, language: str, note: str) -> Referral:
    """Recommend somebody from outside, and write to them once. Raises NotPossible with why not."""
    if not posting.is_public:
        raise NotPossible(gettext("This position no longer takes applications."))
    db.session.execute(sa.select(Posting.id).where(Posting.id == posting.id).with_for_update())
    if why_not := why_not_recommend(actor, posting, email):
        raise NotPossible(why_not)
    if queries.made_since(actor, timedelta(days=1)) >= MOST_A_DAY:
        raise NotPossible(gettext("You have referred many people today. Please continue tomorrow."))
    referral = Referral(
        posting=posting,
        referrer=actor,
        code=new_code(),
        name=name.strip(),
        email=same_address(email),
        language=language,
        note=note.strip(),
    )
    db.session.add(referral)
    db.session.flush()
    outbox.queue(notifications.RECOMMENDED, referral)
    return referral


@operation(allow=policies.FORGET, done=_("Referral deleted, it led to nothing"))
def forget(_actor: Actor, referral: Referral) -> None:
    """Delete it, and what we wrote to the person."""
    _gone(referral)


@operation(allow=policies.ERASE, done=_("Deleted, as the person wished"))
def erase(_actor: Actor, referral: Referral) -> None:
    """Delete it on the wish of whoever was recommended. Raises NotPossible once it is part of an application."""
    if queries.is_used(referral):
        raise NotPossible(
            gettext("This person has applied. What is known of them is deleted with the application.")
        )
    _gone(referral)


def _gone(referral: Referral) -> None:
    db.session.execute(
        sa.delete(Message).where(
            Message.kind == notifications.RECOMMENDED.name,
            Message.subject_type == Referral.__tablename__,
            Message.subject_id == referral.id,
        )
    )
    db.session.delete(referral)
    forgetting.forget(referral, [referral])


def forget_unused() -> int:
    """Delete all of which nothing came while they counted; says how many there were."""
    return len(one_by_one(queries.forgettable(), lambda referral: forget(SYSTEM, referral)))


def owe_bonus(referral: Referral) -> None:
    """Say that a bonus is due, where the one who recommends earns one. Part of whatever hires the person."""
    if referral.bonus_due_on is None and queries.earns_bonus(referral.referrer, referral.posting):
        referral.bonus_due_on = clock.today()


def owe_no_bonus(referral: Referral) -> None:
    """Say that none is due after all, unless it was paid. Part of whatever takes the hire back."""
    if referral.bonus_paid_on is None:
        referral.bonus_due_on = None


@operation(allow=policies.PAY_BONUS, done=_("Bonus marked as paid"))
def pay_bonus(actor: User, referral: Referral) -> Referral:
    """Say that the bonus has been paid. Raises NotPossible where none is due."""
    if referral.bonus_due_on is None or referral.bonus_paid_on is not None:
        raise NotPossible(gettext("No bonus is due for this referral."))
    referral.bonus_paid_on = clock.today()
    return referral


@operation(allow=policies.PAY_BONUS, done=_("Bonus is due again"))
def take_back_payment(actor: User, referral: Referral) -> Referral:
    """Take back that it was paid. Raises NotPossible where it was not."""
    if referral.bonus_paid_on is None:
        raise NotPossible(gettext("This bonus has not been paid."))
    referral.bonus_paid_on = None
    return referral
