"""The bodies that law asks the bank to tell and to hear: whether it has them, and where they are written to."""

from __future__ import annotations

from dataclasses import dataclass

from rmhr.core import bank
from rmhr.core.i18n import _
from rmhr.models.applications import Party
from rmhr.models.duties import Answer
from rmhr.models.postings import Audience, Posting

#: They are bodies of German law, and read German.
LANGUAGE = "de"
#: Why what they are written is none of the bank's letters.
OF_LAW = _("Law asks to tell this body, and says what; no applicant reads it.")
#: Which columns of the bank say that there is one, and its address.
COLUMNS = {
    Party.REPRESENTATIVE: ("representative", "representative_email"),
    Party.WORKS_COUNCIL: ("works_council", "works_council_email"),
}


@dataclass
class Body:
    """A body that there is. Without an address nobody can write to it: somebody tells it otherwise."""

    party: Party
    email: str
    language: str = LANGUAGE

    @property
    def name(self) -> str:
        """What it is called, in the language that is spoken."""
        return str(self.party.label)


def body(party: Party) -> Body | None:
    """This body, where the bank says that it has one. One query a request at the most."""
    said = bank.duties()
    there, address = COLUMNS[party]
    if said is None or getattr(said, there) is not Answer.YES:
        return None
    return Body(party, getattr(said, address))


def bodies() -> list[Body]:
    """Those that there are, the representative body first."""
    return [found for party in COLUMNS if (found := body(party)) is not None]


def invites(posting: Posting) -> bool:
    """Whether severely disabled people who apply for this job are invited (section 165 SGB IX).

    A public employer invites them, unless the job is open to its own people alone.
    """
    said = bank.duties()
    public = said is not None and said.public_employer is Answer.YES
    return public and posting.audience is not Audience.INTERNAL
