"""Beginning and writing a posting."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, get_ident

import pytest
from sqlalchemy import event

from rmhr.content.loading import Loaded
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType, Role, User
from rmhr.models.criteria import Importance, PostingTemplate
from rmhr.models.postings import PostingStatus, SectionKind
from rmhr.models.requisitions import Requisition
from rmhr.postings import checklist, content, operations, queries
from rmhr.postings.coach import advice
from rmhr.postings.queries.pieces import pieces
from rmhr.postings.workflow import POSTINGS
from tests.factories.accounts import unit, user
from tests.factories.applications import application
from tests.factories.postings import posting, posting_template, requisition
from tests.support.elsewhere import at_once, elsewhere

S = PostingStatus


def begin(actor=None, template=None, **given):
    given.setdefault("unit", None) or given.update(unit=unit(name="Hamburg-Altona"))
    return operations.postings.create(
        actor or user(Role.HR),
        template or posting_template(),
        requisition=requisition(**given),
        hiring_manager=user(Role.SUPERVISOR),
        bank_name="Nordhaven Bank",
    )


def test_a_draft_begins_with_the_whole_starter_text_and_the_banks_name():
    actor = user(Role.HR)

    draft = begin(actor)

    assert (draft.status, draft.recruiter, draft.place) == (S.DRAFT, actor, "Hamburg-Altona")
    assert draft.section(SectionKind.CULTURE) == {
        "en": "Nordhaven Bank: culture",
        "de": "Nordhaven Bank culture",
    }
    assert [(each.position, each.importance) for each in draft.criteria] == [(0, Importance.MUST)]
    assert [str(each.text) for each in draft.questions] == ["Work permit?"]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.RM, Role.ADMIN, Role.INTERVIEWER])
def test_only_hr_begins_postings(role):
    with pytest.raises(NotAllowed):
        begin(user(role))


def test_the_starter_content_is_complete_for_every_kind_in_both_languages():
    assert content.load().added == len(RmType)
    assert content.load() == Loaded()

    for rm_type in RmType:
        draft = begin(template=queries.postings.template_for(rm_type))
        # Only what the template cannot know is left to write.
        assert [gap.field for gap in checklist.gaps(draft)] == ["closes_on"]
        open_ = {finding.check for finding in advice.worth_a_look(draft)}
        assert open_ <= {"agency", "years_experience"}
        assert {section.kind for section in draft.sections} == set(SectionKind)
        assert "Nordhaven Bank" in draft.section(SectionKind.CULTURE)["de"]
        assert not draft.title.missing()
        assert not draft.pay_variable.missing()
        assert all(not row.text.missing() for row in [*draft.criteria, *draft.questions])


def test_the_address_is_made_of_title_and_place_and_is_unique():
    template = posting_template()
    first, second = begin(template=template), begin(template=template, unit=unit(name="Hamburg-Altona-2"))
    third = begin(template=template, unit=unit(name="Köln", place="Köln"))

    assert first.slug == "relationship-manager-hamburg-altona"
    assert second.slug == "relationship-manager-hamburg-altona-2"
    assert third.slug == "relationship-manager-koeln"
    fourth = begin(template=template, unit=unit(name="Altona", place="Hamburg-Altona"))
    assert fourth.slug == "relationship-manager-hamburg-altona-3"


@pytest.mark.postgresql
def test_two_who_begin_the_same_posting_in_the_same_moment_get_an_address_each(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            place = unit(name="Hamburg-Altona")
            template, boss = posting_template().id, user(Role.SUPERVISOR).id
            # Those who begin from one requisition come one after the other.
            begun = [(user(Role.HR).id, requisition(unit=place).id) for _each in range(2)]
            db.session.commit()
            meet_before_the_insert(db.engine)

        def beginning(recruiter, asked):
            def run():
                draft = operations.postings.create(
                    db.session.get(User, recruiter),
                    db.session.get(PostingTemplate, template),
                    requisition=db.session.get(Requisition, asked),
                    hiring_manager=db.session.get(User, boss),
                    bank_name="Nordhaven Bank",
                )
                db.session.commit()
                return draft.slug

            return run

        slugs = at_once(app, *(beginning(*each) for each in begun))

        address = "relationship-manager-hamburg-altona"
        assert sorted(map(str, slugs)) == [address, f"{address}-2"]


def meet_before_the_insert(engine):
    """Two threads both find the address free before either writes."""
    barrier, been = Barrier(2, timeout=30), set()

    @event.listens_for(engine, "before_cursor_execute")
    def wait(_connection, _cursor, statement, *_):
        if statement.startswith("INSERT INTO posting ") and get_ident() not in been:
            been.add(get_ident())
            barrier.wait()


def test_the_address_follows_the_title_until_it_is_public_and_stays_then():
    draft = posting(status=S.DRAFT)
    title = {"title": Words.both("Senior RM (f/m/x)", "Senior RM (m/w/d)")}

    operations.postings.revise(draft.recruiter, draft, facts=title, sections={})
    assert draft.slug == "senior-rm-hamburg-altona"

    public = posting()
    before = public.slug
    POSTINGS.perform(public.recruiter, public, "rework")
    operations.postings.revise(public.recruiter, public, facts=title, sections={})
    assert public.slug == before


def test_rows_are_added_changed_moved_and_removed():
    draft = posting(status=S.DRAFT)
    rows = [
        {"text": Words.both("Third", "Dritte"), "importance": Importance.NICE},
        {"text": Words.both("First", "Erste"), "importance": Importance.MUST},
        {"text": Words.both("New", "Neu"), "importance": Importance.MUST},
        {"text": Words.both("Last", "Letzte"), "importance": Importance.MUST},
    ]

    operations.postings.revise(draft.recruiter, draft, facts={}, sections={}, criteria=rows, questions=[])
    operations.postings.revise(draft.recruiter, draft, facts={}, sections={}, criteria=rows[1:3])

    assert [(row.position, str(row.text)) for row in draft.criteria] == [(0, "First"), (1, "New")]
    assert draft.questions == []


def test_who_may_write():
    draft, public = posting(status=S.DRAFT), posting()
    nothing = {"facts": {}, "sections": {}}

    operations.postings.revise(draft.hiring_manager, draft, **nothing)
    operations.postings.revise(user(Role.HR), public, **nothing)
    with pytest.raises(NotAllowed):
        operations.postings.revise(public.hiring_manager, public, **nothing)
    with pytest.raises(NotAllowed):
        operations.postings.revise(user(Role.SUPERVISOR), draft, **nothing)


def test_the_version_tells_even_that_only_a_part_changed():
    draft = posting(status=S.DRAFT)
    opened = draft.version
    text = {SectionKind.VISION: Words.both("New", "Neu")}

    operations.postings.revise(draft.recruiter, draft, facts={}, sections=text)

    assert draft.version > opened


def test_what_somebody_applied_to_stands_and_a_change_begins_the_next_version():
    public = posting()
    early = application(posting=public)
    fewer = [{"text": Words.both("Danish", "Dänisch"), "importance": Importance.MUST}]
    vision = {SectionKind.VISION: Words.both("Another", "Eine andere")}

    operations.postings.revise(public.recruiter, public, facts={"openings": 2}, sections={})
    assert len(public.versions) == 1, "how many are sought is no promise to who applied"

    POSTINGS.perform(public.recruiter, public, "rework")
    operations.postings.revise(public.recruiter, public, facts={}, sections=vision, criteria=fewer)

    first, second = public.versions
    assert (first.number, second.number) == (1, 2)
    assert early.posting_version is first
    assert str(first.criteria[0].text) == "Banking training"
    assert {"kind": "vision", "text": {"en": "About vision.", "de": "Über vision."}} in first.text["sections"]
    assert [str(row.text) for row in public.criteria] == ["Danish"]
    assert [str(row.text) for row in public.questions] == [str(row.text) for row in first.questions]
    assert second.text is None

    operations.postings.revise(public.recruiter, public, facts={}, sections={}, questions=[])
    assert len(public.versions) == 2, "nobody has applied to the second one yet"


def test_no_more_is_advertised_than_the_requisition_has():
    asked = requisition(positions=3)
    first = posting(requisition=asked, openings=2)
    second = posting(requisition=asked, openings=1)

    with pytest.raises(NotPossible, match="3 positions"):
        operations.postings.revise(second.recruiter, second, facts={"openings": 2}, sections={})
    with pytest.raises(NotPossible, match="no position left"):
        operations.postings.create(
            first.recruiter,
            posting_template(),
            requisition=asked,
            hiring_manager=first.hiring_manager,
            bank_name="Nordhaven Bank",
        )


def test_a_public_posting_cannot_lose_what_it_needed():
    public = posting()

    with pytest.raises(NotPossible, match="pay range"):
        operations.postings.revise(
            public.recruiter,
            public,
            facts={"pay_min": None, "usual_min": None, "usual_max": None},
            sections={},
        )


def test_a_closed_posting_is_not_changed():
    closed = posting(status=S.CLOSED)

    with pytest.raises(NotPossible, match="Reopen"):
        operations.postings.revise(closed.recruiter, closed, facts={}, sections={})


def test_saving_is_one_line_of_the_history():
    draft = posting(status=S.DRAFT)

    operations.postings.revise(
        draft.recruiter,
        draft,
        facts={"closes_on": clock.today() + timedelta(days=30)},
        sections={SectionKind.VISION: Words.both("New", "Neu")},
    )

    assert next(entry.action for entry in audit.timeline(draft, *draft.sections)) == "postings.revise"


@pytest.mark.parametrize(
    ("text", "intro", "points"),
    [
        ("Just words.", "Just words.", []),
        ("", "", []),
        (
            "Before:\n\n- **We care.** Much.\n- **We ask:** Often.",
            "Before:",
            [("We care", "Much."), ("We ask", "Often.")],
        ),
        ("1. **Apply** Send it.\n2. **Wait** A little.", "", [("Apply", "Send it."), ("Wait", "A little.")]),
        ("- plain\n- **bold** one", "- plain\n- **bold** one", []),
        ("- **a** one\n\nAfter.", "- **a** one\n\nAfter.", []),
    ],
)
def test_named_points_are_taken_apart_and_everything_else_stays_whole(text, intro, points):
    found = pieces(text)

    assert (found.intro, found.points) == (intro, points)
