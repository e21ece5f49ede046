"""What is asked about the bank, and about one of its texts."""

from __future__ import annotations

from typing import Any

from wtforms import Field
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from rmhr.core import clock
from rmhr.core.due.bounds import PLANNED
from rmhr.core.i18n import LANGUAGES, _, gettext
from rmhr.duties import gaps, placeholders
from rmhr.models.duties import Answer, LegalForm, TextKind, TravelCosts
from rmhr.web import emails
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.fields import EnumChoice, EnumField, Sizes
from rmhr.web.forms import LongTextField, TextField, TransitionForm, WordsField

LONGEST_LINE, LONGEST_WORDS, LONGEST_TEXT, LONGEST_REASON = 300, 3000, 20_000, 1000
_TOO_LONG = _("At most %(max)d characters, please.")


def _line(label: Any, description: Any = "") -> TextField:
    """A line that may stay empty: what is missing is named, and a page can be filled in piece by piece."""
    checks = [Optional(), Length(max=LONGEST_LINE, message=_TOO_LONG)]
    return TextField(label, checks, description=description)


def _lines(label: Any, description: Any = "") -> LongTextField:
    checks = [Optional(), Length(max=LONGEST_LINE, message=_TOO_LONG)]
    return LongTextField(label, checks, description=description)


class DutiesForm(EditForm):
    """Who the bank is, whom one can turn to, and what it owes applicants."""

    name = _line(_("Registered name"), _("With its legal form: Nordhaven Bank AG."))
    street = _line(_("Street and number"))
    postcode = _line(_("Postcode"))
    town = _line(_("Town"))
    email = _line(_("E-mail"))
    phone = _line(_("Phone"))
    officer = _line(_("Name"), _("A name is not required; how to reach the person is."))
    officer_address = _line(_("Address"), _("Empty: the address of the bank."))
    officer_email = _line(_("E-mail"))
    officer_phone = _line(_("Phone"))
    authority = _line(
        _("Supervisory authority for data protection"),
        _("The one of the federal state in which the bank has its seat."),
    )
    authority_address = _line(_("Its address"))
    authority_url = _line(_("Its web site"))
    processors = WordsField(
        _("Who processes data for the bank"),
        [Sizes(LONGEST_WORDS)],
        lines=5,
        description=_(
            "A line each, beginning with “- ”: hosting, mail server, IT service; with name or kind, and what for."
        ),
    )
    third_countries = EnumChoice(
        _("Do data go to countries outside the European Economic Area?"),
        Answer,
        default=Answer.OPEN,
        description=_("Think of the mail server, of hosting, of remote maintenance."),
    )
    third_countries_words = WordsField(
        _("Which, to whom, and on what ground"),
        [Sizes(LONGEST_WORDS)],
        lines=3,
        description=_("As applicants read it: the country, the recipient, adequacy decision or guarantees."),
    )
    legal_form = EnumField(_("Legal form"), LegalForm, default=LegalForm.OPEN)
    seat = _line(_("Seat"))
    register_court = _line(_("Court of the register"), _("Amtsgericht Hamburg"))
    register_number = _line(_("Number in the register"), _("HRB 12345"))
    management = _lines(
        _("Management"),
        _("All members of the board, each with first and family name; say who chairs it."),
    )
    board_chair = _line(_("Chair of the supervisory board"), _("First and family name."))
    vat_id = _line(_("VAT identification number"), _("DE and nine digits; not the tax number."))
    supervision = _lines(
        _("Supervision of the bank"), _("BaFin and, where it applies, the ECB, with address.")
    )
    travel_costs = EnumChoice(
        _("Travel to interviews"),
        TravelCosts,
        default=TravelCosts.OPEN,
        description=_(
            "An invitation that says nothing obliges the bank to pay what is necessary (section 670 BGB)."
        ),
    )
    travel_limits = WordsField(
        _("Within which limits"),
        [Sizes(LONGEST_WORDS)],
        lines=2,
        description=_("A sentence as the invitation says it: We refund a second-class ticket up to €150."),
    )
    employment_terms = WordsField(
        _("Terms that hold for every offer"),
        [Sizes(LONGEST_WORDS)],
        lines=5,
        description=_(
            "As the offer says them: probation, periods of notice, holiday, day of payment, collective agreements "
            "(section 2 NachwG)."
        ),
    )
    complaints = _lines(
        _("Body for complaints"),
        _(
            "Who takes complaints of discrimination, also from applicants (section 13 AGG), and how to reach them."
        ),
    )
    works_council = EnumChoice(
        _("Is there a works council?"),
        Answer,
        default=Answer.OPEN,
        description=_(
            "A public employer has a staff council instead, by the law of the federation or its state (BPersVG, "
            "PersVG): answer no. The product neither asks nor tells a staff council and holds no hire back for one: HR "
            "involves it outside of the product, also about applications of severely disabled people (section 164(1) "
            "sentence 4 SGB IX)."
        ),
    )
    works_council_contact = _line(_("How to reach it"))
    works_council_email = _line(
        _("E-mail address of the works council"),
        _("What law asks to tell it is sent to this address at once. Only the body itself should read it."),
    )
    more_than_twenty = EnumChoice(
        _("Do more than twenty employees entitled to vote work in the bank?"),
        Answer,
        default=Answer.OPEN,
        description=_(
            "Then the works council must consent before anybody is hired (section 99(1) BetrVG). Until somebody "
            "answers no, it is asked."
        ),
    )
    representative = EnumChoice(
        _("Is there a representative body for severely disabled employees?"), Answer, default=Answer.OPEN
    )
    representative_contact = _line(_("How to reach it"))
    representative_email = _line(
        _("E-mail address of the representative body"),
        _("It is told of each application of a severely disabled person, by an e-mail to this address."),
    )
    public_employer = EnumChoice(
        _("Is the bank a public employer?"),
        Answer,
        default=Answer.OPEN,
        description=_(
            "As savings banks under public law are: they invite severely disabled applicants (section 165 SGB IX)."
        ),
    )
    quota = EnumChoice(
        _("Does the bank employ as many severely disabled people as law asks for?"),
        Answer,
        default=Answer.OPEN,
        description=_(
            "Five percent of the jobs, from 20 jobs on (section 154 SGB IX). Where it does not, a decision about a "
            "severely disabled applicant may have to be explained (section 164(1) sentences 7 to 9 SGB IX)."
        ),
    )

    def validate_works_council(self, field: Field) -> None:
        """None in what belongs to the state."""
        if why_not := gaps.no_works_council(field.data, self.public_employer.data, self.legal_form.data):
            raise ValidationError(why_not)

    def validate_email(self, field: Field) -> None:
        """A complete address."""
        _mail(field)

    def validate_officer_email(self, field: Field) -> None:
        """A complete address."""
        _mail(field)

    def validate_works_council_email(self, field: Field) -> None:
        """A complete address."""
        _mail(field)

    def validate_representative_email(self, field: Field) -> None:
        """A complete address."""
        _mail(field)

    def validate_vat_id(self, field: Field) -> None:
        """DE and nine digits: a tax number belongs on no imprint."""
        tidy = "".join(field.data.split()).upper()
        if not (tidy.startswith("DE") and len(tidy) == 11 and tidy[2:].isascii() and tidy[2:].isdecimal()):
            raise ValidationError(gettext("Enter DE and nine digits, for example DE123456789."))
        field.data = tidy


def _mail(field: Any) -> None:
    wrong = gettext("Enter a complete e-mail address, for example name@bank.example")
    field.data = emails.address(field.data, wrong)


class TextForm(EditForm):
    """The words of a text in both languages, and what is new in them."""

    kind: TextKind
    text = WordsField(_("Text"), [Sizes(LONGEST_TEXT)], lines=24)
    reason = LongTextField(
        _("What is new, and why"),
        [
            InputRequired(_("Say what is new: whoever approves it looks there first.")),
            Length(max=LONGEST_REASON, message=_TOO_LONG),
        ],
    )

    def validate_text(self, field: Field) -> None:
        """Both languages, with the placeholders that this text needs and no others."""
        if field.data.missing(LANGUAGES):
            raise ValidationError(gettext("Write the text in both languages."))
        if wrong := list(placeholders.flaws(self.kind, field.data)):
            raise ValidationError(" ".join(f"{flaw.language.upper()}: {flaw.words}" for flaw in wrong))


class SubmitTextForm(TransitionForm):
    """From which day the text is to be told."""

    valid_from = DayField(
        _("In force from"),
        [InputRequired(_("Enter the day from which it is in force."))],
        bounds=PLANNED,
        description=_(
            "Today or later. If it is approved after that day, it is in force from its approval on."
        ),
        default=clock.today,
    )

    def validate_valid_from(self, field: Field) -> None:
        """Nobody was told it before."""
        if field.data is not None and field.data < clock.today():
            raise ValidationError(gettext("Enter today or a later day."))


class ReturnTextForm(TransitionForm):
    """What is to be changed."""

    note = LongTextField(
        _("What is to be changed?"),
        [
            InputRequired(_("Say what is to be changed.")),
            Length(max=LONGEST_REASON, message=_TOO_LONG),
        ],
    )
