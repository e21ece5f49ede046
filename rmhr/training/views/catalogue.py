"""The catalogue of courses, one course as it is taught, and how one is begun, described and retired."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import queries as accounts
from rmhr.accounts.policies import STAFF
from rmhr.core.errors import NotPossible
from rmhr.core.history.audit import timeline
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType, User
from rmhr.models.courses import Course, CourseVersion, ExamQuestion
from rmhr.training import blocks, coverage, lists, operations, policies, quality, queries
from rmhr.training.forms.courses import CourseForm, NewCourseForm
from rmhr.training.records import texts
from rmhr.training.views.blueprint import bp
from rmhr.training.views.team import how_often
from rmhr.training.workflow.courses import COURSES
from rmhr.web.auth import me
from rmhr.web.choices import Choices
from rmhr.web.downloads import send as send_document
from rmhr.web.exports import add_export
from rmhr.web.forms import require_token
from rmhr.web.lists import add_list
from rmhr.web.transitions import add_transition_route

add_list(
    bp,
    lists.CATALOGUE,
    "/catalogue",
    access=STAFF,
    template="training/catalogue.html",
    more=lambda _listing: {"may_begin": policies.BEGIN_COURSE(me()), "team": policies.SEE_TEAM(me())},
)
add_export(bp, lists.CATALOGUE, "/catalogue/export", access=STAFF)


def clients_of(types: list[str]) -> str:
    """ "Private clients, Corporate clients"; nothing where a thing is for all."""
    return ", ".join(str(member.label) for member in RmType if member.value in types)


@bp.get("/courses/<int:id>", access=STAFF)
def course(id: int) -> ResponseReturnValue:
    """A course with its rules and lessons; for those who look after it the objectives, and the questions with hints."""
    version = queries.courses.get(me(), id)
    may = policies.WRITE(me(), version)
    versions = queries.versions.versions_of(version.course_id) if may else []
    numbers = {question.code: number for number, question in enumerate(version.questions, 1)}
    return render_template(
        "training/course.html",
        course=version,
        how_often=how_often,
        clients_of=clients_of,
        reading=[(each, [blocks.told(part) for part in each.parts]) for each in version.lessons],
        questions=[
            (each, _options(each), quality.hints(each, version.questions)) for each in version.questions
        ]
        if may
        else [],
        objectives=[
            (each, [numbers[code] for code in each.questions if code in numbers])
            for each in coverage.covered(version.course.code)
        ]
        if may
        else [],
        may=may,
        moves=COURSES.moves(me(), version.course) if may else [],
        versions=versions,
        written=next((each for each in versions if each.status in queries.versions.ON_ITS_WAY), None),
        history=timeline(version.course) if may else [],
        picture=lambda document_id: url_for(".course_file", id=id, document_id=document_id),
    )


def _options(question: ExamQuestion) -> list[tuple[Words, bool]]:
    ids = [str(option["id"]) for option in question.options]
    return [(words, id in question.correct) for id, words in zip(ids, texts(question, ids), strict=True)]


@bp.get("/courses/<int:id>/files/<int:document_id>", access=STAFF)
def course_file(id: int, document_id: int) -> ResponseReturnValue:
    """A picture or an attachment of one of its lessons."""
    version = queries.courses.get(me(), id)
    return send_document(queries.versions.file_of(version, document_id), inline=True)


@bp.route("/courses/new", methods=["GET", "POST"], access=policies.BEGIN_COURSE)
def new_course() -> ResponseReturnValue:
    """Begin a course: its draft opens."""
    form = NewCourseForm.from_request()
    if form.ready():
        try:
            draft = operations.courses.begin(me(), None, **form.values())
        except NotPossible as no:
            form.refuse("name", no)
        else:
            flash(str(operations.courses.begin.done), "good")
            return redirect(url_for(".facts", id=draft.id))
    return render_template("training/new_course.html", form=form), form.status


@bp.route("/courses/<int:id>/edit", methods=["GET", "POST"], access=STAFF)
def course_facts(id: int) -> ResponseReturnValue:
    """What stays the same whatever its versions teach: area, kind, owner, who sees it."""
    it = queries.versions.course(me(), id)
    form = CourseForm.of(it, lambda form: _offer_owners(form, it.owner))
    if form.ready():
        operations.courses.describe(me(), it, **form.values())
        flash(str(operations.courses.describe.done), "good")
        return redirect(url_for(".course", id=id), 303)
    return render_template("training/course_facts.html", form=form, it=it, called=called(it)), form.status


def _offer_owners(form: CourseForm, owner: User | None) -> None:
    people = Choices("owners", accounts.choices.people(accounts.people.here()))
    form.owner_id.offer_found(
        people, (owner.id, owner.name) if owner is not None and owner.is_active else None
    )


def called(course: Course) -> Words:
    """What a course is called: as it is taught, else as it was written last."""
    taught: CourseVersion = next((each for each in course.versions if each.is_taught), course.versions[-1])
    return taught.name


@bp.post("/courses/<int:id>/versions", access=STAFF)
def begin_version(id: int) -> ResponseReturnValue:
    """Begin the next version: its draft opens."""
    require_token()
    draft = operations.versions.begin_version(me(), queries.versions.course(me(), id))
    flash(str(operations.versions.begin_version.done), "good")
    return redirect(url_for(".facts", id=draft.id))


add_transition_route(
    bp,
    COURSES,
    queries.versions.course,
    STAFF,
    about=called,
    back=lambda it: url_for("training.course", id=it.id),
    url="/courses/<int:id>/move/<name>",
    endpoint="course_transition",
)
