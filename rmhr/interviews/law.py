"""What nobody asks about in interviews, for the register of rules: the guidance that interviewers read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rmhr.core.i18n import _
from rmhr.core.lists.declaration import Target
from rmhr.interviews.guidance import guidance
from rmhr.law.rules import Authority, LegalRule, Part, rules_of


@rules_of("interviews")
def topics() -> Iterator[LegalRule]:
    """The topics, each with the law that forbids it, in one rule."""
    yield LegalRule(
        name="interviews.guidance",
        what=_("Interviewers read by which law nobody asks about what"),
        why=_(
            "What is asked in an interview is what an applicant can bring before a court (section 22 AGG)."
        ),
        authority=Authority.LAW,
        source=_("As each topic names it"),
        since=date(2006, 8, 18),  # the AGG came into force
        review_by=date(2027, 9, 30),
        page=_("Interviews: “Do not ask about” beside the questions"),
        stands_at=Target("interviews.index"),
        parts=tuple(Part(topic, law) for topic, law in guidance().forbidden),
    )
