"""The demo bank's works council: silent for a week about Lena, asked about Sofie, and against hiring Deniz so."""

from __future__ import annotations

from datetime import datetime

from rmhr.core import clock
from rmhr.council import operations, queries
from rmhr.council.workflow import REQUESTS
from rmhr.demo.building import person
from rmhr.models.council import CouncilRequest, RefusalGround
from rmhr.models.offers import Offer


def ask(offer: Offer, at: datetime, grouping: str) -> CouncilRequest:
    """Anna asks about an offer and takes the documents to the council. Raises LookupError where there is no request."""
    anna, request = person("anna"), queries.standing(offer)
    if request is None:
        raise LookupError("an offer of a bank with a works council has a request")
    with clock.at(at):
        operations.hand_over(anna, request)
        REQUESTS.perform(anna, request, "ask", grouping=grouping, asked_on=clock.today())
    return request


def refuse(request: CouncilRequest, at: datetime) -> None:
    """The council refuses in writing: the pay group that was intended is not that of the position."""
    words = (
        "Die vorgesehene Eingruppierung entspricht nicht der Tätigkeit: Sie erfüllt die Merkmale der Tarifgruppe 9. "
        "Der Betriebsrat verweigert die Zustimmung nach § 99 Abs. 2 Nr. 1 BetrVG."
    )
    with clock.at(at):
        REQUESTS.perform(
            person("anna"),
            request,
            "refuse",
            ground=RefusalGround.LAW,
            answered_on=clock.today(),
            answer=words,
        )
