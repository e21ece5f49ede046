"""What stands on the desk to be read: levels in words, both sides compared, the agenda of the meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rmhr.content import read, words
from rmhr.core.history.records import Copy
from rmhr.core.i18n import Words, gettext, ngettext
from rmhr.models.competencies import Competency, Level
from rmhr.models.performance import Side
from rmhr.performance import queries
from rmhr.performance.views.parts import Desk

#: From so many levels apart the meeting talks about it.
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

    competency: Copy
    sides: list[tuple[Side, Copy | None]]

    @property
    def gap(self) -> bool:
        """Whether the two levels lie far apart."""
        numbers = [rating.number for _side, rating in self.sides if rating and rating.number]
        return len(numbers) == 2 and abs(numbers[0] - numbers[1]) >= GAP

    @property
    def expected(self) -> Level | None:
        """The level that is expected, with its name; None where none is."""
        return Level(str(self.competency.expected)) if self.competency.expected else None

    @property
    def below(self) -> int | None:
        """How many levels are missing to the expected one (negative: more than expected); None if it cannot be said.

        The supervisor's level counts, the RM's own only while the supervisor's may not be read.
        """
        _side, rating = self.sides[-1]
        if not (rating and rating.number and self.competency.expected):
            return None
        return int(self.competency.expected - rating.number)

    @property
    def state(self) -> tuple[str, str, str] | None:
        """(tone, icon, words) of the gap to the expected level."""
        if self.below is None:
            return None
        if self.below > 0:
            words = ngettext("%(num)s level below", "%(num)s levels below", self.below)
            return "bad" if self.below >= GAP else "warning", "arrow-down-circle", words
        if self.below < 0:
            words = ngettext("%(num)s level above", "%(num)s levels above", -self.below)
            return "good", "arrow-up-circle", words
        return "neutral", "check-circle", gettext("As expected")


def compared(desk: Desk) -> list[Compared]:
    """All competencies, from each side that this person may read: the largest gap to the expected level first."""
    shown = [
        side
        for side, reads in (
            (Side.SELF, desk.sight.reads_self),
            (Side.SUPERVISOR, desk.sight.reads_supervisor),
        )
        if reads
    ]
    rows = [Compared(each, [(side, each[side.value]) for side in shown]) for each in desk.says.competencies]
    return sorted(rows, key=lambda row: (row.below is None, -(row.below or 0), not row.gap))


def gaps(desk: Desk) -> list[Compared]:
    """What the meeting should talk about: levels that lie far apart."""
    return [each for each in compared(desk) if each.gap]


def judged(desk: Desk, side: Side, draft: bool) -> list[tuple[Any, Any, Any]]:
    """(competency, level, its name) of one side, for components/rating.html; of what one writes, as far as it is."""
    if draft:
        known = queries.reviews.ratings(desk.review, side)
        rated = [(each.name, known.get(each.id)) for each in desk.competencies]
        levels = [(name, rating.level if rating else None) for name, rating in rated]
    else:
        levels = [
            (each.name, each[side.value].level if each[side.value] else None)
            for each in desk.says.competencies
        ]
    return [
        (name, _figure(level), level.label if level else (gettext("Open") if draft else gettext("Not rated")))
        for name, level in levels
    ]


def _figure(level: Any) -> str | None:
    """The figure of a level, be it of today or of a copy; None for "not observed"."""
    return level.value if level and level.value.isdigit() else None


def agenda() -> list[tuple[int, Words]]:
    """(minutes, what) of the meeting."""
    return [(each["minutes"], words(each["text"])) for each in read("review")["meeting_agenda"]["items"]]
