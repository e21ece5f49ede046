"""The parts of a review at the left of the desk: which there are, which are done, which may be opened by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from rmhr.core.history.records import Read
from rmhr.core.i18n import _, gettext
from rmhr.core.words import day_text
from rmhr.models.accounts import User
from rmhr.models.competencies import Competency
from rmhr.models.performance import Review, ReviewStatus, Side
from rmhr.performance import queries, records
from rmhr.performance.queries.reviews import Sight
from rmhr.performance.stages import FACTS

R = ReviewStatus

NAMES = {
    "facts": _("Facts"),
    "self": _("Self-assessment"),
    "competencies": _("Competencies"),
    "summary": _("Summary"),
    "meeting": _("Meeting"),
    "steps": _("Next steps"),
    "signatures": _("Signatures"),
}


@dataclass(frozen=True)
class Desk:
    """A review as one person works on it."""

    review: Review
    viewer: User
    sight: Sight
    competencies: list[Competency]
    seen: Read
    edition: int | None = None  # a former one, that both had signed
    editions: Sequence[Read] | None = None  # all that was kept of it, where that was asked for

    @property
    def says(self) -> Any:
        """What the pages draw: what holds now, from the meeting on what was kept of it."""
        return self.seen.says

    @property
    def before(self) -> list[Read]:
        """The editions that both had signed before the review was opened again. One query where none was asked."""
        editions = records.REVIEW.editions(self.review) if self.editions is None else self.editions
        return records.signed_before(self.review, editions)

    @property
    def begun(self) -> bool:
        """Whether the supervisor's part may be written: the self-assessment is there, or the review goes on without."""
        return self.says.self_handed_in_at is not None or self.says.begun_without_self_on is not None

    @property
    def side(self) -> Side:
        """Whose ratings are shown in the form: one's own; HR reads the supervisor's."""
        return self.sight.side or Side.SUPERVISOR

    @property
    def incomplete(self) -> list[int]:
        """The numbers of the competencies that one's own part still lacks."""
        known = queries.reviews.ratings(self.review, self.side)
        return [
            number
            for number, each in enumerate(self.competencies, start=1)
            if not queries.reviews.complete(known.get(each.id))
        ]

    def may_open(self, part: str) -> bool:
        """Whether this part is there for this person now."""
        sight = self.sight
        return {
            "facts": True,
            "self": sight.reads_self,
            "competencies": sight.side is Side.SELF or sight.reads_self or self.begun,
            "summary": sight.reads_supervisor and self.begun,
            "meeting": sight.reads_meeting,
            "steps": sight.reads_meeting,
            "signatures": sight.reads_meeting and self.says.met_on is not None,
        }[part]

    def first_part(self) -> str:
        """Where the work is."""
        if self.sight.writes:
            if self.incomplete:
                return "competencies"
            return "self" if self.sight.side is Side.SELF else "summary"
        wanted = FACTS[self.review.status].part
        return wanted if self.may_open(wanted) else "facts"

    def rows(self, present: str) -> list[dict[str, Any]]:
        """The parts as components/path.html draws them."""
        made = []
        for part, words in NAMES.items():
            done, note = self._said(part)
            opens = self.may_open(part)
            state = "now" if part == present else "later" if not opens else "done" if done else "open"
            made.append(
                {
                    "words": words,
                    "note": note,
                    "state": state,
                    "url": self._url(part) if opens else None,
                    "done": done,
                }
            )
        return made

    def _url(self, part: str) -> str:
        return url_for("performance.review", id=self.review.id, part=part, edition=self.edition)

    def _said(self, part: str) -> tuple[bool, str]:
        """Whether a part is done, and a word on it."""
        says = self.says
        told = {
            "facts": lambda: (True, gettext("From the records")),
            "self": self._about_self,
            "competencies": self._about_competencies,
            "summary": self._about_summary,
            "meeting": lambda: (
                (True, gettext("Held on %(day)s", day=day_text(says.met_on)))
                if says.met_on
                else (False, gettext("Until %(day)s", day=day_text(self.review.meeting_due_on)))
            ),
            "steps": lambda: (
                (True, gettext("%(count)s agreed", count=len(says["items"])))
                if self.may_open("steps") and says["items"]
                else (False, gettext("In the meeting"))
            ),
            "signatures": self._about_signatures,
        }
        return told[part]()

    def _about_self(self) -> tuple[bool, str]:
        if self.says.self_handed_in_at:
            return True, gettext("Handed in: %(day)s", day=day_text(self.says.self_handed_in_at))
        if self.sight.side is Side.SELF and self.sight.writes:
            written = bool(self.review.self_text)
            return written, gettext("Written") if written else gettext("Open")
        if self.says.begun_without_self_on:
            return False, gettext("Not handed in")
        return False, gettext("Until %(day)s", day=day_text(self.review.self_due_on))

    def _about_competencies(self) -> tuple[bool, str]:
        if not self.may_open("competencies"):
            return False, gettext("After the self-assessment")
        if self.seen.concluded:
            total = len(self.says.competencies)
            done = sum(each[self.side.value] is not None for each in self.says.competencies)
        else:
            total = len(self.competencies)
            done = total - len(self.incomplete)
        return done == total, gettext("%(done)s of %(all)s", done=done, all=total)

    def _about_summary(self) -> tuple[bool, str]:
        if self.says.supervisor_handed_in_at:
            return True, gettext("Handed in: %(day)s", day=day_text(self.says.supervisor_handed_in_at))
        if self.sight.side is Side.SUPERVISOR and self.may_open("summary"):
            written = bool(self.review.supervisor_text)
            return written, gettext("Written") if written else gettext("Open")
        return False, gettext("From the supervisor")

    def _about_signatures(self) -> tuple[bool, str]:
        signed = sum(each.at is not None for each in self.says.signatures)
        if not self.may_open("signatures"):
            return False, gettext("After the meeting")
        return signed == 2, gettext("%(done)s of %(all)s", done=signed, all=2)
