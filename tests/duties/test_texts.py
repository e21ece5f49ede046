"""Texts of the bank: begun from the last one, approved by a second person, valid from a day, never changed after."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock, differences
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.i18n import Words
from rmhr.duties import content, operations
from rmhr.duties.queries import texts
from rmhr.duties.workflow import TEXTS
from rmhr.models.accounts import Role
from rmhr.models.duties import BankText, TextKind, TextStatus
from tests.factories import duties
from tests.factories.accounts import user

pytestmark = pytest.mark.both

NOTICE = TextKind.PRIVACY_NOTICE


def words(text="Dear {name},\n\n{facts}\n\n{button}"):
    return Words.both(text, text)


def written(actor, **given):
    given = {"kind": TextKind.CONFIRMATION, "text": words(), "reason": "Plainer."} | given
    return operations.write(actor, None, **given)


def test_a_second_person_approves_for_a_day(session):
    writer, second = user(Role.ADMIN), user(Role.COMPLIANCE)
    version = written(writer)
    day = clock.today() + timedelta(days=3)
    TEXTS.perform(writer, version, "submit", valid_from=day)
    assert texts.in_force(TextKind.CONFIRMATION) is None
    TEXTS.perform(second, version, "approve")
    assert version.valid_from == day
    assert texts.in_force(TextKind.CONFIRMATION) is None
    with clock.at(clock.moment(day, 8)):
        assert texts.in_force(TextKind.CONFIRMATION) is version


def test_nobody_approves_what_they_wrote_or_submitted(session):
    writer, submitter = user(Role.HR), user(Role.ADMIN)
    version = written(writer)
    TEXTS.perform(submitter, version, "submit", valid_from=clock.today())
    for each in (writer, submitter):
        with pytest.raises(NotAllowed):
            TEXTS.perform(each, version, "approve")
    TEXTS.perform(user(Role.HR), version, "approve")
    assert version.status is TextStatus.APPROVED


def test_what_is_approved_late_holds_from_then_on(session):
    writer = user(Role.HR)
    version = written(writer)
    TEXTS.perform(writer, version, "submit", valid_from=clock.today())
    later = clock.today() + timedelta(days=5)
    with clock.at(clock.moment(later, 9)):
        TEXTS.perform(user(Role.COMPLIANCE), version, "approve")
    assert version.valid_from == later


def test_the_words_of_an_approved_text_never_change(session):
    version = duties.text()
    with pytest.raises(RuntimeError, match="never changed"), duties.changing():
        version.text = words("Other words")


def test_what_has_begun_is_not_withdrawn(session):
    begun = duties.approved()
    with pytest.raises(NotPossible, match="in force since"):
        TEXTS.perform(user(Role.HR), begun, "withdraw")
    coming = duties.text(TextKind.OFFER, valid_from=clock.today() + timedelta(days=2))
    TEXTS.perform(user(Role.HR), coming, "withdraw")
    assert texts.in_force(TextKind.OFFER) is None


def test_only_a_draft_is_written_on_and_thrown_away(session):
    waiting = duties.submitted(kind=TextKind.CONFIRMATION)
    with pytest.raises(NotPossible, match="second person"):
        operations.write(user(Role.HR), waiting, kind=waiting.kind, text=words(), reason="Again")
    with pytest.raises(NotPossible, match="Only a draft"):
        operations.throw_away(user(Role.HR), waiting)


def test_what_could_not_be_told_is_not_written(session):
    with pytest.raises(NotPossible, match="is missing"):
        written(user(Role.HR), text=words("Dear {name},"))


def test_changes_are_told_paragraph_by_paragraph():
    before = Words.both("One.\n\nTwo.", "Eins.\n\nZwei.")
    after = Words.both("One.\n\nThree.", "Eins.\n\nZwei.")
    (change,) = differences.between(before, after)
    assert (change.language, change.before, change.after) == ("en", "Two.", "Three.")


def test_starter_texts_come_as_drafts_and_never_touch_the_banks_own(session):
    content.load()
    drafts = db.session.query(BankText).filter_by(status=TextStatus.DRAFT)
    assert {row.kind for row in drafts} == set(TextKind)
    assert content.load().added == 0
    draft = texts.on_its_way(TextKind.CONFIRMATION)
    operations.write(user(Role.HR), draft, kind=draft.kind, text=words(), reason="Ours")
    became = content.load()
    assert "bank text confirmation: text" in became.kept
    assert draft.text == words()


def test_a_bank_that_was_there_before_gets_the_new_notice_as_a_draft(session):
    former = duties.text(approved_at=None, text=words("As it was."))
    content.load()
    assert texts.in_force(NOTICE) is former
    draft = texts.on_its_way(NOTICE)
    assert draft.number == former.number + 1
    assert draft.text == texts.starter(NOTICE)


def letters():
    return {kind for kind in TextKind if kind.is_letter}


def test_letters_are_in_force_from_the_first_day_without_anybodys_work(session):
    """A bank that is upgraded has those that are new: the same loading brings them."""
    content.load()
    assert {kind for kind in TextKind if texts.in_force(kind)} == letters()
    for kind in letters():
        version = texts.in_force(kind)
        assert (version.text, version.approved_at) == (texts.starter(kind), None)
        assert texts.on_its_way(kind).number == version.number + 1
    assert all(line.waits for line in texts.overview())


def test_what_the_bank_has_approved_holds_before_what_the_product_brings(session):
    own = duties.text(TextKind.REJECTION, text=words("Ours"))
    draft = written(user(Role.HR))
    content.load()
    assert texts.in_force(TextKind.REJECTION) is own
    assert texts.on_its_way(TextKind.REJECTION) is None
    assert texts.in_force(TextKind.CONFIRMATION).text == texts.starter(TextKind.CONFIRMATION)
    TEXTS.perform(user(Role.HR), draft, "submit", valid_from=clock.today())
    TEXTS.perform(user(Role.COMPLIANCE), draft, "approve")
    assert [each.number for each in texts.versions(TextKind.CONFIRMATION)] == [2, 1]
    assert texts.in_force(TextKind.CONFIRMATION) is draft
    (line,) = [line for line in texts.overview() if line.kind is TextKind.CONFIRMATION]
    assert line.in_force is draft


def test_a_draft_that_is_there_follows_the_version_that_comes_into_force(session):
    draft = duties.text(TextKind.OFFER, status=TextStatus.DRAFT, text=words("As it was"))
    content.load()
    now = texts.in_force(TextKind.OFFER)
    assert (now.number, draft.number) == (1, 2)
    assert draft.text == now.text == texts.starter(TextKind.OFFER)


def test_an_approval_of_an_earlier_day_goes_before_what_the_product_brings(session):
    product = duties.text(TextKind.OFFER, approved_at=None, valid_from=clock.today())
    own = duties.text(TextKind.OFFER, valid_from=clock.today() - timedelta(days=30))
    assert texts.in_force(TextKind.OFFER) is own
    assert texts.line(TextKind.OFFER, [product, own]).in_force is own


def test_new_words_of_the_product_are_a_version_of_their_own(session):
    former = duties.text(TextKind.SHORTLIST, approved_at=None, text=words("As it was"))
    content.load()
    now = texts.in_force(TextKind.SHORTLIST)
    assert now.number == former.number + 1
    assert former.text == words("As it was")
    assert content.load().added == 0


def test_words_of_the_product_that_are_told_are_never_changed_either(session):
    told = duties.text(TextKind.SHORTLIST, approved_at=None)
    with pytest.raises(RuntimeError, match="never changed"), duties.changing():
        told.text = words("Other")


def test_all_texts_are_listed_once(session):
    parts = texts.in_parts(texts.overview())
    assert [line.kind for _heading, lines in parts for line in lines] == list(TextKind)
    assert {line.kind for line in parts[0][1]} == set(TextKind) - letters()
