"""What is said to the panel and to the candidate, each time with a calendar entry that follows along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from rmhr.accounts.queries import confidential
from rmhr.applications import operations as applications
from rmhr.core.due.sources import N_
from rmhr.core.i18n import Words, _, gettext
from rmhr.core.mail.changes import Fact
from rmhr.core.mail.news import News, headline
from rmhr.core.mail.outbox import Calendar, Notice, Recipient, public_url
from rmhr.core.words import day_long, day_text, meeting, money_range, time_in_zone
from rmhr.duties.queries import texts
from rmhr.duties.queries.bodies import OF_LAW, Body
from rmhr.interviews import queries
from rmhr.interviews.kit import parts_of
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Application
from rmhr.models.applications import Party as PartyKind
from rmhr.models.duties import TextKind
from rmhr.models.interviews import Decision, Interview, InterviewKind, Outcome, Scorecard

if TYPE_CHECKING:
    from rmhr.core.mail import invitation


def _panel(interview: Interview) -> Iterable[Recipient]:
    return confidential.who_may_know(interview.application, [seat.interviewer for seat in interview.seats])


def _recruiters(scorecard: Scorecard) -> Iterable[Recipient]:
    """HR of the posting, without whoever wrote the scorecard."""
    application = scorecard.seat.interview.application
    told = [each for each in application.posting.recruiters if each.id != scorecard.seat.interviewer_id]
    return confidential.who_may_know(application, told)


def _who_hear_of_it(decision: Decision) -> Iterable[User]:
    """Who fills and who leads the position; of a decision to hire, its recruiters hear that they make the offer."""
    posting = decision.application.posting
    recruiters = [] if decision.outcome is Outcome.HIRE else posting.recruiters
    return confidential.who_may_know(decision.application, [posting.hiring_manager, *recruiters])


def _candidate(interview: Interview) -> Iterable[Recipient]:
    return [interview.application]


def _representative(interview: Interview) -> Iterable[Recipient]:
    """The body of severely disabled employees, where it has the appointment."""
    address = interview.representative_at
    return [Body(PartyKind.REPRESENTATIVE, address)] if address else []


def contact(interview: Interview) -> User:
    """Who is there for the candidate: whoever planned it, or once they have left, whoever recruits."""
    planner = interview.planned_by
    return planner if planner.is_active else interview.application.posting.recruiter


def _organizer(interview: Interview) -> invitation.Party:
    person = contact(interview)
    return person.name, person.email


def _summary(interview: Interview, recipient: Recipient) -> str:
    posting = interview.application.posting
    if isinstance(recipient, Application):
        return gettext("Interview: %(posting)s", posting=posting.title)
    return gettext(
        "Interview with %(person)s: %(posting)s",
        person=interview.application.name,
        posting=posting.title,
    )


def calendar(interview: Interview, recipient: Recipient, attendees: Iterable[invitation.Party] = ()) -> str:
    """An interview as a calendar file for one of those in it. The questions are for the panel only."""
    guest = isinstance(recipient, Application)
    lines = [str(interview.round.name)]
    if guest:
        lines.append(gettext("You will meet: %(people)s", people=", ".join(_names(interview))))
        url = public_url("status.show")
    elif isinstance(recipient, Body):
        lines.append(gettext("Panel: %(people)s", people=", ".join(_names(interview))))
        url = ""
    else:
        lines += [f"{n}. {words}" for n, (_name, words) in enumerate(_asked(interview), start=1)]
        url = public_url("interviews.show", id=interview.id)
    from rmhr.core.mail import invitation  # few requests invite, and a start need not wait for it

    return invitation.request(
        uid=interview.uid,
        sequence=interview.sequence,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        summary=_summary(interview, recipient),
        description="\n".join(lines),
        location=interview.place,
        organizer=_organizer(interview),
        attendees=attendees,
        url=url,
    )


def published(interview: Interview, recipient: Recipient) -> str:
    """The same as a file to be opened by hand: it tells, and asks for no answer (RFC 5546, 3.2.1)."""
    return calendar(interview, recipient).replace("METHOD:REQUEST", "METHOD:PUBLISH", 1)


def _request(interview: Interview, recipient: Recipient) -> Calendar:
    return Calendar(calendar(interview, recipient, _attendees(interview, recipient)), "REQUEST")


def _cancel(interview: Interview, recipient: Recipient) -> Calendar:
    from rmhr.core.mail import invitation

    body = invitation.cancel(
        uid=interview.uid,
        sequence=interview.sequence,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        summary=_summary(interview, recipient),
        organizer=_organizer(interview),
        attendees=_attendees(interview, recipient),
    )
    return Calendar(body, "CANCEL")


def _attendees(interview: Interview, recipient: Recipient) -> list[invitation.Party]:
    """The panel sees the panel. Neither their addresses nor the candidate's are handed to the other side."""
    if isinstance(recipient, User):
        party = [(seat.interviewer.name, seat.interviewer.email) for seat in interview.seats]
        if recipient.email in {address for _name, address in party}:
            return party
    return [(recipient.name, recipient.email)]


def _names(interview: Interview) -> list[str]:
    return [seat.interviewer.name for seat in interview.seats]


def told_to_the_panel(interview: Interview) -> list[Fact]:
    """What an interviewer goes by: where one of it changes, they hear from what to what."""
    return [
        Fact(_("When"), (interview.starts_at, interview.ends_at), lambda both: meeting(*both)),
        Fact(_("How"), interview.kind, lambda kind: kind.label),
        Fact(_("Where"), interview.place),
        Fact(_("Panel"), tuple(sorted(_names(interview))), ", ".join),
    ]


def told_to_the_candidate(interview: Interview) -> list[Fact]:
    """The same for the candidate, with what is written to them."""
    return [*told_to_the_panel(interview), Fact(_("Please note"), interview.message)]


def _values(interview: Interview, recipient: Recipient) -> dict[str, Any]:
    application = interview.application
    return {
        "interview": interview,
        "contact": contact(interview),
        "application": application,
        "posting": application.posting,
        "person": application.name,
        "title_of_it": str(application.posting.title),
        "on": day_text(interview.starts_at),
        "at": time_in_zone(interview.starts_at),
        "when": meeting(interview.starts_at, interview.ends_at),
        "questions": _asked(interview),
        "panel": [
            (seat.interviewer.name, seat.interviewer.employee.job_title if seat.interviewer.employee else "")
            for seat in interview.seats
        ],
    }


def _asked(interview: Interview) -> list[tuple[str, Words]]:
    """(what it is about, its words) of all that the panel asks and gives to do, in its order."""
    return [
        (part.name, each.text)
        for part in parts_of(interview)
        for each in (part.questions or (part.scenario,))
        if each is not None
    ]


def _values_for_candidate(interview: Interview, recipient: Recipient) -> dict[str, Any]:
    link = applications.private_link(interview.application.applicant)
    asked = dict.fromkeys(str(question.competency.name) for question in interview.questions)
    times = [(each.preparation_minutes, each.minutes) for each in interview.scenarios]
    return {
        **_values(interview, recipient),
        "link": link,
        "topics": list(asked),
        "pay": _pay(interview),
        "to_do": tuple(
            map(sum, zip(*times, strict=True))
        ),  # minutes of preparing and doing, where there is a scenario
    }


def _says(kind: TextKind) -> Callable[[Interview, Recipient], dict[str, Any]]:
    """What a letter of this kind names. Of travel it speaks where somebody has to travel."""

    def context(interview: Interview, recipient: Recipient) -> dict[str, Any]:
        values = _values_for_candidate(interview, recipient)
        said = {
            "name": recipient.name,
            "job": values["title_of_it"],
            "contact": values["contact"].name,
            "contact_email": values["contact"].email,
            "day": day_long(interview.starts_at),
            "time": values["at"],
        }
        if interview.kind is not InterviewKind.IN_PERSON:
            said["travel_costs"] = ""
        return values | texts.letter(kind, said)

    return context


def _pay(interview: Interview) -> str:
    """The pay range of the posting: told unasked (Directive (EU) 2023/970, Article 5(1))."""
    posting = interview.application.posting
    if posting.pay_min is None or posting.pay_max is None:
        return ""
    said = money_range(posting.pay_min, posting.pay_max, posting.currency)
    note = str(posting.pay_variable)
    return f"{said} {posting.pay_period.label}" + (f". {note}" if note else "")


INVITED_INTERVIEWER = Notice(
    name="interviews.invited_interviewer",
    subject=_("Interview with %(person)s on %(on)s at %(at)s"),
    to=_panel,
    context=_values,
    calendar=_request,
)
INVITED_CANDIDATE = Notice(
    name="interviews.invited_candidate",
    subject=_("Your interview on %(on)s at %(at)s"),
    to=_candidate,
    context=_says(TextKind.INVITATION),
    calendar=_request,
)
MOVED_INTERVIEWER = Notice(
    name="interviews.moved_interviewer",
    subject=_("Changed: interview with %(person)s, now on %(on)s at %(at)s"),
    to=_panel,
    context=_values,
    calendar=_request,
)
MOVED_CANDIDATE = Notice(
    name="interviews.moved_candidate",
    subject=_("Changed: your interview is now on %(on)s at %(at)s"),
    to=_candidate,
    context=_says(TextKind.INTERVIEW_CHANGED),
    calendar=_request,
)
INVITED_REPRESENTATIVE = Notice(
    name="interviews.invited_representative",
    subject=_("Section 178 SGB IX: interview on %(on)s at %(at)s"),
    to=_representative,
    context=_values,
    calendar=_request,
    no_letter=OF_LAW,
    closed=True,
)
MOVED_REPRESENTATIVE = Notice(
    name="interviews.moved_representative",
    subject=_("Changed: section 178 SGB IX, interview now on %(on)s at %(at)s"),
    to=_representative,
    context=_values,
    calendar=_request,
    no_letter=OF_LAW,
    closed=True,
)
CANCELLED_REPRESENTATIVE = Notice(
    name="interviews.cancelled_representative",
    subject=_("Cancelled: section 178 SGB IX, interview on %(on)s"),
    to=_representative,
    context=_values,
    calendar=_cancel,
    no_letter=OF_LAW,
    closed=True,
)
#: To the body once it takes no part any more.
WITHOUT_REPRESENTATIVE = Notice(
    name="interviews.without_representative",
    subject=_("Without you: section 178 SGB IX, interview on %(on)s"),
    to=_representative,
    context=_values,
    calendar=_cancel,
    no_letter=OF_LAW,
    closed=True,
)
#: To somebody only taken off the panel: it takes place, without them.
TAKEN_OFF = Notice(
    name="interviews.taken_off",
    subject=_("Without you: interview with %(person)s on %(on)s"),
    to=_panel,
    context=_values,
    calendar=_cancel,
)
CANCELLED_INTERVIEWER = Notice(
    name="interviews.cancelled_interviewer",
    subject=_("Cancelled: interview with %(person)s on %(on)s"),
    to=_panel,
    context=_values,
    calendar=_cancel,
)
CANCELLED_CANDIDATE = Notice(
    name="interviews.cancelled_candidate",
    subject=_("Cancelled: your interview on %(on)s"),
    to=_candidate,
    context=_says(TextKind.INTERVIEW_CANCELLED),
    calendar=_cancel,
)
MISSED_CANDIDATE = Notice(
    name="interviews.missed_candidate",
    subject=_("We waited for you on %(on)s at %(at)s"),
    to=_candidate,
    context=_says(TextKind.INTERVIEW_MISSED),
)
FOUND_CANDIDATE = Notice(
    name="interviews.found_candidate",
    subject=_("Our mistake: your interview on %(on)s did take place"),
    to=_candidate,
    context=_says(TextKind.INTERVIEW_HELD),
)
#: To somebody who was there, and rates in place of somebody else.
ASKED_TO_RATE = Notice(
    name="interviews.asked_to_rate",
    subject=_("Please rate: interview with %(person)s on %(on)s"),
    to=_panel,
    context=_values,
)
DECIDED = News(
    name="interviews.decided",
    label=N_("Decisions about candidates"),
    concerns=(Role.HR, Role.SUPERVISOR),
    subject="%(headline)s",
    to=_who_hear_of_it,
    since=queries.scorecards.decided_since,
    context=lambda decisions, _recipient: {
        "headline": headline(
            decisions,
            gettext(
                "Decided about %(person)s: %(outcome)s",
                person=decisions[-1].application.name,
                outcome=decisions[-1].outcome.label,
            ),
            gettext("Decided about %(number)s candidates", number=len(decisions)),
        )
    },
)
CORRECTED = Notice(
    name="interviews.corrected",
    subject=_("Scorecard for %(person)s corrected"),
    to=_recruiters,
    context=lambda scorecard, recipient: (
        _values(scorecard.seat.interview, recipient) | {"who": scorecard.seat.interviewer.name}
    ),
)
