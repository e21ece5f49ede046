"""Starter content: a file is read strictly, and a newer one changes what nobody has edited."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import rmhr.content
from rmhr.applications import content as applications
from rmhr.commands.content import load_all
from rmhr.content import ContentError, loading, parsed, read, words
from rmhr.content.loading import Loaded, in_step
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.interviews import content as interviews
from rmhr.models.applications import RejectionReason
from rmhr.models.competencies import Anchor, Competency, CompetencyProfile
from rmhr.models.criteria import PostingTemplate
from rmhr.models.interviews import InterviewQuestion, Round, Scenario, ScenarioAnchor, ScenarioCase
from rmhr.models.onboarding import TaskTemplate
from rmhr.models.performance import Kpi
from rmhr.models.shadowing import Activity, ChecklistItem, Rung, RungRule
from rmhr.onboarding import content as onboarding
from rmhr.performance import content as performance
from rmhr.postings import content as postings
from rmhr.shadowing import content as shadowing
from rmhr.training import content as training
from tests.factories.accounts import user

FILE = """
version: 1
reasons:
  - {code: late, label: {en: Late, de: Spät}, grace_days: 3}
"""
FOLDER = Path(rmhr.content.__file__).parent
FILES = [path.stem for path in sorted(FOLDER.glob("*.yaml"))]


@pytest.mark.once
def test_a_key_that_nobody_reads_is_named_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    data = parsed(FILE + "requires: [a]\n", "reasons")
    monkeypatch.setattr(loading, "read", lambda name: data)
    for reason in data["reasons"]:
        reason["code"]
        words(reason["label"])

    with pytest.raises(ContentError) as refused:
        loading.finished("reasons")

    assert str(refused.value).split("; ") == [
        "rmhr/content/reasons.yaml, line 4: nobody reads “grace_days”",
        "rmhr/content/reasons.yaml, line 5: nobody reads “requires”",
    ]
    data["reasons"][0]["grace_days"], data["requires"]
    loading.finished("reasons")


@pytest.mark.once
def test_a_key_that_is_missing_unknown_or_there_twice_is_named_with_its_line() -> None:
    data = parsed(FILE, "reasons")
    with pytest.raises(ContentError, match="line 4: “said” is missing"):
        data["reasons"][0]["said"]
    with pytest.raises(ContentError, match="line 4: “grace_days” is not known here"):
        data["reasons"][0].only("code", "label")
    with pytest.raises(ContentError, match="line 4: “code” stands here twice"):
        parsed(FILE.replace("grace_days: 3", "code: 3"), "reasons")
    with pytest.raises(ContentError, match="line 5: “reasons” stands here twice"):
        parsed(FILE + "reasons: []\n", "reasons")


@pytest.mark.once
def test_a_word_that_is_not_known_is_named_with_its_line() -> None:
    task = parsed(FILE.replace("grace_days: 3", "requires: [early, later]"), "reasons")["reasons"][0]

    assert task.among("code", ["late", "early"]) == "late"
    assert task.among("requires", ["early", "later"]) == ["early", "later"]
    assert task.among("course", ["aml"], "") == ""
    with pytest.raises(ContentError, match="line 4: “later” is not known here"):
        task.among("requires", ["early"])
    with pytest.raises(ContentError, match="line 4: “course” is missing"):
        task.among("course", ["aml"])


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version: 1\nlanguage_keys: [en]\n", "line 2: the languages are en, de"),
        ("version: first\n", "line 1: “version” is a number"),
        ("reasons: []\n", "“version” is a number"),
        ("- reasons\n", "reasons.yaml: it has no keys"),
        ("", "reasons.yaml: it has no keys"),
    ],
)
def test_what_is_no_content_file_is_refused(text: str, says: str) -> None:
    with pytest.raises(ContentError, match=says):
        parsed(text, "reasons")


def test_every_file_is_read_whole_by_the_loading_and_a_second_time_changes_nothing() -> None:
    read.cache_clear()

    done = load_all()

    assert {name: loading.unread(name) for name in FILES} == {name: [] for name in FILES}
    assert {stage for stage, became in done.items() if became.added} == set(done)
    assert all(became == Loaded() for became in load_all().values())


def reasons(**labels: str) -> Loaded:
    wanted = {
        code: {"position": 90, "label": Words(en=label, de=label), "said": Words(en="So.", de="So.")}
        for code, label in labels.items()
    }
    with audit.acting(SYSTEM, "applications.load_content"):
        return in_step(RejectionReason, wanted)


def reason(code: str) -> RejectionReason:
    return db.session.query(RejectionReason).filter_by(code=code).one()


def test_a_newer_file_changes_what_nobody_has_edited_and_lists_what_differs() -> None:
    assert reasons(one="Once", two="Twice") == Loaded(added=2)
    assert reasons(one="Once", two="Twice") == Loaded()

    with audit.acting(user(), "applications.load_content_by_hand"):
        reason("two").label = Words(en="As HR says it", de="Wie HR es sagt")

    became = reasons(one="One", two="Two")

    assert became == Loaded(updated=1, kept=("rejection reason two: label",))
    assert reason("one").label["en"] == "One"
    assert reason("two").label["en"] == "As HR says it"


OLDER = Words(en="As it was", de="Wie es war")


@pytest.mark.parametrize(
    ("stage", "model", "column", "older"),
    [
        (postings, PostingTemplate, "title", OLDER),
        (applications, RejectionReason, "label", OLDER),
        (interviews, Competency, "name", OLDER),
        (interviews, Anchor, "text", OLDER),
        (interviews, CompetencyProfile, "target_level", 1),
        (interviews, InterviewQuestion, "competency_id", 12),
        (interviews, Scenario, "roles", OLDER),
        (interviews, ScenarioAnchor, "text", OLDER),
        (interviews, ScenarioCase, "text", OLDER),
        (interviews, Round, "minutes", 1),
        (onboarding, TaskTemplate, "due_days", 365),
        (shadowing, Activity, "minutes", 1),
        (shadowing, RungRule, "sessions", 99),
        (shadowing, ChecklistItem, "text", OLDER),
        (performance, Kpi, "formula", "1"),
    ],
)
def test_each_table_follows_its_file_where_nobody_has_edited_it(
    stage: ModuleType, model: Any, column: str, older: object
) -> None:
    stage.load()
    loaded, edited = db.session.scalars(sa.select(model).order_by(model.id).limit(2))
    says = getattr(loaded, column)
    with audit.acting(SYSTEM, stage.__name__.removeprefix("rmhr.").replace(".content", loading.LOADS)):
        setattr(loaded, column, older)
    with audit.acting(user(), "tests.edit"):
        setattr(edited, column, older)

    became = stage.load()

    assert (became.added, became.updated, len(became.kept)) == (0, 1, 1)
    assert (getattr(loaded, column), getattr(edited, column)) == (says, older)


def test_what_stays_of_a_part_is_named_by_the_code_of_the_whole() -> None:
    interviews.load()
    anchor = db.session.scalars(sa.select(Anchor).order_by(Anchor.id)).first()
    assert anchor is not None
    with audit.acting(user(), "tests.edit"):
        anchor.text = OLDER

    [kept] = interviews.load().kept
    assert kept.startswith(f"anchor {anchor.competency.code} ")


@pytest.mark.parametrize(
    ("stage", "name", "before", "after", "says"),
    [
        (
            onboarding,
            "onboarding",
            "requires: [shadow_signoff",
            "requires: [nothing",
            "“nothing” is not known",
        ),
        (onboarding, "onboarding", "applies_if: gives", "applies_if: perhaps_gives", "“perhaps_gives"),
        (onboarding, "onboarding", "phase: arrive", "phase: leave", "“leave” is not known"),
        (shadowing, "shadowing", "minutes: 480", "minutes: 480, remote: true", "nobody reads “remote”"),
        (training, "courses", "- id: ethics", "- id: morals", "“ethics” is not known"),
        (training, "exams", "- course: ethics", "- course: aml", "the course “ethics” has no exam"),
        (
            training,
            "courses",
            "interval_months: 12",
            "interval_months: 12\n    grace_days: 3",
            "nobody reads “grace",
        ),
        (training, "exams", "correct: [b]", "correct: [z]", "“z” is not known"),
        (training, "exams", "lesson: basics", "lesson: hedging", "“hedging” is not known"),
        (training, "exams", "objective: risks", "objective: equal", "“equal” is not known"),
        (training, "exams", "review_by: 2027-03-01", "review_by: soon", "“review_by” is a day"),
        (training, "lessons", "covers: [conflicts]", "covers: [confusion]", "“confusion” is not known"),
        (training, "lessons", "review_by: 2027-03-01", "review_by: 2027", "“review_by” is a day"),
        (interviews, "competencies", "relevance: essential", "relevance: vital", "“vital” is not known"),
        (interviews, "competencies", "      personal: {", "      private: {", "nobody reads “private”"),
        (
            interviews,
            "interview_questions",
            "- competency: sales",
            "- competency: shouting",
            "“shouting” is not",
        ),
        (interviews, "interview_questions", "scenarios: [int_s", "scenarios: [bad_s", "“bad_s” is not known"),
        (shadowing, "shadowing", "needed: alone", "needed: twice", "“twice” is not known"),
        (
            performance,
            "kpis",
            "    unit: percent",
            "    unit: percent\n    origin: seed",
            "nobody reads “origin”",
        ),
        (performance, "review", "{id: s_length, ", "{id: s_length, rule: long, ", "“rule” is not known"),
    ],
)
def test_a_file_that_cannot_be_used_stops_the_loading_with_its_line(
    monkeypatch: pytest.MonkeyPatch, stage: ModuleType, name: str, before: str, after: str, says: str
) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert before in text
    wrong = parsed(text.replace(before, after, 1), name)
    for module in (stage, loading):
        monkeypatch.setattr(module, "read", lambda given: wrong if given == name else read(given))

    with pytest.raises(ContentError, match=rf"rmhr/content/\w+\.yaml, line \d+: .*{says}"):
        stage.load()


def test_what_is_in_use_follows_another_time() -> None:
    reasons(one="Once")
    wanted = {"one": {"position": 91}}
    with audit.acting(SYSTEM, "applications.load_content"):
        assert in_step(RejectionReason, wanted, in_use=[reason("one")]) == Loaded(
            kept=("rejection reason one: position",)
        )
        assert in_step(RejectionReason, wanted) == Loaded(updated=1)


def test_the_command_says_what_became_of_each_stage_and_what_stays(app: Flask) -> None:
    shadowing.load()
    rung = db.session.scalars(sa.select(RungRule).where(RungRule.rung == Rung.OBSERVE)).one()
    with audit.acting(user(), "tests.edit"):
        rung.sessions = 99

    said = app.test_cli_runner().invoke(args=["content", "load"]).output

    assert (
        "shadowing: 0 added, 0 updated\n  kept as it is here, other in the file: rung rule observe: sessions"
        in said
    )
    assert "performance: 12 added, 0 updated\n" in said


def test_the_command_ends_with_what_is_wrong_with_a_file(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Loaded:
        raise ContentError("rmhr/content/onboarding.yaml, line 9: nobody reads “grace_days”")

    monkeypatch.setattr(onboarding, "load", refuse)
    ended = app.test_cli_runner().invoke(args=["content", "load"])

    assert (ended.exit_code, ended.output) == (
        1,
        "Error: rmhr/content/onboarding.yaml, line 9: nobody reads “grace_days”\n",
    )
