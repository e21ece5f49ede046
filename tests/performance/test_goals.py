"""One side proposes, the other agrees; what is agreed stays; nobody agrees to their own proposal."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from rmhr.content.loading import Loaded
from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.performance import Confidence, GoalStatus
from rmhr.performance import content, measures, operations, queries, smart
from rmhr.performance.workflow.goals import GOALS
from tests.factories import accounts
from tests.factories.performance import (
    agreed,
    checked,
    goal,
    kpi,
    names,
    proposed,
    rm,
    supervisor_of,
    values,
)

G = GoalStatus
END = {"achieve", "achieve_partly", "miss"}


@pytest.mark.parametrize(
    ("who", "draft", "own_proposal", "others_proposal", "settled"),
    [
        ("RM", {"propose", "cancel"}, {"cancel"}, {"agree", "send_back", "cancel"}, set()),
        ("supervisor", {"propose", "cancel"}, {"agree", "send_back", "cancel"}, {"cancel"}, END | {"cancel"}),
        ("another supervisor", set(), set(), set(), set()),
        ("another RM", set(), set(), set(), set()),
        ("HR", set(), set(), set(), set()),
    ],
)
def test_who_may_do_what_with_a_goal(who, draft, own_proposal, others_proposal, settled):
    """`own_proposal`: proposed by the RM; `others_proposal`: by the supervisor."""
    cases = [(goal(), draft), (proposed(), own_proposal), (proposed(by_supervisor=True), others_proposal)]
    for it, may in [*cases, (agreed(), settled)]:
        user = {
            "RM": lambda it=it: it.user,
            "supervisor": lambda it=it: it.supervisor,
            "another supervisor": lambda: accounts.user(Role.SUPERVISOR),
            "another RM": rm,
            "HR": lambda: accounts.user(Role.HR),
        }[who]()
        assert names(GOALS.moves(user, it)) == may, it.status
        for name in GOALS.transitions.keys() - may:
            with pytest.raises((NotAllowed, NotPossible)):
                GOALS.perform(user, it, name)


def test_nobody_agrees_to_their_own_proposal():
    mine, theirs = proposed(), proposed(by_supervisor=True)
    with pytest.raises(NotAllowed):
        GOALS.perform(mine.user, mine, "agree")
    with pytest.raises(NotAllowed):
        GOALS.perform(theirs.supervisor, theirs, "agree")


def test_a_new_supervisor_answers_in_place_of_the_old_one():
    it = proposed()
    new = accounts.user(Role.SUPERVISOR)
    with audit.acting(SYSTEM, "tests.arrange"):
        it.user.employee.supervisor_id = new.id
    assert "agree" in names(GOALS.moves(new, it))
    assert names(GOALS.moves(it.supervisor, it)) == set()
    assert "performance.agree" in {item.source.name for item in sources.for_person(new.id)}


def test_an_agreed_goal_stays_as_it_is():
    it = agreed()
    with pytest.raises(NotPossible, match="stays as it is"):
        operations.goals.change_goal(it.user, it, target=Decimal(50))
    assert it.target == 60


def test_a_draft_whose_day_has_passed_is_not_proposed():
    it = goal(due_on=clock.today() + timedelta(days=3))
    with (
        clock.at(clock.moment(clock.today() + timedelta(days=4))),
        pytest.raises(NotPossible, match="passed"),
    ):
        GOALS.perform(it.user, it, "propose")


def test_goals_need_somebody_to_agree_with():
    alone = accounts.employee(supervisor=None).user
    with pytest.raises(NotPossible, match="no supervisor"):
        operations.goals.set_goal(alone, alone, **values())


def test_only_the_person_or_their_supervisor_sets_a_goal():
    person = rm()
    operations.goals.set_goal(supervisor_of(person), person, **values())
    for other in (rm(), accounts.user(Role.SUPERVISOR), accounts.user(Role.HR)):
        with pytest.raises(NotAllowed):
            operations.goals.set_goal(other, person, **values())


def test_the_other_side_is_told_and_the_proposer_gets_the_answer(mails):
    it = proposed()
    assert mails()[-1].to_address == it.supervisor.email
    GOALS.perform(it.supervisor, it, "send_back", note="Sixty is too many.")
    assert mails()[-1].to_address == it.user.email
    assert "Sixty is too many." in mails()[-1].text
    GOALS.perform(it.supervisor, it, "propose")
    assert mails()[-1].to_address == it.user.email
    GOALS.perform(it.user, it, "agree")
    assert mails()[-1].to_address == it.supervisor.email
    kinds = [mail.kind for mail in mails() if mail.kind.startswith("performance.")]
    assert kinds == [
        "performance.goal_proposed",
        "performance.goal_sent_back",
        "performance.goal_proposed",
        "performance.goal_agreed",
    ]


def test_mail_is_written_in_german_to_whoever_reads_german(mails):
    boss = accounts.user(Role.SUPERVISOR, language="de")
    proposed(accounts.employee(supervisor=boss).user)
    assert "schlägt ein Ziel vor" in mails()[-1].subject


def test_check_ins_come_round_every_thirty_days_and_end_with_the_goal():
    it = agreed(due_on=clock.today() + timedelta(days=40))
    assert it.check_in_by == clock.today() + timedelta(days=30)
    checked(it)
    assert it.check_in_by == clock.today() + timedelta(days=30)
    with clock.at(clock.moment(clock.today() + timedelta(days=20), 12)):
        checked(it)
        assert it.check_in_by == it.due_on
    with clock.at(clock.moment(it.due_on, 12)):
        checked(it)
        assert it.check_in_by is None


def test_only_an_agreed_goal_has_check_ins():
    with pytest.raises(NotPossible, match="agreed"):
        checked(proposed())


@pytest.mark.parametrize(
    ("baseline", "target", "value", "share"),
    [
        ("91", "93", "92", 50),
        ("91", "93", "94", 100),
        ("91", "93", "90", 0),
        ("8", "4", "6", 50),
        ("8", "4", "3", 100),
    ],
)
def test_progress_is_measured_from_the_baseline_in_either_direction(baseline, target, value, share):
    it = goal(baseline=Decimal(baseline), target=Decimal(target))
    assert measures.share(it, Decimal(value)) == share
    assert measures.share(it, None) == 0


@pytest.mark.both
def test_what_is_owed_around_goals():
    it = proposed()
    owed = {item.source.name: item for item in sources.for_person(it.supervisor_id)}
    assert owed["performance.agree"].on == clock.today() + timedelta(days=7)
    assert it.title in owed["performance.agree"].what
    assert it.user.name in owed["performance.agree"].why
    GOALS.perform(it.supervisor, it, "agree")
    mine = {item.source.name: item.on for item in sources.for_person(it.user_id)}
    theirs = {item.source.name: item.on for item in sources.for_person(it.supervisor_id)}
    assert mine == {"performance.check_in": it.check_in_by}
    assert theirs == {"performance.conclude": it.due_on}
    GOALS.perform(it.supervisor, it, "achieve", note="Done.")
    assert sources.for_person(it.user_id) == sources.for_person(it.supervisor_id) == []


def hints(it, others=()):
    return {
        letter.letter: [str(hint.advice) for hint in letter.hints] for letter in smart.letters(it, others)
    }


def test_a_goal_with_a_figure_in_a_full_sentence_has_no_hints():
    assert not any(hints(goal()).values())


def test_hints_name_what_stands_out():
    it = goal(
        title="Better files",
        specific="Improve them.",
        kpi_id=kpi("review_quality").id,
        baseline=Decimal(80),
        target=Decimal(75),
        relevance="Audit.",
        due_on=clock.today() + timedelta(days=500),
    )
    found = hints(it)
    assert len(found["S"]) == 2
    assert "worse than the starting value" in found["M"][0]
    assert found["R"]
    assert found["T"]
    rules = [str(hint.rule) for letter in smart.letters(it) for hint in letter.hints]
    assert any("better, improve" in rule for rule in rules)


def test_goals_that_are_all_sales_get_a_warning_until_one_is_not():
    person = rm()
    sales = goal(person, kpi_id=kpi("new_clients").id)
    more = goal(person, kpi_id=kpi("revenue_growth").id)
    assert any("qualitative" in words for words in hints(sales, [more])["R"])
    quality = goal(person, kpi_id=kpi("csat").id)
    assert not hints(sales, [more, quality])["R"]


def test_more_than_seven_goals_are_too_many():
    person = rm()
    made = [goal(person, title=f"Goal {n}") for n in range(8)]
    assert hints(made[0], made)["A"]


def test_the_starter_content_is_loaded_once():
    assert content.load() == Loaded(added=12)
    assert content.load() == Loaded()
    commercial = {each.code for each in queries.goals.kpis() if each.commercial}
    assert "revenue_growth" in commercial
    assert "client_retention_rate" not in commercial


@pytest.mark.both
def test_the_overview_knows_the_last_value():
    it = agreed()
    checked(it, 10)
    checked(it, 20, confidence=Confidence.AT_RISK)
    found = queries.goals.of(it.user)
    assert [(each.value, each.confidence) for each in found] == [(Decimal(20), Confidence.AT_RISK)]


def test_a_formula_is_set_as_in_a_book():
    assert measures.set_as_formula("(E - N) / L_closed * 100") == "(E − N) / L<sub>closed</sub> × 100"
    assert measures.set_as_formula("r^(H-1) < 1") == "r<sup>(H-1)</sup> &lt; 1"


def test_every_letter_of_every_formula_of_the_content_is_explained():
    content.load()
    for one in queries.goals.kpis():
        letters = {str(letter) for letter, _meaning in measures.inputs(one)}
        assert letters
        assert all(letter in measures.set_as_formula(one.formula) for letter in letters), one.code
