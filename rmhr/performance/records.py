"""What was seen of a goal when it was concluded, and of a review at its meeting and at each signature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rmhr.content import read, words
from rmhr.core.history.records import Copy, Read, record
from rmhr.core.i18n import Words, _
from rmhr.models.performance import CheckIn, DevelopmentItem, Goal, GoalGroup, Review, ReviewStatus, Side
from rmhr.performance import measures, queries, smart

#: What a signature says, as both read it before they sign.
STATEMENT = _("I have seen it and we have talked about it.")


def _goal(goal: Goal) -> dict[str, Any]:
    """A goal: its five letters, what was measured, how it came out."""
    return said_of_goal(goal) | {
        "person": goal.user.name,
        "supervisor": goal.supervisor.name,
        "proposed_by": goal.proposed_by.name if goal.proposed_by else "",
        "agreed_at": goal.agreed_at,
        "letters": [
            {"letter": letter, "name": name, "text": _written(goal, letter)} for letter, name in smart.named()
        ],
        "formula": goal.kpi.formula if goal.kpi else "",
        "inputs": [{"sign": str(sign), "words": what} for sign, what in measures.inputs(goal.kpi)]
        if goal.kpi
        else [],
        "check_ins": [_check_in(each) for each in goal.check_ins],
    }


def said_of_goal(goal: Goal) -> dict[str, Any]:
    """What is measured in a goal and how far it is; the points of its figure."""
    newest = goal.check_ins[-1] if goal.check_ins else None
    kpi = goal.kpi
    return {
        "id": goal.id,
        "title": goal.title,
        "status": goal.status,
        "measure": kpi.name if kpi else goal.measure,
        "unit": measures.unit_in_words(goal),
        "kpi": {
            "name": kpi.name,
            "unit": kpi.unit,
            "question": kpi.question,
            "caution": kpi.caution,
            "direction": kpi.direction,
        }
        if kpi
        else None,
        "specific": goal.specific,
        "baseline": goal.baseline,
        "target": goal.target,
        "starts_on": goal.starts_on,
        "due_on": goal.due_on,
        "value": newest.value if newest else None,
        "confidence": newest.confidence if newest else None,
        "points": [{"on": each.on, "value": each.value} for each in goal.check_ins],
    }


def _written(goal: Goal, letter: str) -> str:
    return {"S": goal.specific, "A": goal.achievable, "R": goal.relevance}.get(letter, "")


def _check_in(check_in: CheckIn) -> dict[str, Any]:
    return {
        "id": check_in.id,
        "on": check_in.on,
        "value": check_in.value,
        "confidence": check_in.confidence,
        "comment": check_in.comment,
        "by": check_in.by.name,
    }


def _review(review: Review) -> dict[str, Any]:
    """A review with all that it was made of. What a side has not handed in is not part of it."""
    employee = review.user.employee
    return {
        "person": review.user.name,
        "unit": employee.unit.name if employee else "",
        "rm_type": employee.rm_type if employee else None,
        "since": employee.started_on if employee else None,
        "supervisor": review.supervisor.name,
        "round": review.cycle.title,
        "starts_on": review.cycle.starts_on,
        "ends_on": review.cycle.ends_on,
        "self_handed_in_at": review.self_handed_in_at,
        "begun_without_self_on": review.begun_without_self_on,
        "supervisor_handed_in_at": review.supervisor_handed_in_at,
        "self_text": review.self_text if review.self_handed_in_at else "",
        "supervisor_text": review.supervisor_text if review.supervisor_handed_in_at else "",
        "questions": questions(),
        "competencies": _competencies(review),
        "met_on": review.met_on,
        "meeting_notes": review.meeting_notes if review.met_on else "",
        "items": [_item(each) for each in review.items],
        "statement": STATEMENT,
        "evidence": _evidence(review),
        **signatures(review),
    }


def signatures(review: Review) -> dict[str, Any]:
    """What is added to a review after its meeting: the RM's comment, and who signed when."""
    return {
        "comment": review.employee_comment,
        "signatures": [
            {"side": side, "name": person.name, "at": at}
            for side, person, at in (
                (Side.SELF, review.user, review.signed_by_employee_at),
                (Side.SUPERVISOR, review.supervisor, review.signed_by_supervisor_at),
            )
        ],
    }


def _competencies(review: Review) -> list[dict[str, Any]]:
    handed_in = {
        Side.SELF: review.self_handed_in_at is not None,
        Side.SUPERVISOR: review.supervisor_handed_in_at is not None,
    }
    known = {side: queries.reviews.ratings(review, side) if handed_in[side] else {} for side in Side}
    return [
        {
            "name": each.name,
            "definition": each.definition,
            "expected": expected,
            **{side.value: _rating(known[side].get(each.id)) for side in Side},
        }
        for each, expected in queries.reviews.rated(review)
    ]


def _rating(rating: Any) -> dict[str, Any] | None:
    if rating is None or rating.level is None:
        return None
    return {"level": rating.level, "number": rating.level.number, "evidence": rating.evidence}


def _item(item: DevelopmentItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "aim": item.aim,
        "measure": item.measure,
        "action": item.action,
        "competency": item.competency.name if item.competency else "",
        "due_on": item.due_on,
        "status": item.status,
    }


def _evidence(review: Review) -> dict[str, Any]:
    facts = queries.evidence.of(review)
    return {
        "goals": [said_of_goal(each) for each in facts.goals],
        "check_ins": [_check_in(each) for each in facts.check_ins],
        "shadowed": facts.shadowed,
        "hosted": [{"name": name, "count": count} for name, count in facts.hosted],
        "courses": [{"name": each.taught.name, "state": each.state} for each in facts.courses],
    }


def questions() -> list[Words]:
    """What the self-assessment answers."""
    sections = read("review")["review_form"]["sections"]
    return [words(each) for each in next(s for s in sections if s["id"] == "self")["questions"]]


GOAL = record("performance.goal", of=Goal)(_goal)
REVIEW = record("performance.review", of=Review)(_review)

#: From its meeting on a review is what was kept of it.
KEPT = (ReviewStatus.SIGNING, ReviewStatus.SIGNED)


def goal_seen(goal: Goal) -> Read:
    """What a page shows of a goal: as it was concluded; opened again, or not concluded yet, as it is now."""
    return GOAL.read(goal) if goal.status.group is GoalGroup.CONCLUDED else Read(GOAL.now(goal))


def goals_kept(goals: Iterable[Goal]) -> dict[int, Read]:
    """The copies of those of these goals that are concluded, by id. One query."""
    return GOAL.kept([each.id for each in goals if each.status.group is GoalGroup.CONCLUDED])


def review_seen(review: Review, editions: Sequence[Read] | None = None) -> Read:
    """What a page shows of a review: from its meeting on what both sign; before, and opened again, as it is now.

    Until the RM has signed, the comment is what stands there now. `editions`: all that was kept of it, if at hand.
    """
    kept = (REVIEW.editions(review) if editions is None else editions) if review.status in KEPT else ()
    if not kept:
        return Read(REVIEW.now(review))
    seen = kept[-1]
    if review.status is ReviewStatus.SIGNED:
        return seen
    return replace(seen, says=_with(seen.says, {"comment": review.employee_comment}))


def reviews_kept(reviews: Iterable[Review]) -> dict[int, Read]:
    """The copies of those of these reviews that are signed, by id. One query."""
    return REVIEW.kept([each.id for each in reviews if each.status is ReviewStatus.SIGNED])


def keep_signature(review: Review) -> None:
    """Keep what somebody has just signed: what was kept of the meeting, with the comment and the signatures."""
    seen = REVIEW.read(review)
    if not seen.concluded:  # its meeting was recorded before copies were kept
        REVIEW.keep(review)
        return
    REVIEW.keep(review, _with(seen.says, signatures(review)))


def _with(says: Copy, more: Mapping[str, Any]) -> Copy:
    return Copy({**{name: says[name] for name in says}, **more})


def signed_before(review: Review, editions: Sequence[Read]) -> list[Read]:
    """Those of its editions that both had signed, before the review was opened again; the first one first."""
    found = [each for each in editions if all(one.at is not None for one in each.says.signatures)]
    return found[:-1] if review.status is ReviewStatus.SIGNED else found
