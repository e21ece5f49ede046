"""What the bank's texts leave open, in braces: facts of the bank, and what is different for each person.

`{travel_costs}` in a text is filled when it is told. A line that holds nothing but a placeholder is left out where
there is nothing to say: a bank without a works council names none. Some stand for more than words, such as the rows of
an offer's terms (`PIECES`): they have a paragraph of their own, and the letter's template draws them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rmhr.core.i18n import Words, _, gettext
from rmhr.core.patterns import Pattern
from rmhr.law import retention
from rmhr.models.duties import Answer, BankDuties, TextKind, TravelCosts

MARK = Pattern(r"\{([a-z_]*)\}")
#: Drawn by the template of a letter, each a paragraph of its own.
PIECES = frozenset({"facts", "changes", "button", "erase", "terms", "corrected", "reasons"})


def _officer(bank: BankDuties) -> str:
    own = (bank.officer, bank.officer_address or bank.address, bank.officer_email, bank.officer_phone)
    return ", ".join(filter(None, own))


def _third_countries(bank: BankDuties) -> str:
    if bank.third_countries is Answer.YES:
        return str(bank.third_countries_words)
    return gettext("Your data are not sent to third countries.") if bank.third_countries is Answer.NO else ""


def _works_council(bank: BankDuties) -> str:
    if bank.works_council is not Answer.YES:
        return ""
    return gettext(
        "the works council, which is told of all applicants before somebody is hired (section 99 BetrVG), and at once "
        "if you tell us of a severe disability or equal status (section 164 SGB IX)"
    )


def _representative(bank: BankDuties) -> str:
    if bank.representative is not Answer.YES:
        return ""
    return gettext(
        "the representative body for severely disabled employees, if you tell us of a severe disability or equal "
        "status and do not object to its taking part (sections 164 and 178 SGB IX)"
    )


def _travel_costs(bank: BankDuties) -> str:
    match bank.travel_costs:
        case TravelCosts.PAID:
            return gettext("We refund your necessary travel costs. Please keep the receipts.")
        case TravelCosts.LIMITED:
            return str(bank.travel_limits)
        case TravelCosts.NOT_PAID:
            return gettext("We cannot refund the costs of travelling to the interview.")
    return ""


def _works_council_consent(bank: BankDuties) -> str:
    if bank.works_council is not Answer.YES or bank.more_than_twenty is Answer.NO:
        return ""
    return gettext(
        "It is also subject to the consent of the works council to your employment (section 99 BetrVG)."
    )


#: What the bank has answered, as its texts say it.
OF_THE_BANK: Mapping[str, tuple[object, Callable[[BankDuties], str]]] = {
    "bank": (_("the bank’s registered name"), lambda bank: bank.name),
    "address": (_("its address"), lambda bank: bank.address),
    "email": (_("its e-mail address"), lambda bank: bank.email),
    "phone": (_("its phone number"), lambda bank: bank.phone),
    "officer": (_("the data protection officer and how to reach them"), _officer),
    "authority": (
        _("the supervisory authority for data protection"),
        lambda bank: ", ".join(filter(None, (bank.authority, bank.authority_address, bank.authority_url))),
    ),
    "processors": (_("who processes data for the bank"), lambda bank: str(bank.processors)),
    "third_countries": (_("whether data go to third countries"), _third_countries),
    "works_council": (_("the works council, where there is one"), _works_council),
    "representative": (_("the representative body, where there is one"), _representative),
    "travel_costs": (_("what the bank pays for travelling"), _travel_costs),
    "employment_terms": (_("the terms that hold for every offer"), lambda bank: str(bank.employment_terms)),
    "works_council_consent": (
        _("that the works council must consent, where there is one"),
        _works_council_consent,
    ),
    "complaints": (_("the body for complaints"), lambda bank: bank.complaints),
    "months": (
        _("months for which applications are kept"),
        lambda _bank: str(retention.APPLICATIONS.number),
    ),
}
_LETTER = {
    "name": _("the applicant’s name"),
    "job": _("the title of the job"),
    "contact": _("whom to ask"),
    "contact_email": _("their e-mail address"),
    "button": _("the button to the applicant’s private page"),
}
_APPOINTMENT = _LETTER | {
    "day": _("the day of the interview"),
    "time": _("its time, with the time zone"),
}
_RECEIVED = _LETTER | {
    "answer_by": _("the day by which the bank answers"),
    "facts": _("what was received, as a table"),
}
_TERMS = {"terms": _("the terms, as a table"), "starts_on": _("the first working day")}
_ACCOUNT = {"account": _("what becomes of their account, where anything does, as a sentence")}
_TOLD: Mapping[TextKind, Mapping[str, object]] = {
    TextKind.PRIVACY_NOTICE: {},
    TextKind.SUPERVISOR_CONSENT: {},
    TextKind.TRAINING_NOTICE: {},
    TextKind.REFERRAL: _LETTER
    | {
        "button": _("the button to the job"),
        "referrer": _("who has referred them"),
        "facts": _("the job, as a table"),
        "until": _("the day on which their data is deleted"),
        "erase": _("the link to what is kept about them, to delete it"),
    },
    TextKind.CONFIRMATION: _RECEIVED,
    TextKind.SECOND_CONFIRMATION: _RECEIVED,
    TextKind.EARLIER_COUNTS: _RECEIVED,
    TextKind.SHORTLIST: _LETTER,
    TextKind.REJECTION: _LETTER
    | {
        "reason": _("the words of the reason"),
        "line": _("what HR adds"),
        "kept_until": _("the day on which the application is deleted"),
    },
    TextKind.DECISION: _LETTER | {"reasons": _("the reasons, as HR writes them")},
    TextKind.REOPENED: _LETTER,
    TextKind.WITHDRAWAL: _LETTER | {"kept_until": _("the day on which the application is deleted")},
    TextKind.RESUMED: _LETTER,
    TextKind.INVITATION: _LETTER | {"facts": _("when, where and with whom, as a table")},
    TextKind.INTERVIEW_CHANGED: _APPOINTMENT
    | {
        "changes": _("what has changed, as a table"),
        "facts": _("when, where and with whom, as a table"),
    },
    TextKind.INTERVIEW_CANCELLED: _APPOINTMENT
    | {"reasons": _("why it will not take place, and what HR adds")},
    TextKind.INTERVIEW_MISSED: _APPOINTMENT,
    TextKind.INTERVIEW_HELD: _APPOINTMENT,
    TextKind.OFFER: _LETTER
    | {
        "answer_by": _("the last day of the offer"),
        "message": _("what HR writes to the person"),
        "terms": _("the terms, as a table"),
        "corrected": _("what has changed, where an offer is sent again"),
    },
    TextKind.OFFER_REWORKED: _LETTER | {"reasons": _("what is wrong with the offer, as HR writes it")},
    TextKind.OFFER_WITHDRAWN: _LETTER | {"reasons": _("the reason, as HR writes it")},
    TextKind.OFFER_EXPIRED: _LETTER | {"answer_by": _("the last day of the offer")},
    TextKind.OFFER_DECLINED: _LETTER,
    TextKind.OFFER_CONDITIONAL: _LETTER
    | _TERMS
    | {
        "council_answers": _(
            "what the works council has answered, or until when it can answer, as a sentence"
        )
    },
    TextKind.OFFER_HELD_UP: _LETTER | _TERMS,
    TextKind.OFFER_ACCEPTED: _LETTER
    | _TERMS
    | _ACCOUNT
    | {"provisional": _("that the hire is provisional, where it is (section 100 BetrVG)")},
    TextKind.ACCEPTANCE_RETRACTED: _LETTER | _ACCOUNT | {"starts_on": _TERMS["starts_on"]},
}
#: Without these a text does not do what law or the product needs it for.
NEEDED: Mapping[TextKind, tuple[str, ...]] = {
    TextKind.PRIVACY_NOTICE: (
        "bank",
        "address",
        "email",
        "officer",
        "authority",
        "processors",
        "third_countries",
        "works_council",
        "representative",
        "months",
    ),
    TextKind.SUPERVISOR_CONSENT: (),
    TextKind.TRAINING_NOTICE: ("bank", "officer"),
    TextKind.REFERRAL: ("name", "referrer", "bank", "facts", "button", "until", "erase"),
    TextKind.CONFIRMATION: ("name", "facts", "button"),
    TextKind.SECOND_CONFIRMATION: ("name", "facts", "button"),
    TextKind.EARLIER_COUNTS: ("name", "facts", "button"),
    TextKind.SHORTLIST: ("name", "job", "button"),
    TextKind.REJECTION: ("name", "job", "reason", "line", "button"),
    TextKind.DECISION: ("name", "job", "reasons", "button"),
    TextKind.REOPENED: ("name", "job", "button"),
    TextKind.WITHDRAWAL: ("name", "job", "kept_until", "button"),
    TextKind.RESUMED: ("name", "job", "button"),
    TextKind.INVITATION: ("name", "facts", "travel_costs", "button"),
    TextKind.INTERVIEW_CHANGED: ("name", "job", "changes", "facts", "travel_costs", "button"),
    TextKind.INTERVIEW_CANCELLED: ("name", "job", "day", "time", "reasons", "button"),
    TextKind.INTERVIEW_MISSED: ("name", "job", "day", "time", "contact_email", "button"),
    TextKind.INTERVIEW_HELD: ("name", "job", "day", "time", "button"),
    TextKind.OFFER: ("name", "corrected", "message", "terms", "employment_terms", "answer_by", "button"),
    TextKind.OFFER_REWORKED: ("name", "job", "reasons", "button"),
    TextKind.OFFER_WITHDRAWN: ("name", "job", "reasons", "button"),
    TextKind.OFFER_EXPIRED: ("name", "job", "answer_by", "button"),
    TextKind.OFFER_DECLINED: ("name", "job", "button"),
    TextKind.OFFER_CONDITIONAL: ("name", "job", "council_answers", "terms", "button"),
    TextKind.OFFER_HELD_UP: ("name", "job", "terms", "button"),
    TextKind.OFFER_ACCEPTED: ("name", "starts_on", "terms", "provisional", "button"),
    TextKind.ACCEPTANCE_RETRACTED: ("name", "job", "starts_on", "button"),
}


def offered(kind: TextKind) -> dict[str, object]:
    """What a text of this kind may leave open, and what stands there when it is told."""
    return {name: label for name, (label, _fill) in OF_THE_BANK.items()} | dict(_TOLD[kind])


def facts(bank: BankDuties | None) -> dict[str, str]:
    """What the bank has answered, in the language that is spoken; all empty while it has answered nothing."""
    return {name: fill(bank) if bank else "" for name, (_label, fill) in OF_THE_BANK.items()}


def used(text: str) -> list[str]:
    """The placeholders of a text, each once, in order."""
    return list(dict.fromkeys(found[1] for found in MARK.finditer(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text as it is told. What `values` does not name stays as it is, for a template to draw."""
    return "\n".join(_lines(text, values))


def _lines(text: str, values: Mapping[str, str]) -> Iterator[str]:
    for line in text.replace("\r\n", "\n").split("\n"):
        names = [found[1] for found in MARK.finditer(line)]
        alone = len(names) == 1 and line.strip().removeprefix("-").strip() == f"{{{names[0]}}}"
        if alone and values.get(names[0]) == "":
            continue
        yield MARK.sub(lambda found: values.get(found[1], found[0]), line)


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a text, and in which language it is."""

    words: str
    language: str


def flaws(kind: TextKind, text: Words) -> Iterator[Flaw]:
    """What keeps a text from being told: an unknown placeholder, one that is missing, one in the middle of a line."""
    known = offered(kind)
    for code, said in text.items():
        names = used(said)
        for name in names:
            if name not in known:
                yield Flaw(gettext("{%(name)s} is not known here.", name=name), code)
        for name in NEEDED[kind]:
            if name not in names:
                yield Flaw(gettext("{%(name)s} is missing: %(what)s.", name=name, what=known[name]), code)
        for line in said.splitlines():
            inside = [found[1] for found in MARK.finditer(line) if found[1] in PIECES]
            if inside and line.strip() != f"{{{inside[0]}}}":
                yield Flaw(gettext("{%(name)s} needs a line of its own.", name=inside[0]), code)
