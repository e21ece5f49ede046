"""The demo bank's works council: silent for a week about Lena, asked about others, against hiring two of them so."""

from __future__ import annotations

from datetime import datetime

from rmhr.core import clock
from rmhr.council import operations, queries
from rmhr.council.workflow import REQUESTS
from rmhr.demo.building import person
from rmhr.models.council import CouncilRequest, RefusalGround
from rmhr.models.offers import Offer

#: (ground, the council's words) of a refusal.
PAY_GROUP = (
    RefusalGround.LAW,
    "Die vorgesehene Eingruppierung entspricht nicht der Tätigkeit: Sie erfüllt die Merkmale der Tarifgruppe 9. "
    "Der Betriebsrat verweigert die Zustimmung nach § 99 Abs. 2 Nr. 1 BetrVG.",
)
NOT_ADVERTISED = (
    RefusalGround.NOT_ADVERTISED,
    "Wir haben am 4. des vergangenen Monats verlangt, die Stellen in Altona auch im Haus auszuschreiben. Das ist nicht "
    "geschehen. Der Betriebsrat verweigert die Zustimmung nach § 99 Abs. 2 Nr. 5 BetrVG.",
)
#: Why the bank does not wait about Nadia.
URGENT = (
    "Zwei Kolleginnen in Altona gehen zum Monatsende in Elternzeit und Ruhestand. Ab dann hat die Filiale an drei "
    "Tagen der Woche niemanden, der Anlageberatung geben darf; vereinbarte Termine mit 140 Haushalten fielen aus."
)


def ask(offer: Offer, at: datetime, grouping: str) -> CouncilRequest:
    """Anna asks about an offer and takes the documents to the council. Raises LookupError where there is no request."""
    anna, request = person("anna"), queries.standing(offer)
    if request is None:
        raise LookupError("an offer of a bank with a works council has a request")
    with clock.at(at):
        operations.hand_over(anna, request)
        REQUESTS.perform(anna, request, "ask", grouping=grouping, asked_on=clock.today())
    return request


def refuse(request: CouncilRequest, at: datetime, said: tuple[RefusalGround, str]) -> None:
    """The council refuses in writing."""
    ground, answer = said
    with clock.at(at):
        REQUESTS.perform(
            person("anna"), request, "refuse", ground=ground, answered_on=clock.today(), answer=answer
        )


def hire_provisionally(request: CouncilRequest, at: datetime) -> None:
    """The hiring does not wait for consent (section 100 BetrVG)."""
    with clock.at(at):
        REQUESTS.perform(
            person("anna"), request, "hire_provisionally", reason=URGENT, informed_on=clock.today()
        )
