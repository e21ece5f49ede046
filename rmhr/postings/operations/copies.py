"""A new posting that begins with what an earlier one says."""

from __future__ import annotations

from rmhr.core.flow.operation import operation
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import User
from rmhr.models.criteria import PostingVersion
from rmhr.models.postings import HiringTeamMember, Posting, PostingPlace, PostingSection
from rmhr.models.requisitions import Requisition
from rmhr.postings import policies
from rmhr.postings.operations import addresses, versions
from rmhr.postings.operations.postings import free_openings, place_of
from rmhr.postings.queries.postings import write_by

#: What comes along as it is.
FACTS = ("employment", "remote_work", "answer_days", "offer_days", "closes_when_filled", "pay_shown")
WORDS = ("title", "hours", "remote", "starts", "pay_variable", "pay_agreement", "pay_criteria")


@operation(allow=policies.CREATE, done=_("Posting copied"))
def copy(actor: User, source: Posting, *, requisition: Requisition, hiring_manager: User) -> Posting:
    """A draft for a requisition with the texts, criteria, questions, places and team of another posting.

    Kind, level, unit, pay and positions come from the requisition; dates, address and applications stay behind.
    Raises NotPossible where the requisition has no position left.
    """
    unit = requisition.unit
    posting = Posting(
        requisition=requisition,
        step_by=write_by(unit),
        rm_type=requisition.rm_type,
        level=requisition.level,
        unit=unit,
        place=source.place if source.unit_id == unit.id else place_of(unit),
        openings=free_openings(requisition),
        pay_min=requisition.pay_min,
        pay_max=requisition.pay_max,
        currency=requisition.currency,
        pay_period=requisition.pay_period,
        audience=source.audience,
        hiring_manager=hiring_manager,
        recruiter=actor,
        contact_phone=source.contact_phone if source.recruiter_id == actor.id else "",
        sections=[PostingSection(kind=each.kind, text=Words(each.text)) for each in source.sections],
        further_places=[
            PostingPlace(position=position, unit_id=each.unit_id, place=each.place)
            for position, each in enumerate(source.further_places)
            if each.unit_id != unit.id
        ],
        versions=[PostingVersion(**versions.copied(source.current))],
        team=[
            HiringTeamMember(user=each.user, part=each.part)
            for each in source.team
            if each.user.is_active and each.user_id not in (actor.id, hiring_manager.id)
        ],
        **{name: getattr(source, name) for name in FACTS},
        **{name: Words(getattr(source, name)) for name in WORDS},
    )
    addresses.write_slug(posting)
    return posting
