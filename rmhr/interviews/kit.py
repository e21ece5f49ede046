"""What an interview is made of: questions on competencies, then scenarios. Each part is rated by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.core.i18n import Words, gettext
from rmhr.models.accounts import RmType
from rmhr.models.competencies import Anchor, Competency
from rmhr.models.interviews import (
    Interview,
    KitQuestion,
    KitScenario,
    Rating,
    Scenario,
    ScenarioAnchor,
    ScenarioCase,
    Scorecard,
)

#: What a scenario says, and a kit keeps of it.
SAYS = ("minutes", "preparation_minutes", "text", "roles", "instead")


@dataclass(frozen=True)
class Part:
    """What is rated on one page of a scorecard: the answers to the questions on a competency, or a scenario."""

    competency: Competency
    questions: Sequence[KitQuestion] = ()
    scenario: KitScenario | None = None

    @property
    def name(self) -> str:
        """What it is called: the competency, and whether a scenario shows it."""
        return named(self.competency.name, self.scenario is not None)

    @property
    def anchors(self) -> Sequence[Anchor | ScenarioAnchor]:
        """The words for its levels."""
        return self.scenario.scenario.anchors if self.scenario else self.competency.anchors

    @property
    def key(self) -> tuple[int, int | None]:
        """The ids of competency and scenario, by which a rating belongs to it."""
        return self.competency.id, self.scenario.scenario_id if self.scenario else None

    @property
    def about(self) -> dict[str, Any]:
        """The same as operations take it."""
        return dict(zip(("competency_id", "scenario_id"), self.key, strict=True))

    def rating_on(self, card: Scorecard) -> Rating | None:
        """What a scorecard says of it; None where nothing is written down yet."""
        return rating_on(card, *self.key)


def named(competency: Words, in_scenario: bool) -> str:
    """What a competency is called where it is rated, in the answers or in a scenario."""
    return gettext("%(competency)s, scenario", competency=competency) if in_scenario else str(competency)


def parts_of(interview: Interview) -> list[Part]:
    """The questions by competency in their order, then the scenarios."""
    asked: dict[Competency, list[KitQuestion]] = {}
    for question in interview.questions:
        asked.setdefault(question.competency, []).append(question)
    parts = [Part(competency, questions) for competency, questions in asked.items()]
    return parts + [Part(each.scenario.competency, scenario=each) for each in interview.scenarios]


def rating_on(card: Scorecard, competency_id: int, scenario_id: int | None) -> Rating | None:
    """The rating of a competency in the answers, or in a scenario; None where there is none."""
    wanted = (competency_id, scenario_id)
    return next((each for each in card.ratings if (each.competency_id, each.scenario_id) == wanted), None)


def rating_to_write(card: Scorecard, competency_id: int, scenario_id: int | None) -> Rating:
    """The same, begun where there is none."""
    rating = rating_on(card, competency_id, scenario_id)
    if rating is None:
        rating = Rating(competency_id=competency_id, scenario_id=scenario_id)
        card.ratings.append(rating)
    return rating


def case_for(scenario: Scenario, rm_type: RmType) -> ScenarioCase | None:
    """What a scenario is about for this type of RM; None where it is the same for all."""
    return next((each for each in scenario.cases if each.rm_type is rm_type), None)


def put_in(scenario: Scenario, rm_type: RmType) -> KitScenario:
    """A scenario of the bank as a kit keeps it, with the case of this type of RM."""
    case = case_for(scenario, rm_type)
    says = {name: getattr(scenario, name) for name in SAYS}
    about = {"case": case.text if case else Words(), "solution": case.solution if case else Words()}
    return KitScenario(scenario=scenario, **about, **says)


def put_in_again(given: KitScenario) -> KitScenario:
    """What one kit keeps of a scenario, for the next candidate."""
    says = {name: getattr(given, name) for name in (*SAYS, "case", "solution")}
    return KitScenario(scenario=given.scenario, **says)
