"""What kind of thing a message or something due is about, in a word: by the stage whose it is."""

from __future__ import annotations

from rmhr.core.i18n import _, gettext

KINDS = {
    "accounts": _("Account"),
    "duties": _("Bank and duties"),
    "requisitions": _("Requisition"),
    "postings": _("Job posting"),
    "sourcing": _("Recommendation"),
    "applications": _("Application"),
    "interviews": _("Interview"),
    "offers": _("Offer"),
    "onboarding": _("Onboarding"),
    "shadowing": _("Shadowing"),
    "training": _("Training"),
    "performance": _("Goals and reviews"),
    "reminders": _("Reminder"),
    "rulebook": _("Legal and practice rules"),
    "today": _("Request from a colleague"),
    "system": _("System"),
}


def kind_of(name: str) -> str:
    """What kind a notice or a source is, by its name."""
    kind = KINDS.get(name.partition(".")[0])
    return str(kind) if kind is not None else gettext("Other")
