"""Starter content: competencies with anchors and profiles, questions and scenarios, the rounds."""

from __future__ import annotations

from typing import Any

from rmhr.content import Entry, read, words
from rmhr.content.loading import Loaded, by_code, finished, in_step
from rmhr.core import registry
from rmhr.core.history import audit
from rmhr.core.i18n import Words, _
from rmhr.core.policy import SYSTEM
from rmhr.interviews.guidance import said_in
from rmhr.models.accounts import RmType
from rmhr.models.competencies import Anchor, Competency, CompetencyProfile, Relevance
from rmhr.models.interviews import InterviewQuestion, Round, Scenario, ScenarioAnchor, ScenarioCase

registry.SENTENCES.add("interviews.load_content", _("Starter content loaded"))


def load() -> Loaded:
    """Bring competencies, questions, scenarios and rounds in step with their files; what somebody has edited stays."""
    given, guide = read("competencies")["competencies"], read("interview_questions")
    competencies = {each["id"]: _competency(position, each) for position, each in enumerate(given, 1)}
    anchors = {
        (each["id"], one["level"]): {"text": words(one["text"])} for each in given for one in each["anchors"]
    }
    profiles = {
        (each["id"], rm_type): _profile(each["profile"][rm_type])
        for each in given
        for rm_type in RmType
        if rm_type in each["profile"]
    }
    questions = {
        each["id"]: (part.among("competency", competencies), _question(position, each))
        for part in guide["competencies"]
        for position, each in enumerate(part["questions"], 1)
    }
    played = {
        part["scenario"]["id"]: (part["competency"], part["scenario"]) for part in guide["competencies"]
    }
    cases = {
        (code, rm_type): _case(each["cases"][rm_type])
        for code, (_about, each) in played.items()
        for rm_type in RmType
    }
    shown = {
        (code, one["level"]): {"text": words(one["text"])}
        for code, (_about, each) in played.items()
        for one in each["anchors"]
    }
    scenarios = {code: (about, _scenario(each)) for code, (about, each) in played.items()}
    rounds = {each["id"]: _round(each, competencies, played) for each in guide["interview_stages"]}
    said_in(guide)  # shown to whoever interviews
    finished("competencies", "interview_questions")
    with audit.acting(SYSTEM, "interviews.load_content"):
        became = in_step(Competency, competencies)
        became += in_step(Anchor, anchors, of=Competency, key=("competency", "level"))
        became += in_step(CompetencyProfile, profiles, of=Competency, key=("competency", "rm_type"))
        ids = {code: row.id for code, row in by_code(Competency).items()}
        asked = {code: {"competency_id": ids[about], **says} for code, (about, says) in questions.items()}
        became += in_step(InterviewQuestion, asked)
        simulated = {code: {"competency_id": ids[about], **says} for code, (about, says) in scenarios.items()}
        became += in_step(Scenario, simulated)
        became += in_step(ScenarioCase, cases, of=Scenario, key=("scenario", "rm_type"))
        became += in_step(ScenarioAnchor, shown, of=Scenario, key=("scenario", "level"))
        return became + in_step(Round, rounds)


def _competency(position: int, given: Entry) -> dict[str, Any]:
    return {"position": position, "name": words(given["name"]), "definition": words(given["definition"])}


def _profile(given: Entry) -> dict[str, Any]:
    return {
        "relevance": Relevance(given.among("relevance", Relevance)),
        "target_level": given["target_level"],
    }


def _question(position: int, given: Entry) -> dict[str, Any]:
    return {"position": position, "text": words(given["text"]), "probe": words(given["probe"])}


def _scenario(given: Entry) -> dict[str, Any]:
    return {
        "minutes": given["minutes"],
        "preparation_minutes": given["preparation_minutes"],
        "text": words(given["text"]),
        "roles": words(given["roles"]),
        "instead": words(given["instead"]),
    }


def _case(given: Entry) -> dict[str, Any]:
    solution = given.get("solution")
    return {"text": words(given), "solution": words(solution) if solution else Words()}


def _round(given: Entry, competencies: dict[str, Any], scenarios: dict[str, Any]) -> dict[str, Any]:
    return {
        "position": given["order"],
        "name": words(given["name"]),
        "about": words(given["text"]),
        "minutes": given["minutes"],
        "interviewers": given["interviewers"],
        "competencies": given.among("competencies", competencies),
        "scenarios": given.among("scenarios", scenarios),
    }
