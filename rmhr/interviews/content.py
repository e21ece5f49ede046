"""Starter content: competencies with anchors and profiles, the question bank, the rounds."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.content import read, words
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType
from rmhr.models.competencies import Anchor, Competency, CompetencyProfile, Relevance
from rmhr.models.interviews import InterviewQuestion, Round


def load() -> int:
    """Add what is missing, by code; change nothing that is there. Says how many rows were added."""
    with audit.acting(SYSTEM, "interviews.load_content"):
        competencies, added = _competencies(read("competencies"))
        guide = read("interview_questions")
        return added + _questions(guide, competencies) + _rounds(guide)


def _competencies(content: dict[str, Any]) -> tuple[dict[str, Competency], int]:
    known = {row.code: row for row in db.session.scalars(sa.select(Competency))}
    added = 0
    for position, given in enumerate(content["competencies"], start=1):
        if given["id"] in known:
            continue
        competency = Competency(
            code=given["id"],
            position=position,
            name=words(given["name"]),
            definition=words(given["definition"]),
            anchors=[Anchor(level=each["level"], text=words(each["text"])) for each in given["anchors"]],
            profiles=[
                CompetencyProfile(
                    rm_type=RmType(rm_type),
                    relevance=Relevance(each["relevance"]),
                    target_level=each["target_level"],
                )
                for rm_type, each in given["profile"].items()
            ],
        )
        db.session.add(competency)
        known[competency.code] = competency
        added += 1
    db.session.flush()
    return known, added


def _questions(guide: dict[str, Any], competencies: dict[str, Competency]) -> int:
    known = set(db.session.scalars(sa.select(InterviewQuestion.code)))
    rows = [
        InterviewQuestion(
            code=given["id"],
            competency=competencies[part["competency"]],
            position=position,
            text=words(given["text"]),
            probe=words(given["probe"]),
        )
        for part in guide["competencies"]
        for position, given in enumerate(part["questions"], start=1)
        if given["id"] not in known
    ]
    db.session.add_all(rows)
    return len(rows)


def _rounds(guide: dict[str, Any]) -> int:
    known = set(db.session.scalars(sa.select(Round.code)))
    rows = [
        Round(
            code=given["id"],
            position=given["order"],
            name=words(given["name"]),
            about=words(given["text"]),
            minutes=given["minutes"],
            competencies=list(given["competencies"]),
        )
        for given in guide["interview_stages"]
        if given["id"] not in known
    ]
    db.session.add_all(rows)
    return len(rows)


registry.SENTENCES.add("interviews.load_content", _("Starter content loaded"))
