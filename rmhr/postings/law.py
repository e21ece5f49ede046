"""What the coach says of postings by law, for the register of rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rmhr.content import CITED, read, words
from rmhr.core.i18n import _
from rmhr.core.lists.declaration import Target
from rmhr.law.rules import Authority, LegalRule, Part, rules_of


@rules_of("postings")
def coach() -> Iterator[LegalRule]:
    """All reasons of the coach that name a law, in one rule."""
    reasons = [
        check["why"] for part in ("blocking", "words", "others") for check in read("coach")[part].values()
    ]
    yield LegalRule(
        name="postings.coach",
        what=_("The coach says what a posting must not say, and must, by law"),
        why=_("A word in a posting is enough for a court to presume discrimination (section 22 AGG)."),
        authority=Authority.LAW,
        source=_("As each reason names it"),
        since=date(2006, 8, 18),  # the AGG came into force
        review_by=date(2027, 7, 31),
        page=_("Postings: the coach beside the text"),
        stands_at=Target("postings.index"),
        parts=tuple(Part(words(why)) for why in reasons if CITED.search(why["en"])),
    )
