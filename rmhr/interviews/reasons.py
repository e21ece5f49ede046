"""Why an interview does not take place: what HR chooses, and what the candidate and the panel read of it."""

from __future__ import annotations

from typing import Any

from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _


class CallOff(LabelEnum):
    """A reason, with words for each side: nobody reads what is meant for the other."""

    for_candidate: Any
    for_panel: Any

    PANEL = (
        "panel",
        _("Somebody of the panel cannot come"),
        _("One of the people who wanted to meet you cannot come."),
        _("Somebody of the panel cannot come."),
    )
    CANDIDATE = (
        "candidate",
        _("The candidate asked for it"),
        _("You asked us to call it off."),
        _("The candidate asked for it."),
    )
    MISTAKE = (
        "mistake",
        _("It was planned by mistake"),
        _("The date was planned by mistake. We are sorry."),
        _("It was planned by mistake."),
    )
    POSITION = (
        "position",
        _("The position is not filled, or not now"),
        _("The position is not filled for now. This says nothing about you."),
        _("The position is not filled for now."),
    )
    OTHER = (
        "other",
        _("Another reason"),
        _("It cannot take place as it was planned."),
        _("It cannot take place as it was planned."),
    )
    # What the product itself says, when the application ends.
    CLOSED = (
        "closed",
        _("The application has been closed"),
        _("A decision on your application has been made; we write to you about that."),
        _("The application has been closed."),
    )
    WITHDRAWN = (
        "withdrawn",
        _("The application was withdrawn"),
        _("You have withdrawn your application."),
        _("The candidate has withdrawn the application."),
    )

    def __init__(self, _value: str, _label: Any, for_candidate: Any, for_panel: Any) -> None:
        self.tone, self.icon = "neutral", "circle"
        self.for_candidate, self.for_panel = for_candidate, for_panel


#: Those that people choose.
CHOSEN = tuple(each for each in CallOff if each not in (CallOff.CLOSED, CallOff.WITHDRAWN))
