"""What applicants applied to: once somebody has, a change begins a new version and the old one stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rmhr.core import clock
from rmhr.models.criteria import Criterion, PostingVersion, Question
from rmhr.models.postings import Posting

CRITERION = ("kind", "text", "importance", "weight", "weight_reason")
QUESTION = ("kind", "text", "choices", "required")
#: What of a posting is promised to whoever applies.
PROMISED = ("place", "pay_min", "pay_max", "currency")
WORDS = ("title", "hours", "remote", "starts", "pay_variable", "pay_agreement", "pay_criteria")


def text_of(posting: Posting) -> dict[str, Any]:
    """What the posting says, as it is kept once it says something else."""
    return {
        **{name: getattr(posting, name) for name in PROMISED},
        "pay_period": posting.pay_period.value,
        "further_places": [each.place for each in posting.further_places],
        **{name: dict(getattr(posting, name)) for name in WORDS},
        "sections": [
            {"kind": section.kind.value, "text": dict(section.text)}
            for section in sorted(posting.sections, key=lambda section: section.kind.value)
            if section.text
        ],
    }


def differs(
    posting: Posting,
    before: Mapping[str, Any],
    criteria: Sequence[Mapping[str, Any]] | None,
    questions: Sequence[Mapping[str, Any]] | None,
) -> bool:
    """Whether whoever applies now would apply to something else than those before."""
    return (
        text_of(posting) != before
        or changed(posting.criteria, criteria)
        or changed(posting.questions, questions)
    )


def changed(rows: Sequence[Any], wanted: Sequence[Mapping[str, Any]] | None) -> bool:
    """Whether these rows would say something else; None means that they stay."""
    if wanted is None:
        return False
    return len(rows) != len(wanted) or any(
        getattr(row, name) != value
        for row, values in zip(rows, wanted, strict=True)
        for name, value in values.items()
    )


def begin_next(posting: Posting, before: Mapping[str, Any]) -> PostingVersion:
    """Keep the current version as it was and go on with a copy of it."""
    old = posting.current
    old.text = dict(before)
    fresh = PostingVersion(number=old.number + 1, begun_at=clock.now(), **copied(old))
    posting.versions.append(fresh)
    return fresh


def rows_of(version: PostingVersion) -> dict[str, list[dict[str, Any]]]:
    """The criteria and questions of a version as plain values."""
    return {
        "criteria": [{name: getattr(row, name) for name in CRITERION} for row in version.criteria],
        "questions": [{name: getattr(row, name) for name in QUESTION} for row in version.questions],
    }


def copied(version: PostingVersion) -> dict[str, list[Any]]:
    """The criteria and questions of a version as new rows."""
    rows = rows_of(version)
    return {
        "criteria": [Criterion(position=place, **row) for place, row in enumerate(rows["criteria"])],
        "questions": [Question(position=place, **row) for place, row in enumerate(rows["questions"])],
    }
