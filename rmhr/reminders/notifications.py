"""What this stage says: what is due, each with why, why now, what next, who else; and who is away, who stands in."""

from __future__ import annotations

from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import gettext, ngettext
from rmhr.core.mail.channels import Thing
from rmhr.core.mail.outbox import Notice, public_url
from rmhr.core.words import day_text, in_days, sentence
from rmhr.models.accounts import User
from rmhr.models.reminders import Absence, EscalationLevel
from rmhr.reminders.letters import Letter, PendingReminder, told_next_words


def _words(letter: Letter, _recipient: Any) -> dict[str, Any]:
    """Everything the mail says, as it is on that day and in the language being spoken."""
    with clock.at(clock.moment(letter.on, 12)):
        items = [_item(letter, reminder) for reminder in letter.reminders]
    return {
        "items": items,
        "headline": _headline(items),
        "own": [item for item in items if item["own"]],
        "theirs": [item for item in items if not item["own"]],
        "preferences_url": public_url("reminders.preferences"),
    }


def things(letter: Letter) -> list[Thing]:
    """Returns of what the letter tells, for other channels than mail, in the language being spoken."""
    with clock.at(clock.moment(letter.on, 12)):
        items = [_item(letter, reminder) for reminder in letter.reminders]
    return [
        Thing(item["what"], item["why"], item["when"], reminder.due.on, item["url"])
        for item, reminder in zip(items, letter.reminders, strict=True)
    ]


def _item(letter: Letter, reminder: PendingReminder) -> dict[str, Any]:
    due, others = reminder.due, letter.others(reminder)
    return {
        "own": reminder.own,
        "what": due.what
        if reminder.own
        else gettext("%(person)s: %(what)s", person=reminder.owner.name, what=due.what),
        "why": due.why if reminder.own else reminder.because,
        "verb": due.verb if reminder.own else gettext("View"),
        "when": sentence(in_days(due.on)),
        "day": day_text(due.on),
        "url": _url(reminder),
        "now": reminder.now,
        "next": _next(letter, reminder),
        "others": gettext("Also told: %(names)s.", names=", ".join(others)) if others else "",
    }


def _url(reminder: PendingReminder) -> str:
    """Where the recipient can do something about it: the thing itself, or the person whose thing it is."""
    source = reminder.due.source
    may = reminder.own or (source.shared is not None and reminder.recipient.has(source.shared))
    if may:
        return public_url(reminder.due.endpoint, **reminder.due.values)
    if (
        reminder.level in (EscalationLevel.SUPERVISOR, EscalationLevel.HR, EscalationLevel.COMPLIANCE)
        and reminder.meant is reminder.recipient
    ):
        return public_url("accounts.person", id=reminder.owner.id)
    return public_url("today.index")


def _next(letter: Letter, reminder: PendingReminder) -> str:
    """What happens if it stays undone."""
    said = []
    if reminder.own and reminder.due.otherwise:
        said.append(gettext("%(what)s.", what=reminder.due.otherwise))
    if (coming := letter.coming(reminder)) is not None:
        day, who = coming[0], told_next_words(coming[1], reminder.own)
        said.append(
            gettext("If it is still open on %(day)s, %(who)s will be told.", day=day_text(day), who=who)
        )
    return " ".join(said)


def _headline(items: list[dict[str, Any]]) -> str:
    """ "3 days late: Enter your bank details, and 2 more"."""
    first, more = items[0], len(items) - 1
    said = gettext("%(when)s: %(what)s", when=first["when"], what=first["what"])
    return said + (ngettext(", and %(num)s more", ", and %(num)s more", more) if more else "")


REMINDER = Notice(
    name="reminders.reminder",
    subject="%(headline)s",
    to=lambda letter: [letter.reader],
    context=_words,
)


# Absences.


def _concerned(absence: Absence) -> list[User]:
    """The person, the deputy and the supervisor: each once, those who work here."""
    employee = absence.user.employee
    found = [absence.user, absence.deputy, employee.supervisor if employee else None]
    return list(dict.fromkeys(each for each in found if each is not None and each.is_active))


def days_words(absence: Absence) -> str:
    """ "from Mon 30 Nov to Fri 4 Dec", "on Mon 30 Nov"."""
    if absence.starts_on == absence.ends_on:
        return gettext("on %(day)s", day=day_text(absence.starts_on))
    return gettext(
        "from %(first)s to %(last)s", first=day_text(absence.starts_on), last=day_text(absence.ends_on)
    )


def _absence_words(absence: Absence, recipient: Any) -> dict[str, Any]:
    said = {"person": absence.user.name, "days": days_words(absence)}
    if recipient is absence.deputy:
        headline = gettext("You stand in for %(person)s %(days)s", **said)
        text = gettext(
            "Reminders that %(person)s would get on these days go to you instead, except for what only "
            "%(person)s can do.",
            **said,
        )
    elif recipient is absence.user:
        headline = gettext("You are entered as away %(days)s", **said)
        text = gettext("If that is not right, you can end or delete it yourself.")
    else:
        headline = gettext("%(person)s is away %(days)s", **said)
        text = ""
    if recipient is not absence.deputy:
        text = f"{_deputy_words(absence)} {text}".strip()
    return _absence_mail(absence, recipient, headline, text)


def _deputy_words(absence: Absence) -> str:
    if absence.deputy is None:
        return gettext("Nobody stands in: reminders go to %(person)s as usual.", person=absence.user.name)
    return gettext("%(deputy)s stands in and gets the reminders.", deputy=absence.deputy.name)


def _over_words(absence: Absence, recipient: Any) -> dict[str, Any]:
    said = {"person": absence.user.name, "days": days_words(absence)}
    began = absence.starts_on < clock.today()
    if recipient is absence.deputy:
        headline = gettext("You do not stand in for %(person)s any more", **said)
    elif recipient is absence.user:
        headline = gettext("You are not entered as away any more")
    elif began:
        headline = gettext("%(person)s is back", **said)
    else:
        headline = gettext("%(person)s is not away %(days)s after all", **said)
    if began:
        text = gettext("%(person)s is back earlier than planned and gets the reminders again.", **said)
    else:
        text = gettext("The absence %(days)s was deleted. Reminders go to %(person)s as usual.", **said)
    return _absence_mail(absence, recipient, headline, text)


def _absence_mail(absence: Absence, recipient: Any, headline: str, text: str) -> dict[str, Any]:
    if recipient is absence.user:
        url, verb = public_url("reminders.absence"), gettext("Your absences")
    elif recipient is absence.deputy:
        url, verb = public_url("today.index"), gettext("Open Today")
    else:
        url, verb = public_url("accounts.person", id=absence.user_id), gettext("View")
    return {"headline": headline, "text": text, "url": url, "verb": verb}


ABSENCE = Notice(
    name="reminders.absence",
    subject="%(headline)s",
    to=_concerned,
    context=_absence_words,
)
ABSENCE_OVER = Notice(
    name="reminders.absence_over",
    subject="%(headline)s",
    to=_concerned,
    context=_over_words,
)


# What somebody asks for.
