"""What stands on the desk to be read: levels in words, both sides compared, the agenda of the meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rmhr.content import read, words
from rmhr.core.i18n import Words, gettext
from rmhr.models.competencies import Competency, Level
from rmhr.models.performance import ReviewRating, Side
from rmhr.performance import queries
from rmhr.performance.views.parts import Desk

#: From so many levels apart the meeting talks about it (rmhr/content/review.yaml, bias_checks, self_gap).
GAP = 2


def levels(desk: Desk, competency: Competency, expected: int | None) -> list[tuple[str, Any, str, Any]]:
    """(figure, name, behaviour, mark) of the five levels, for components/rating.html."""
    own = _self_level(desk, competency)
    made = []
    for anchor in competency.anchors:
        marks = [gettext("Expected")] if anchor.level == expected else []
        if own is not None and own.number == anchor.level:
            marks.append(gettext("%(name)s’s own level", name=first_name(desk)))
        level = Level(str(anchor.level))
        made.append((str(anchor.level), level.label, str(anchor.text), ", ".join(marks) or None))
    return made


def first_name(desk: Desk) -> str:
    """The first word of the name of whose review it is."""
    return desk.review.user.name.split()[0]


def _self_level(desk: Desk, competency: Competency) -> Level | None:
    """What the RM has chosen, for the supervisor; nothing while it is not handed in."""
    if desk.side is Side.SELF or not desk.sight.reads_self:
        return None
    rating = queries.reviews.ratings(desk.review, Side.SELF).get(competency.id)
    return rating.level if rating else None


def self_not_observed(desk: Desk, competency: Competency) -> str | None:
    """A word at "Not observed" where the RM has chosen that."""
    if _self_level(desk, competency) is Level.NOT_OBSERVED:
        return gettext("%(name)s has chosen this.", name=first_name(desk))
    return None


@dataclass(frozen=True)
class Compared:
    """One competency from both sides, as far as they may be read."""

    competency: Competency
    expected: int | None
    sides: list[tuple[Side, ReviewRating | None]]

    @property
    def gap(self) -> bool:
        """Whether the two levels lie far apart."""
        numbers = [
            rating.level.number
            for _side, rating in self.sides
            if rating and rating.level and rating.level.number
        ]
        return len(numbers) == 2 and abs(numbers[0] - numbers[1]) >= GAP


def compared(desk: Desk) -> list[Compared]:
    """All competencies, from each side that this person may read."""
    shown = [
        side
        for side, reads in (
            (Side.SELF, desk.sight.reads_self),
            (Side.SUPERVISOR, desk.sight.reads_supervisor),
        )
        if reads
    ]
    known = {side: queries.reviews.ratings(desk.review, side) for side in shown}
    expected = queries.reviews.expected(desk.review.user)
    return [
        Compared(each, expected.get(each.id), [(side, known[side].get(each.id)) for side in shown])
        for each in desk.competencies
    ]


def gaps(desk: Desk) -> list[Compared]:
    """What the meeting should talk about: levels that lie far apart."""
    return [each for each in compared(desk) if each.gap]


def judged(desk: Desk, side: Side) -> list[tuple[Any, Any, Any]]:
    """(competency, level, its name) of one side, for components/rating.html."""
    known = queries.reviews.ratings(desk.review, side)
    made = []
    for each in desk.competencies:
        rating = known.get(each.id)
        level = rating.level if rating else None
        made.append((each.name, level.number if level else None, level.label if level else gettext("Open")))
    return made


def questions() -> list[Words]:
    """What the self-assessment answers."""
    sections = read("review")["review_form"]["sections"]
    return [words(each) for each in next(s for s in sections if s["id"] == "self")["questions"]]


def agenda() -> list[tuple[int, Words]]:
    """(minutes, what) of the meeting."""
    return [(each["minutes"], words(each["text"])) for each in read("review")["meeting_agenda"]["items"]]
