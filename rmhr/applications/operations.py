"""Every write about applications that is no transition: applying, judging a criterion, asking for a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from rmhr.applications import links, notifications, policies, queries
from rmhr.applications.links import private_link
from rmhr.applications.workflow import FLOW
from rmhr.core import clock, files, outbox
from rmhr.core.calendar import add_working_days
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.files import Upload
from rmhr.core.i18n import _, gettext
from rmhr.core.operation import operation
from rmhr.core.policy import anyone
from rmhr.models.accounts import User
from rmhr.models.applications import (
    Applicant,
    Application,
    ApplicationAnswer,
    ApplicationPlace,
    ApplicationStatus,
    ScreeningMark,
    Verdict,
)
from rmhr.models.postings import Posting, PostingStatus

__all__ = ["ask_for_link", "judge", "private_link", "receive", "screen_by", "send", "takes_applications"]

#: Working days within which somebody has read an application: what the posting promises.
SCREEN_WITHIN = 3
#: A mailbox is not filled from outside: at most so many links in this span.
LINKS, LINK_SPAN = 3, timedelta(hours=1)
SECOND_CLICK = timedelta(minutes=10)


def takes_applications(posting: Posting) -> bool:
    """Whether one can apply now: published, and the last day is not over on the bank's calendar."""
    in_time = posting.closes_on is None or clock.today() <= posting.closes_on
    return posting.status is PostingStatus.PUBLISHED and in_time


def screen_by(posting: Posting) -> Any:
    """Until when an application that arrives now will have been read."""
    return add_working_days(clock.today(), SCREEN_WITHIN, posting.unit.holiday_region)


def receive(posting: Posting, *, email: str, name: str, language: str, **given: Any) -> Application | None:
    """Take an application from somebody without an account.

    None where this person has applied to this posting before: then they are written to, and whoever sent the
    form learns nothing. Raises NotPossible when the posting takes no applications any more.
    """
    db.session.execute(sa.select(Posting.id).where(Posting.id == posting.id).with_for_update())
    if not takes_applications(posting):
        raise NotPossible(gettext("This position does not take applications any more."))
    person = queries.by_email(email) or Applicant(email=email.strip().lower(), name=name, language=language)
    known = queries.sent_to(posting, person)
    if known is not None:
        # A second click is not a second application, and needs no second mail.
        fresh = known.received_at > clock.now() - SECOND_CLICK
        if not fresh and links.sent_since(person, LINK_SPAN) < LINKS:
            outbox.compose(notifications.KNOWN, known, person)
        return None
    try:
        return send(person, posting, name=name, language=language, **given)
    except IntegrityError:
        # The same person, in the same moment, to another posting.
        raise NotPossible(gettext("This could not be saved just now. Please send it once more.")) from None


@operation(allow=anyone, done=_("Application received"))
def send(
    applicant: Applicant,
    posting: Posting,
    *,
    name: str,
    phone: str,
    language: str,
    motivation: str,
    answers: Mapping[int, str],
    cv: Upload,
    privacy_version: str,
    places: Sequence[int] = (),
) -> Application:
    """Keep the application with its CV, and thank for it. The latest name and phone number count.

    `places` are the units where the person would work, where the posting names several.
    """
    document = files.store(cv)
    db.session.add_all([applicant, document])
    applicant.name, applicant.phone, applicant.language = name, phone, language
    application = Application(
        posting=posting,
        posting_version=posting.current,
        applicant=applicant,
        language=language,
        motivation=motivation,
        cv=document,
        privacy_version=privacy_version,
        privacy_at=clock.now(),
        received_at=clock.now(),
        screen_by=screen_by(posting),
        answers=[
            ApplicationAnswer(question_id=question_id, answer=answer)
            for question_id, answer in answers.items()
            if answer
        ],
        places=[ApplicationPlace(unit_id=unit_id) for unit_id in places],
    )
    db.session.add(application)
    db.session.flush()
    outbox.queue(notifications.RECEIVED, application)
    return application


@operation(allow=policies.DECIDE, done=_("Criteria judged"))
def judge(
    actor: User, application: Application, *, verdicts: Mapping[int, tuple[Verdict, str]]
) -> Application:
    """Keep one person's verdict on criteria, with the evidence: {criterion id: (verdict, evidence)}.

    A new application is in screening from then on. Criteria that are not named stay as they are.
    """
    if application.status is ApplicationStatus.RECEIVED and verdicts:
        FLOW.perform(actor, application, "screen")
    if verdicts and application.status is not ApplicationStatus.SCREENING:
        raise NotPossible(gettext("The screening is over: this application has moved on."))
    known = {mark.criterion_id: mark for mark in application.marks}
    for criterion in application.posting_version.criteria:
        if criterion.id not in verdicts:
            continue
        verdict, evidence = verdicts[criterion.id]
        mark = known.get(criterion.id)
        if mark is None:
            mark = ScreeningMark(criterion=criterion, verdict=verdict, evidence=evidence, marked_by=actor)
            application.marks.append(mark)
        elif (mark.verdict, mark.evidence) != (verdict, evidence):
            mark.verdict, mark.evidence, mark.marked_by = verdict, evidence, actor
    return application


def ask_for_link(email: str) -> bool:
    """Write a new private link to this address, if we know it. The page says the same in every case."""
    applicant = queries.by_email(email)
    if applicant is None or links.sent_since(applicant, LINK_SPAN) >= LINKS:
        return False
    outbox.queue(notifications.LINK, applicant)
    return True
