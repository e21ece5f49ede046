"""What the demo bank's coach has to say: a draft with a few findings, one of them answered."""

from __future__ import annotations

from rmhr.core import clock
from rmhr.core.i18n import Words
from rmhr.demo.building import at_work, day, person
from rmhr.models.postings import Posting, SectionKind
from rmhr.postings import operations
from rmhr.postings.coach import advice

#: What the hiring manager has added to the starter text.
ADDED = Words.both(
    "- You are a team player and stay resilient when several mandates close in one week",
    "- Sie sind durchsetzungsstark und belastbar, auch wenn mehrere Mandate in einer Woche abschließen",
)
WHY = "The rules of the credit committee ask for practice; whoever has less works with a second signature."


def build(draft: Posting) -> None:
    """Write the sentence into the draft, then answer what the coach says about years."""
    before = draft.section(SectionKind.INTERPERSONAL)
    text = Words({code: f"{words}\n{ADDED[code]}" for code, words in before.items()})
    with clock.at(at_work(day(-2), 16, 10)):
        operations.postings.revise(
            draft.hiring_manager, draft, facts={}, sections={SectionKind.INTERPERSONAL: text}
        )
    years = [each for each in advice.worth_a_look(draft) if each.check == "years_experience"]
    with clock.at(at_work(day(-1), 9, 20)):
        operations.findings.answer(person("anna"), draft, finding=years[0].key, note=WHY)
