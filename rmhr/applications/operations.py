"""Every write about applications that is no transition: applying, judging a criterion, asking for a link.

What is deleted on the promised day stands in `erasing.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from rmhr.accounts import queries as accounts
from rmhr.applications import again, disclosures, links, notifications, policies, queries, readings, sources
from rmhr.applications.links import FRESH, LINK_SPAN, LINKS, is_fresh, private_link
from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.files import store
from rmhr.core.files.store import Upload
from rmhr.core.flow.operation import operation
from rmhr.core.folding import same_address
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import news, outbox
from rmhr.core.policy import Actor, anyone, the_system
from rmhr.duties.queries import texts
from rmhr.law import deadlines
from rmhr.models.accounts import User
from rmhr.models.applications import (
    Applicant,
    Application,
    ApplicationAnswer,
    ApplicationPlace,
    AttemptKind,
    PayNotice,
    PayNoticeWay,
    PublicAttempt,
    ScreeningMark,
    Verdict,
)
from rmhr.models.duties import BankText, TextKind
from rmhr.models.postings import Posting, PostingStatus
from rmhr.models.sourcing import SourceKind
from rmhr.postings.queries import teams
from rmhr.sourcing import operations as sourcing_operations

__all__ = [
    "FRESH",
    "apply_from_inside",
    "ask_for_link",
    "is_fresh",
    "judge",
    "keep_from_supervisor",
    "let_supervisor_know",
    "may_have_link",
    "may_keep_from_supervisor",
    "private_link",
    "receive",
    "screen_by",
    "send",
    "takes_applications",
    "tell_pay",
]

MOST_AT_ONE_ADDRESS = 2
#: So many forms of one address for one posting are kept in this span; of more its owner is told.
FORMS, FORMS_SPAN = 5, timedelta(days=1)
#: The same file under so many other addresses in this span is a program, not people who correct a typing error.
SAME_FILE, SAME_FILE_SPAN = 3, timedelta(days=1)


def takes_applications(posting: Posting) -> bool:
    """Whether one can apply now: published, and the last day is not over on the bank's calendar."""
    in_time = posting.closes_on is None or clock.today() <= posting.closes_on
    return posting.status is PostingStatus.PUBLISHED and in_time


def screen_by(posting: Posting) -> date:
    """Returns the day by which an application that arrives now is to be screened."""
    return deadlines.SCREEN_APPLICATION.after(clock.today(), posting.unit.holiday_region)


def receive(
    posting: Posting, *, email: str, name: str, language: str, via: str = "", **given: Any
) -> Application | None:
    """Take an application from somebody without an account; None where nothing was stored.

    Whoever sends the form has not proved that the address is theirs. So nothing that is known of the address changes:
    an application with its own name, phone and language is added. Where an earlier one waits unread it steps aside for
    the new one, whole and readable, and HR and the owner of the address can let it count again; once it is being read,
    nothing is stored. Which it was the mail to the address says; the answer to the form is the same in each case.
    `via` is the code of the link by which they came.

    Raises NotPossible when the posting takes no applications any more, or the same file came under many addresses.
    """
    db.session.execute(sa.select(Posting.id).where(Posting.id == posting.id).with_for_update())
    if not takes_applications(posting):
        raise NotPossible(gettext("This position no longer takes applications."))
    person = queries.applicants.outside(email) or Applicant(email=same_address(email))
    known = queries.applicants.alive(posting, person)
    if known is not None:
        if again.says_the_same(known, name=name, **given):
            return None  # a second click: it is stored, and confirmed
        if not again.steps_aside(known) or _too_many(posting, person):
            if links.sent_since(person, LINK_SPAN) < LINKS:
                outbox.queue(notifications.KNOWN, known)
            return None
    if queries.applicants.senders_of(posting, given["cv"].sha256, clock.now() - SAME_FILE_SPAN) >= SAME_FILE:
        raise NotPossible(
            gettext(
                "This file was sent under several other addresses today. If it is yours, please write to %(mail)s: "
                "we take your application by mail.",
                mail=teams.contact(posting).email,
            )
        )
    try:
        came = sources.credit(posting, person.email, via)
        return send(person, posting, name=name, language=language, came=came, **given)
    except IntegrityError:
        # The same person, in the same moment, to another posting.
        raise NotPossible(gettext("This could not be saved just now. Please send it once more.")) from None


def _too_many(posting: Posting, person: Applicant) -> bool:
    return queries.applicants.number_since(posting, person, clock.now() - FORMS_SPAN) >= FORMS


@operation(allow=policies.OPEN, done=_("Original file opened"))
def open_original(actor: User, application: Application) -> None:
    """Tell in the history who looks at what the masked text leaves out: once a person, application and day."""
    db.session.execute(sa.select(Application.id).where(Application.id == application.id).with_for_update())
    if not queries.applications.original_opened(actor, application):
        audit.mention(application, application.cv.name)


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
    privacy_text: BankText,
    attached: Mapping[int, Upload] | None = None,
    places: Sequence[int] = (),
    came: Mapping[str, Any] | None = None,
    disclosure: Mapping[str, Any] | None = None,
) -> Application:
    """Keep the application with its files, and thank for it. An earlier one that nobody has read yet steps aside.

    `answers` are by question and read as ApplicationAnswer has them; `attached` are the files that questions ask for.
    `places` are the units where the person would work, where the posting names several. `came` is by which way, as
    sources.credit gives it. What a colleague sends, or somebody with a colleague's address, is hidden from their
    supervisor, by whichever way it comes, unless `came` says otherwise. That the person knows the pay
    range is kept with it: from the page where it stands there, and from the thanks. So is the privacy notice that they
    were told. `disclosure` is what they tell of a severe disability: its `kind`, and whether they object (`objects`).
    """
    reading = readings.at_once(cv.text, posting.current)
    document = store.store(cv)
    db.session.add_all([applicant, document])
    earlier = queries.applicants.alive(posting, applicant)
    came = {"supervisor_may_know": not _of_a_colleague(applicant)} | dict(came or {})
    if earlier is not None:
        came = again.put_aside(earlier, came)
    application = Application(
        posting=posting,
        posting_version=posting.current,
        applicant=applicant,
        name=name,
        phone=phone,
        language=language,
        motivation=motivation,
        cv=document,
        reading=reading,
        privacy_text=privacy_text,
        privacy_at=clock.now(),
        received_at=clock.now(),
        screen_by=screen_by(posting),
        answers=[
            *(
                ApplicationAnswer(question_id=question_id, answer=answer)
                for question_id, answer in answers.items()
                if answer
            ),
            *(
                ApplicationAnswer(question_id=question_id, answer=upload.name, document=store.store(upload))
                for question_id, upload in (attached or {}).items()
            ),
        ],
        **came,
        places=[ApplicationPlace(unit_id=unit_id) for unit_id in places],
    )
    ways = (*([PayNoticeWay.PAGE] if posting.pay_shown else []), PayNoticeWay.CONFIRMATION)
    application.pay_notices = [notice for way in ways if (notice := _pay_notice(posting, way))]
    db.session.add(application)
    db.session.flush()
    outbox.queue(notifications.RECEIVED_AGAIN if earlier else notifications.RECEIVED, application)
    news.tell(notifications.ARRIVED, application, applicant)
    if disclosure is not None:
        disclosures.disclose(applicant, application, **disclosure)
    return application


def _of_a_colleague(applicant: Applicant) -> bool:
    return applicant.user_id is not None or accounts.people.by_email(applicant.email) is not None


@operation(allow=policies.COLLEAGUE, done=_("Application received"))
def apply_from_inside(
    actor: User, posting: Posting, /, *, supervisor_may_know: bool, **given: Any
) -> Application:
    """Take the application of a colleague; who they are, the account says. Raises NotPossible with why not.

    Only here is an applicant tied to an account. What came from outside with the same address stays what it is.
    """
    db.session.execute(sa.select(Posting.id).where(Posting.id == posting.id).with_for_update())
    if not takes_applications(posting):
        raise NotPossible(gettext("This position no longer takes applications."))
    person = queries.applicants.applicant_of(actor) or Applicant(email=actor.email, user_id=actor.id)
    known = queries.applicants.alive(posting, person)
    if known is not None and again.says_the_same(known, name=actor.name, **given):
        return known  # a second click
    if known is not None and not again.steps_aside(known):
        raise NotPossible(gettext("Your application for this position is already being read."))
    came = {"source": SourceKind.INTERNAL, "supervisor_may_know": supervisor_may_know}
    if supervisor_may_know:
        came["supervisor_text_id"] = texts.id_in_force(TextKind.SUPERVISOR_CONSENT)
    return send(person, posting, name=actor.name, language=actor.language, came=came, **given)


@operation(allow=policies.OWN, done=_("The supervisor may know of it"))
def let_supervisor_know(_actor: Applicant, application: Application) -> Application:
    """Agree that the own supervisor learns of it. Raises NotPossible a second time."""
    if application.supervisor_may_know:
        raise NotPossible(gettext("Your supervisor may know of it already."))
    application.supervisor_may_know = True
    application.supervisor_text_id = texts.id_in_force(TextKind.SUPERVISOR_CONSENT)
    return application


@operation(allow=policies.OWN, done=_("The supervisor no longer sees it"))
def keep_from_supervisor(_actor: Applicant, application: Application) -> Application:
    """Withdraw that for the future (Art. 7(3) GDPR); what was seen until then is known.

    Raises NotPossible where nobody has agreed to anything, and once the application is over.
    """
    if not may_keep_from_supervisor(application):
        raise NotPossible(gettext("Nothing can be withdrawn here any more."))
    application.supervisor_may_know = False
    return application


def may_keep_from_supervisor(application: Application) -> bool:
    """Whether a colleague has agreed to it and the application is not over."""
    agreed = application.supervisor_may_know and application.applicant.user_id is not None
    return agreed and application.closed_at is None


@FLOW.after("hire", order=10)
def thank_the_referrer(_actor: Actor, application: Application) -> None:
    """Whoever recommended the person is told, and gets a bonus where one is due."""
    if application.referral is not None:
        sourcing_operations.referrals.owe_bonus(application.referral)
        outbox.queue(notifications.REFERRAL_HIRED, application)


@FLOW.after("hire", order=20)
def end_discretion(_actor: Actor, application: Application) -> None:
    """Let the supervisor of a colleague know once they have accepted another position in the bank."""
    application.supervisor_may_know = True


@operation(allow=the_system, done=_("Pay range told"))
def tell_pay(actor: Actor, application: Application, way: PayNoticeWay) -> PayNotice | None:
    """Keep that this person is told the range in this way; None where it was told as it is before, or there is none."""
    notice = _pay_notice(application.posting, way)
    if notice is None or way in {each.way for each in application.pay_notices}:
        return None
    if any(each.says_the_same(notice) for each in application.pay_notices):
        return None
    application.pay_notices.append(notice)
    return notice


def _pay_notice(posting: Posting, way: PayNoticeWay) -> PayNotice | None:
    if posting.pay_min is None or posting.pay_max is None:
        return None
    return PayNotice(
        way=way,
        told_at=clock.now(),
        pay_min=posting.pay_min,
        pay_max=posting.pay_max,
        currency=posting.currency,
        pay_period=posting.pay_period,
    )


@operation(allow=policies.DECIDE, done=_("Criteria judged"))
def judge(
    actor: User, application: Application, *, verdicts: Mapping[int, tuple[Verdict, str]]
) -> Application:
    """Keep one person's verdict on criteria, with the evidence: {criterion id: (verdict, evidence)}.

    A new application is in screening from then on. Criteria that are not named stay as they are.
    Raises NotPossible once the screening is over.
    """
    if application.status in FLOW["screen"].sources and verdicts:
        FLOW.perform(actor, application, "screen")
    if verdicts and application.status is not FLOW["screen"].target:
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
        else:
            continue
        application.updated_at = clock.now()  # two who judge at once meet in its version
    return application


def may_have_link(applicant: Applicant) -> bool:
    """Whether another link may be mailed now: a mailbox is not filled from outside."""
    return links.sent_since(applicant, LINK_SPAN) < LINKS


def ask_for_link(email: str) -> bool:
    """Write a new private link to this address, if we know it. The page says the same in every case, and as soon.

    One address is at most that of an applicant from outside and of one from inside; for each that there is not, the
    mail is written all the same and thrown away.
    """
    found = [each for each in queries.applicants.at(email) if may_have_link(each)]
    for applicant in found:
        outbox.queue(notifications.LINK, applicant)
    for _missing in range(MOST_AT_ONE_ADDRESS - len(found)):
        outbox.pretend(notifications.LINK)
    if not found:  # a commit that writes takes longer than one that does not
        db.session.add(PublicAttempt(kind=AttemptKind.LINK, address=""))
    return bool(found)
