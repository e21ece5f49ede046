"""What the demo bank screens and asks besides the starter text: a weight, further kinds of questions, two sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType, User
from rmhr.models.criteria import CriterionKind, QuestionKind
from rmhr.models.postings import Posting
from rmhr.postings import operations
from rmhr.postings.operations import versions

#: What a loan's first reader must be able to do.
HEAVIER = {
    "weight": 2,
    "weight_reason": "Three of four enquiries in Kiel are about loans; who cannot read accounts cannot start.",
}


def _question(kind: QuestionKind, en: str, de: str, **other: Any) -> Mapping[str, Any]:
    return {"kind": kind, "text": Words.both(en, de), "choices": [], "required": True} | other


LENDING = [
    _question(
        QuestionKind.SINGLE,
        "Which companies have you worked with most?",
        "Mit welchen Unternehmen hatten Sie am meisten zu tun?",
        choices=[
            {"en": "Crafts and trade", "de": "Handwerk und Handel"},
            {"en": "Farming and fishing", "de": "Landwirtschaft und Fischerei"},
            {"en": "Shipping and port", "de": "Schifffahrt und Hafen"},
            {"en": "Professions and services", "de": "Freie Berufe und Dienstleistungen"},
        ],
    ),
    _question(
        QuestionKind.PERCENTAGE,
        "What share of your work was lending?",
        "Welchen Anteil hatte das Kreditgeschäft an Ihrer Arbeit?",
    ),
    _question(
        QuestionKind.RATING,
        "How sure are you in reading annual accounts?",
        "Wie sicher sind Sie im Lesen von Jahresabschlüssen?",
        required=False,
    ),
]
ARRANGEMENTS = [
    _question(
        QuestionKind.DATE,
        "When could you start at the earliest?",
        "Wann könnten Sie frühestens anfangen?",
    ),
    _question(
        QuestionKind.NUMBER,
        "How many days a week would you like to work from home?",
        "Wie viele Tage pro Woche möchten Sie von zu Hause arbeiten?",
        required=False,
    ),
]


def of(made: Posting) -> dict[str, Any]:
    """What is written into a posting for business clients; nothing for the others."""
    if made.rm_type is not RmType.BUSINESS:
        return {}
    own = versions.rows_of(made.current)
    for criterion in own["criteria"]:
        if criterion["kind"] is CriterionKind.EXPERIENCE:
            criterion |= HEAVIER
    return own | {"questions": [*own["questions"], *LENDING]}


def keep_sets(anna: User) -> None:
    """The sets that HR puts into postings."""
    operations.question_sets.keep_set(anna, "Lending to companies", questions=LENDING)
    operations.question_sets.keep_set(anna, "Start and working from home", questions=ARRANGEMENTS)
