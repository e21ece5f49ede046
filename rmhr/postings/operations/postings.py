"""What is written of a posting besides its status: its beginning, its text, and closing what has expired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rmhr.core import clock
from rmhr.core.due.jobs import one_by_one
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import Words, _, gettext
from rmhr.core.policy import Actor
from rmhr.models.accounts import Unit, User
from rmhr.models.criteria import (
    Criterion,
    CriterionKind,
    Importance,
    PostingTemplate,
    PostingVersion,
    Question,
    QuestionKind,
)
from rmhr.models.postings import Employment, Posting, PostingSection, RemoteWork, SectionKind
from rmhr.models.requisitions import Requisition, RequisitionStatus
from rmhr.postings import checklist, policies, queries
from rmhr.postings.operations import addresses, agreed, findings, places, versions
from rmhr.postings.operations.question_sets import refuse_forbidden
from rmhr.postings.workflow import POSTINGS
from rmhr.requisitions import operations as requisition_operations
from rmhr.requisitions.queries import requisitions

#: What the starter text leaves to the bank.
BANK = "{{bank_name}}"
#: Pages of the career site, whose addresses no posting can have.


@operation(allow=policies.CREATE, done=_("Posting begun"))
def create(
    actor: User,
    template: PostingTemplate,
    *,
    requisition: Requisition,
    hiring_manager: User,
    bank_name: str,
) -> Posting:
    """A draft for a requisition, from the starter text. Whoever begins it is its recruiter.

    Raises NotPossible where the requisition is not approved or all its positions are advertised already.
    """
    unit, facts = requisition.unit, template.facts

    def said(text: Mapping[str, str]) -> Words:
        return Words({code: words.replace(BANK, bank_name) for code, words in text.items()})

    posting = Posting(
        requisition=requisition,
        step_by=queries.postings.write_by(unit),
        title=said(template.title),
        rm_type=requisition.rm_type,
        level=requisition.level,
        unit=unit,
        openings=free_openings(requisition),
        pay_min=requisition.pay_min,
        pay_max=requisition.pay_max,
        currency=requisition.currency,
        pay_period=requisition.pay_period,
        employment=Employment(facts["employment"]),
        hours=said(facts["hours"]),
        remote=said(facts["remote"]),
        remote_work=RemoteWork(facts["remote_work"]),
        starts=said(facts["starts"]),
        pay_variable=said(facts["pay_variable"]),
        pay_agreement=said(facts["pay_agreement"]),
        pay_criteria=said(facts["pay_criteria"]),
        place=place_of(unit),
        hiring_manager=hiring_manager,
        recruiter=actor,
        sections=[
            PostingSection(kind=SectionKind(each["kind"]), text=said(each["text"]))
            for each in template.sections
        ],
        versions=[
            PostingVersion(
                criteria=[
                    Criterion(
                        position=position,
                        kind=CriterionKind(each["kind"]),
                        text=said(each["text"]),
                        importance=Importance(each["importance"]),
                    )
                    for position, each in enumerate(template.criteria)
                ],
                questions=[
                    Question(
                        position=position,
                        kind=QuestionKind(each["kind"]),
                        text=said(each["text"]),
                        choices=list(each.get("choices", [])),
                        required=bool(each["required"]),
                    )
                    for position, each in enumerate(template.questions)
                ],
            )
        ],
    )
    addresses.write_slug(posting)
    return posting


def free_openings(requisition: Requisition) -> int:
    """How many positions nobody advertises yet; whoever asks at the same moment waits, and counts what comes of it.

    Raises NotPossible where there is none.
    """
    requisitions.lock(requisition)
    free = requisition.positions - requisitions.openings_of(requisition)
    if requisition.status is not RequisitionStatus.APPROVED or free < 1:
        raise NotPossible(gettext("This requisition has no position left to advertise."))
    return free


def place_of(unit: Unit) -> str:
    """How a unit's place is called: "Hamburg-Altona" says more than "Hamburg"."""
    return unit.name if unit.place and unit.place in unit.name else unit.place


@operation(allow=policies.EDIT, done=_("Posting saved"))
def revise(
    actor: User,
    posting: Posting,
    *,
    facts: Mapping[str, Any],
    sections: Mapping[SectionKind, Words],
    criteria: Sequence[Mapping[str, Any]] | None = None,
    questions: Sequence[Mapping[str, Any]] | None = None,
    further_places: Sequence[tuple[int, str]] | None = None,
) -> Posting:
    """Write facts and texts; criteria, questions and further places (unit, place) too, unless they are None.

    Where somebody has applied already and what they applied to changes, a new version of it begins. Raises
    NotPossible where it is being approved or is closed, would lose what the public relies on or what was approved, asks
    what somebody earned, or would advertise more positions than its requisition has. An answer to the coach goes with
    the words that it was about.
    """
    refuse_if_closed(posting)
    refuse_forbidden(questions or ())
    if any(agreed.broken(posting, facts, criteria)):
        raise NotPossible(gettext("Title, pay range and criteria apply as they were approved."))
    if posting.status in agreed.STANDS and facts.get("audience", posting.audience) is not posting.audience:
        raise NotPossible(gettext("Who reads an open posting is switched on a page of its own."))
    before, applied = versions.text_of(posting), queries.versions.applied_to(posting.current) > 0
    for name, value in facts.items():
        setattr(posting, name, value)
    _write_sections(posting, sections)
    if further_places is not None:
        places.write(posting, further_places)
    if applied and versions.differs(posting, before, criteria, questions):
        versions.begin_next(posting, before)
    if criteria is not None:
        _write_rows(posting.criteria, Criterion, criteria)
    if questions is not None:
        _write_rows(posting.questions, Question, questions)
    if posting.published_at is None:
        addresses.write_slug(posting)
    if posting.openings > posting.requisition.positions - requisitions.openings_of(
        posting.requisition, posting.id
    ):
        raise NotPossible(
            gettext("The requisition has %(number)s positions.", number=posting.requisition.positions)
        )
    if posting.status in POSTINGS["close"].sources and (why := checklist.why_not_again(posting)):
        raise NotPossible(why)
    findings.forget_gone(posting)
    # Its parts are rows of their own: without this the version would not tell that somebody was here.
    posting.updated_at = clock.now()
    return posting


def refuse_if_closed(posting: Posting) -> None:
    """Raise NotPossible where a posting is not written any more: its life is over, or somebody judges it now."""
    if posting.status in (*POSTINGS["reopen"].sources, *POSTINGS["restore"].sources):
        raise NotPossible(gettext("A closed posting is not changed any more. Reopen it first."))
    if posting.status in POSTINGS["withdraw"].sources:
        raise NotPossible(
            gettext("In approval or approved: it cannot be changed. Take it back to draft to change it.")
        )


def close_expired(actor: Actor) -> int:
    """Close what can no longer be applied to; say how many there were."""
    return len(one_by_one(queries.postings.expired(), lambda it: POSTINGS.perform(actor, it, "expire")))


def open_due(actor: Actor) -> int:
    """Open what is approved and whose first day has come; say how many there were.

    What lacks something by now (its requisition was withdrawn, for instance) stays as it is.
    """
    found = [posting for posting in queries.postings.due_to_open() if not POSTINGS["publish"].guard(posting)]
    return len(one_by_one(found, lambda posting: POSTINGS.perform(actor, posting, "publish")))


def _write_sections(posting: Posting, sections: Mapping[SectionKind, Words]) -> None:
    there = {section.kind: section for section in posting.sections}
    for kind, text in sections.items():
        if section := there.get(kind):
            if section.text != text:
                section.text = text
        elif text:
            posting.sections.append(PostingSection(kind=kind, text=text))


def _write_rows(rows: list[Any], model: type[Any], wanted: Sequence[Mapping[str, Any]]) -> None:
    """Bring the rows in step by their place: nobody refers to them yet, and no two ever share a position."""
    for position, values in enumerate(wanted):
        if position < len(rows):
            for name, value in values.items():
                if getattr(rows[position], name) != value:
                    setattr(rows[position], name, value)
        else:
            rows.append(model(position=position, **values))
    del rows[len(wanted) :]


@POSTINGS.after("close", order=10)
@POSTINGS.after("expire", order=10)
@POSTINGS.after("fill", order=10)
def advertise_the_rest(_actor: Actor, posting: Posting) -> None:
    """Positions that it has not filled are free again: another posting is owed for them, from today on."""
    requisition_operations.requisitions.advertise_anew(posting.requisition)
