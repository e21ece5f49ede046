"""The same on many things: what is refused and why, what is done and how often, what is remembered."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from rmhr.accounts.jobs import forget_bulk_runs
from rmhr.applications.bulk import REJECT, REOPEN, SHORTLIST
from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.flow import bulk
from rmhr.core.flow.bulk import BulkMove
from rmhr.core.history import audit
from rmhr.core.registry import BULKS
from rmhr.models.accounts import Role, User
from rmhr.models.applications import ApplicationStatus
from rmhr.models.system import AuditEntry, BulkOutcome, BulkRow, BulkRun, Message
from tests.factories import accounts, applications, postings
from tests.support.elsewhere import at_once, elsewhere

S, Became = ApplicationStatus, BulkOutcome


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """However busy the machine is, a piece is done in one go."""
    monkeypatch.setattr(bulk, "PATIENCE", 600.0)


@pytest.fixture
def hr():
    return accounts.user(Role.HR)


def begun(actor, of, things, key="key", **given):
    """A run over these things, as they are now."""
    chosen = {thing.id: of.seen(thing) for thing in things}
    run, new = bulk.start(actor, of, chosen, key=key, given={name: [value] for name, value in given.items()})
    assert new
    return run


def became(run) -> list[tuple[BulkOutcome, str]]:
    return [(row.outcome, row.said) for row in run.rows]


def written() -> tuple[int, int]:
    """How many rejections were mailed, and how many stand in the history."""
    mails = sa.select(sa.func.count(Message.id)).where(Message.kind == "applications.rejected")
    entries = sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.action == "applications.reject")
    return db.session.scalar(mails), db.session.scalar(entries)


def test_each_thing_is_refused_in_words_by_rule_status_and_guard(hr):
    ready = applications.judged(applications.application(S.SCREENING))
    open_, over = applications.application(S.SCREENING), applications.application(S.REJECTED)

    assert SHORTLIST.refusals(hr, [ready, open_, over]) == [
        None,
        "2 criteria that must be met have not been judged yet.",
        "This cannot be done while the status is “Rejected”.",
    ]
    stranger = accounts.user(Role.SUPERVISOR)
    assert SHORTLIST.refusals(stranger, [ready, over]) == ["You are not allowed to do this."] * 2


def test_each_is_done_with_its_own_history_and_mail_and_a_refusal_is_in_nobody_s_way(hr, mails):
    reason = applications.rejection_reason()
    first, gone, last = (
        applications.application(S.SCREENING, applicant=applications.applicant(language=language))
        for language in ("en", "en", "de")
    )
    run = begun(hr, REJECT, [first, gone, last], reason=reason.code)
    FLOW.perform(gone.applicant, gone, "withdraw")

    bulk.go_on(hr, run, {"reason": reason.code, "note": "All at once"})

    assert became(run) == [
        (Became.DONE, ""),
        (Became.REFUSED, "This has changed since you opened it. Please look again."),
        (Became.DONE, ""),
    ]
    assert [first.status, gone.status, last.status] == [S.REJECTED, S.WITHDRAWN, S.REJECTED]
    told = [(mail.to_address, mail.language) for mail in mails() if mail.kind == "applications.rejected"]
    assert told == [(first.applicant.email, "en"), (last.applicant.email, "de")]
    for it in (first, last):
        entry = audit.timeline(it)[0]
        assert (str(entry.sentence), entry.actor, entry.note) == (
            "Application rejected",
            hr.name,
            "All at once",
        )
    assert run.finished_at is not None


def test_what_was_answered_is_forgotten_once_all_is_done(hr):
    its = [applications.application(S.SCREENING) for _n in range(2)]
    reason = applications.rejection_reason()
    run = begun(hr, REJECT, its, reason=reason.code, note="private")
    assert run.given["note"] == ["private"]

    bulk.go_on(hr, run, {"reason": reason.code})

    assert run.given == {}


def test_a_run_is_worked_off_in_pieces(hr, monkeypatch):
    monkeypatch.setattr(bulk, "PIECE", 2)
    its = [applications.application(S.SCREENING) for _n in range(5)]
    reason = applications.rejection_reason()
    run = begun(hr, REJECT, its)

    for left in (3, 1, 0):
        bulk.go_on(hr, run, {"reason": reason.code})
        assert [outcome for outcome, _said in became(run)].count(Became.WAITING) == left
        assert (run.finished_at is None) == bool(left)


def test_a_piece_ends_when_patience_is_over(hr, monkeypatch):
    monkeypatch.setattr(bulk, "PATIENCE", -1.0)
    run = begun(hr, REJECT, [applications.application(S.SCREENING) for _n in range(3)])

    bulk.go_on(hr, run, {"reason": applications.rejection_reason().code})

    assert [outcome for outcome, _said in became(run)] == [Became.DONE, Became.WAITING, Became.WAITING]


def test_what_this_person_cannot_see_is_not_touched():
    mine, other = (applications.application(S.SCREENING) for _n in range(2))
    hidden = applications.from_inside(status=S.SCREENING)
    supervisor = hidden.applicant.user.employee.supervisor
    manager = mine.posting.hiring_manager

    assert REJECT.things.found(manager, [other.id, mine.id, 999]) == [mine]
    assert REJECT.things.found(supervisor, [hidden.id]) == []
    run = begun(manager, REJECT, [mine, other])
    bulk.go_on(manager, run, {"reason": applications.rejection_reason().code})
    assert became(run) == [
        (Became.REFUSED, "You are not allowed to do this."),
        (Became.REFUSED, "It no longer exists."),
    ]
    assert (mine.status, other.status) == (S.SCREENING, S.SCREENING)


def test_the_same_page_sent_twice_is_one_run(hr):
    it = applications.application(S.SCREENING)
    first, new = bulk.start(hr, REJECT, {it.id: "screening"}, key="once", given={})
    second, again = bulk.start(hr, REJECT, {it.id: "screening"}, key="once", given={})
    other, theirs = bulk.start(accounts.user(Role.HR), REJECT, {it.id: "screening"}, key="once", given={})

    assert (first.id, new, again) == (second.id, True, False)
    assert theirs
    assert other.id != first.id
    assert db.session.scalar(sa.select(sa.func.count(BulkRow.id)).where(BulkRow.run_id == first.id)) == 1


def test_a_run_is_taken_back_once(hr):
    it = applications.application(S.SCREENING)
    run = begun(hr, REJECT, [it])
    bulk.go_on(hr, run, {"reason": applications.rejection_reason().code})

    back, new = bulk.start(hr, REOPEN, {it.id: "rejected"}, key="back", given={}, undoes=run)
    again, second = bulk.start(hr, REOPEN, {it.id: "rejected"}, key="other", given={}, undoes=run)
    bulk.go_on(hr, back, {"note": "A mistake"})

    assert (new, second, again.id) == (True, False, back.id)
    assert it.status is S.SCREENING
    assert bulk.undone_by(run) is back


def test_runs_are_forgotten_after_a_month(hr):
    it = applications.application(S.SCREENING)
    with clock.at(clock.now() - timedelta(days=31)):
        begun(hr, REJECT, [it], key="old")

    begun(hr, REJECT, [it], key="new")

    assert forget_bulk_runs() == 1
    assert db.session.scalars(sa.select(BulkRun.key)).all() == ["new"]
    assert db.session.scalar(sa.select(sa.func.count(BulkRow.id))) == 1


def test_more_than_can_be_done_at_once_is_never_begun(hr):
    run, _new = bulk.start(
        hr, REJECT, dict.fromkeys(range(1, bulk.MOST + 20), "screening"), key="k", given={}
    )

    assert len(run.rows) == bulk.MOST


def test_a_piece_asks_the_database_as_often_for_each(hr, max_queries):
    reason, posting = applications.rejection_reason(), postings.posting()

    def spent(number: int) -> int:
        its = [applications.application(S.SCREENING, posting=posting) for _n in range(number)]
        run = begun(hr, REJECT, its, key=f"{number}")
        db.session.commit()
        with max_queries(40 * (number + 1)) as asked:
            bulk.go_on(hr, run, {"reason": reason.code})
        return len(asked)

    few, many = spent(2), spent(12)

    assert (many - few) / 10 <= 16
    with max_queries(40) as asked:
        SHORTLIST.refusals(
            hr, SHORTLIST.things.found(hr, [row.subject_id for row in db.session.scalars(sa.select(BulkRow))])
        )
    assert len(asked) <= 12


def test_what_tells_outsiders_says_so_before(hr):
    """A move whose rehearsal would write to somebody outside has a sentence about it, and the others have none."""
    status = {"shortlist": S.SCREENING, "reject": S.SCREENING, "reopen": S.REJECTED}
    given = {"reason": applications.rejection_reason().code, "note": "A mistake"}
    moves = [each for each in BULKS.values() if isinstance(each, BulkMove)]

    for each in moves:
        it = applications.judged(applications.application(status[each.move]))
        outside = [said for said in each.rehearse(hr, it, **given) if said.outside]
        assert bool(each.tells) == bool(outside), each.name
    assert {each.move for each in moves} == set(status)


def test_a_way_back_leads_from_where_the_move_ends():
    for each in BULKS.values():
        if isinstance(each, BulkMove) and isinstance(each.back, BulkMove):
            assert each.flow[each.move].target in each.back.flow[each.back.move].sources


def test_two_bulk_moves_cannot_share_a_name():
    with pytest.raises(ValueError, match=r"applications\.reject"):
        BulkMove(flow=FLOW, move="reject", things=REJECT.things, verb=str, done=str)


def test_two_people_who_do_overlapping_things_at_once_get_words(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            people = [accounts.user(Role.HR).id for _n in range(2)]
            posting = postings.posting()
            ids = [applications.application(S.SCREENING, posting=posting).id for _n in range(9)]
            code = applications.rejection_reason().code

        def rejecting(person: int, some: list[int]):
            def deed():
                hr = db.session.get(User, person)
                run, _new = bulk.start(hr, REJECT, dict.fromkeys(some, "screening"), key="k", given={})
                bulk.go_on(hr, run, {"reason": code})
                db.session.commit()
                return [(row.subject_id, row.outcome.value, row.said) for row in run.rows]

            return deed

        one, other = at_once(
            app, rejecting(people[0], ids[:6]), rejecting(people[1], list(reversed(ids[3:])))
        )

        with app.app_context():
            mails = db.session.scalar(
                sa.text("SELECT count(*) FROM message WHERE kind = 'applications.rejected'")
            )
            entries = db.session.scalar(
                sa.text("SELECT count(*) FROM audit_entry WHERE action = 'applications.reject'")
            )
    found = {id: [row for rows in (one, other) for row in rows if row[0] == id] for id in ids}
    for id in ids:
        assert sorted(outcome for _id, outcome, _said in found[id])[0] == "done"
    twice = [row for rows in found.values() if len(rows) == 2 for row in rows]
    assert sorted(outcome for _id, outcome, _said in twice) == ["done"] * 3 + ["refused"] * 3
    assert {said for _id, outcome, said in twice if outcome == "refused"} == {
        "This has changed since you opened it. Please look again."
    }
    assert (mails, entries) == (9, 9)


def test_a_double_click_at_the_same_moment_is_one_run(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            person, it = accounts.user(Role.HR).id, applications.application(S.SCREENING).id
            code = applications.rejection_reason().code

        def click():
            hr = db.session.get(User, person)
            run, new = bulk.start(hr, REJECT, {it: "screening"}, key="one page", given={})
            if new:
                bulk.go_on(hr, run, {"reason": code})
            db.session.commit()
            return run.id, new

        results = at_once(app, click, click, click)

        with app.app_context():
            mails = db.session.scalar(
                sa.text("SELECT count(*) FROM message WHERE kind = 'applications.rejected'")
            )
    assert len({id for id, _new in results}) == 1
    assert sorted(new for _id, new in results) == [False, False, True]
    assert mails == 1
