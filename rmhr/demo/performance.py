"""Goals through the year, a review in each state: Ilse's is signed, Tomas writes about Murat, Oskar is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from rmhr.core import clock
from rmhr.core.due import calendar
from rmhr.core.i18n import Words
from rmhr.demo import goals
from rmhr.demo import reviews as texts
from rmhr.demo.building import at_work, day, hired, person, working_day_back
from rmhr.models.accounts import User
from rmhr.models.competencies import Level
from rmhr.models.performance import DevelopmentAction, Goal, Review, ReviewCycle
from rmhr.performance import operations, queries
from rmhr.performance.workflow.goals import GOALS
from rmhr.performance.workflow.items import ITEMS
from rmhr.performance.workflow.reviews import REVIEWS


def build() -> None:
    """Each in turn, on the days on which it happened."""
    _goals()
    _last_year()
    _this_year()


def _on(offset: int, hour: int = 10, minute: int = 0) -> Any:
    return clock.at(at_work(day(offset), hour, minute))


def _set(actor: User, owner: User, offset: int, due: int, given: Mapping[str, Any]) -> Goal:
    """Write a goal down on that day."""
    kpis = {kpi.code: kpi.id for kpi in queries.goals.kpis()}
    values: dict[str, Any] = {"measure": "", "unit": "", **given, "due_on": day(due)}
    code = values.pop("kpi", None)
    with _on(offset):
        return operations.goals.set_goal(actor, owner, kpi_id=kpis[code] if code else None, **values)


def _agree(goal: Goal, proposer: User, other: User, offset: int) -> None:
    with _on(offset, 11):
        GOALS.perform(proposer, goal, "propose")
    with _on(offset + 3, 9, 30):
        GOALS.perform(other, goal, "agree")


def _goals() -> None:
    tomas, greta = person("tomas"), person("greta")
    murat, oskar, aylin, ilse, paul = map(person, ("murat", "oskar", "aylin", "ilse", "paul"))
    for given, check_ins in goals.MURAT:
        goal = _set(murat, murat, -318, 35, given)
        _agree(goal, murat, tomas, -317)
        _check_in(goal, murat, check_ins)
    goal = _set(oskar, oskar, -150, 40, goals.OSKAR[0])
    _agree(goal, oskar, tomas, -149)
    _check_in(goal, oskar, goals.OSKAR[1])
    _set(oskar, oskar, -6, 120, goals.OSKAR_DRAFT)
    goal = _set(greta, aylin, -4, 200, goals.AYLIN)
    with _on(-4, 15):
        GOALS.perform(greta, goal, "propose")
    goal = _set(ilse, ilse, -330, -8, goals.ILSE[0])
    _agree(goal, ilse, tomas, -329)
    _check_in(goal, ilse, goals.ILSE[1])
    with _on(-8, 16):
        GOALS.perform(tomas, goal, "miss", note="The survey of this quarter is missing.")
    with _on(-7, 9):
        GOALS.perform(tomas, goal, "reopen", note="The survey was in already; I had looked at the old one.")
    with _on(-7, 16):
        GOALS.perform(tomas, goal, "achieve", note="Held in every quarter, and shown to the others how.")
    goal = _set(tomas, paul, -20, 150, goals.PAUL)
    with _on(-20, 12):
        GOALS.perform(tomas, goal, "propose")
    with _on(-18, 12):
        GOALS.perform(
            paul,
            goal,
            "send_back",
            note="Das erste halbe Jahr ist zum Lernen da; könnten wir mit zwölf beginnen?",
        )
    if (lena := hired("lena")) is not None:
        goal = _set(lena, lena, -2, 130, goals.LENA)
        with _on(-2, 16, 20):
            GOALS.perform(lena, goal, "propose")


def _check_in(goal: Goal, by: User, values: Any) -> None:
    for offset, value, confidence, words in values:
        with _on(offset, 17):
            operations.goals.check_in(by, goal, value=value, confidence=confidence, comment=words)


def _open(
    title: Words, offset: int, months: int, due: tuple[int, int, int], people: list[User]
) -> ReviewCycle:
    """A round over the twelve months up to `months` from now."""
    last = calendar.add_months(date(day(0).year, day(0).month, 1), months + 1) - timedelta(days=1)
    self_due_on, supervisor_due_on, meeting_due_on = map(day, due)
    with _on(offset, 9):
        return operations.reviews.open_cycle(
            person("anna"),
            None,
            title=title,
            starts_on=calendar.add_months(date(last.year, last.month, 1), -11),
            ends_on=last,
            self_due_on=self_due_on,
            supervisor_due_on=supervisor_due_on,
            meeting_due_on=meeting_due_on,
            people=[each.id for each in people],
        )


def _rate(
    actor: User, review: Review, levels: str, evidence: tuple[str, ...], offset: int, until: int = 99
) -> None:
    """One's own levels, a figure for each competency ("-": not observed)."""
    rated = list(zip(queries.reviews.competencies(review.user), levels, evidence, strict=False))
    with _on(offset, 15):
        for competency, figure, words in rated[:until]:
            level = Level.NOT_OBSERVED if figure == "-" else Level(figure)
            operations.reviews.save_rating(
                actor,
                review,
                competency_id=competency.id,
                level=level,
                evidence="" if level is Level.NOT_OBSERVED else words,
            )


def _write_self(review: Review, levels: str, offset: int) -> None:
    _rate(review.user, review, levels, texts.OWN_EVIDENCE[review.user.language], offset)
    with _on(offset, 16):
        operations.reviews.save_text(review.user, review, text=texts.OWN_WORDS[review.user.language])
        REVIEWS.perform(review.user, review, "hand_in_self")


def _write_supervisor(review: Review, levels: str, offset: int) -> None:
    _rate(review.supervisor, review, levels, texts.EVIDENCE[review.supervisor.language], offset)
    with _on(offset, 16):
        operations.reviews.save_text(
            review.supervisor, review, text=texts.SUMMARY[review.supervisor.language]
        )
        REVIEWS.perform(review.supervisor, review, "hand_in_supervisor")


def _meet(review: Review, offset: int, steps: Any) -> None:
    codes = {each.code: each.id for each in queries.development.competencies()}
    dates = [day(step[-1]) for step in steps]
    met_on = working_day_back(-offset)
    with _on(offset, 14):
        for (aim, measure, action, code, _due), due_on in zip(steps, dates, strict=True):
            operations.development.add_item(
                review.supervisor,
                review,
                aim=aim,
                measure=measure,
                action=DevelopmentAction(action),
                competency_id=codes.get(code),
                due_on=due_on,
            )
    with _on(offset, 17):
        REVIEWS.perform(
            review.supervisor,
            review,
            "record_meeting",
            met_on=met_on,
            meeting_notes=texts.NOTES[review.supervisor.language],
        )


def _last_year() -> None:
    """Ilse's review of the year before: signed by both; one step of it is done."""
    ilse = person("ilse")
    year = day(-365).year
    title = Words.both(f"Year {year}", f"Jahr {year}")
    _open(title, -352, -12, (-338, -336, -331), [ilse])
    review = queries.reviews.newest(ilse)
    assert review is not None
    _write_self(review, "445544445444", -341)
    _write_supervisor(review, "455444454444", -337)
    _meet(review, -332, texts.STEPS_OF_ILSE)
    with _on(-331, 9):
        operations.reviews.comment(
            ilse, review, comment="I would like more time for mentoring; otherwise I see it the same way."
        )
        REVIEWS.perform(ilse, review, "sign")
    with _on(-330, 11):
        REVIEWS.perform(review.supervisor, review, "countersign")
    _signed_again(review)
    with _on(-120, 13):
        ITEMS.perform(ilse, review.items[0], "complete")


def _signed_again(review: Review) -> None:
    """HR opens it again, since the wrong day was written down; both sign once more."""
    with _on(-329, 10):
        REVIEWS.perform(
            person("anna"),
            review,
            "back_to_meeting",
            note="The meeting was a day earlier than was written down.",
        )
    with _on(-328, 10):
        REVIEWS.perform(
            review.supervisor,
            review,
            "record_meeting",
            met_on=working_day_back(333),
            meeting_notes=texts.NOTES[review.supervisor.language],
        )
    with _on(-328, 11):
        REVIEWS.perform(review.supervisor, review, "sign")
    with _on(-327, 9):
        REVIEWS.perform(review.user, review, "countersign")


def _this_year() -> None:
    murat, oskar, aylin = map(person, ("murat", "oskar", "aylin"))
    year = day(0).year
    title = Words.both(f"Year {year}", f"Jahr {year}")
    _open(title, -24, 0, (-3, 2, 7), [murat, oskar, aylin])
    of_murat, of_aylin, of_oskar = map(queries.reviews.newest, (murat, aylin, oskar))
    assert of_murat is not None
    assert of_aylin is not None
    assert of_oskar is not None
    _write_self(of_murat, "434344443344", -4)
    _rate(of_murat.supervisor, of_murat, "443", texts.EVIDENCE["en"], -1)
    _write_self(of_aylin, "334454434443", -15)
    _write_supervisor(of_aylin, "345424434443", -12)
    _meet(of_aylin, -5, texts.STEPS_OF_AYLIN)
    with _on(-4, 10):
        REVIEWS.perform(of_aylin.supervisor, of_aylin, "sign")
    _rate(oskar, of_oskar, "343434343434", texts.OWN_EVIDENCE["de"], -6, until=5)
