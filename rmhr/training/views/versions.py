"""One version of a course: what differs, whom it concerns, its facts, its preview, how it moves on."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts.policies import STAFF
from rmhr.core.history.audit import timeline
from rmhr.core.i18n import LANGUAGES, gettext, language, speaking
from rmhr.models.courses import CourseVersion, VersionStatus
from rmhr.training import blocks, changes, checklist, length, operations, policies, queries
from rmhr.training.forms.courses import FactsForm
from rmhr.training.views.blueprint import bp
from rmhr.training.workflow.courses import VERSIONS
from rmhr.web.auth import me
from rmhr.web.autosave import autosaved
from rmhr.web.downloads import send as send_document
from rmhr.web.forms import require_token
from rmhr.web.transitions import add_transition_route


def frame(version: CourseVersion, here: str) -> dict[str, Any]:
    """What each page of a version has around it: the versions' bar, its parts, what is open, its moves."""
    draft = version.status is VersionStatus.DRAFT
    parts: list[tuple[str, str, int | None]] = [(gettext("Overview"), "version", None)]
    if draft:
        parts += [
            (gettext("Facts"), "facts", None),
            (gettext("Lessons"), "lessons", len(version.lessons)),
            (gettext("Exam"), "exam_editor", len(version.questions)),
        ]
    return {
        "it": version,
        "draft": draft,
        "parts": [
            (words, url_for(f".{name}", id=version.id), name == here, count) for words, name, count in parts
        ],
        "moves": VERSIONS.moves(me(), version),
        "gaps": checklist.gaps(version) if version.status in queries.versions.ON_ITS_WAY else [],
        "length": length.of(version),
        "concerned": queries.versions.concerned(version.course_id),
    }


def own(version: CourseVersion) -> CourseVersion:
    """The same version, for whoever writes it. Raises NotAllowed for all others."""
    policies.WRITE.require(me(), version)
    return version


@bp.get("/versions/<int:id>", access=STAFF)
def version(id: int) -> ResponseReturnValue:
    """What differs from the version before, who wrote and published it, what happened."""
    it = queries.versions.get(me(), id)
    before = queries.versions.before(it)
    return render_template(
        "training/versions/show.html",
        **frame(it, "version"),
        before=before,
        changed=changes.between(before, it),
        history=timeline(it, *it.lessons, *it.questions),
    )


@bp.route("/versions/<int:id>/facts", methods=["GET", "POST"], access=STAFF)
def facts(id: int) -> ResponseReturnValue:
    """The facts of a draft."""
    it = own(queries.versions.get(me(), id))
    if it.status is not VersionStatus.DRAFT:
        return redirect(url_for(".version", id=id))
    form = FactsForm.of(it)
    if form.ready():
        operations.versions.set_facts(me(), it, facts=form.facts())
        flash(str(operations.versions.set_facts.done), "good")
        return redirect(url_for(".facts", id=id), 303)
    return render_template("training/versions/facts.html", form=form, **frame(it, "facts")), form.status


@bp.post("/versions/<int:id>/facts/draft", access=STAFF)
def facts_draft(id: int) -> ResponseReturnValue:
    """Keep the facts while they are typed."""
    it = own(queries.versions.get(me(), id))
    form = FactsForm.of(it)
    over = url_for(".version", id=id) if it.status is not VersionStatus.DRAFT else None
    return autosaved(
        form,
        lambda: operations.versions.set_facts(me(), it, facts=form.facts()),
        over_url=over,
        parts=lambda: side(it),
    )


def side(version: CourseVersion) -> dict[str, str]:
    """What follows at once from what was saved: length, and what is open before the review."""
    return {
        "measured": render_template(
            "training/versions/_measured.html",
            it=version,
            length=length.of(version),
            gaps=checklist.gaps(version),
        )
    }


@bp.get("/versions/<int:id>/preview", access=STAFF)
def preview(id: int) -> ResponseReturnValue:
    """The lessons as learners see them on a phone, in the language that is asked for."""
    it = queries.versions.get(me(), id)
    asked = request.args.get("lang", "")
    wanted = asked if asked in LANGUAGES else language()
    with speaking(wanted):
        lessons = [(each, [blocks.told(part) for part in each.parts]) for each in it.lessons]
        shown = render_template(
            "training/versions/_phone.html",
            it=it,
            lessons=lessons,
            picture=lambda document_id: url_for(".version_file", id=id, document_id=document_id),
        )
    return render_template(
        "training/versions/preview.html",
        it=it,
        shown=shown,
        spoken=[(code, url_for(".preview", id=id, lang=code), code == wanted, None) for code in LANGUAGES],
        wanted=wanted,
        falls=sum(wanted in checklist.missing_of(part) for each in it.lessons for part in each.parts),
    )


@bp.get("/versions/<int:id>/files/<int:document_id>", access=STAFF)
def version_file(id: int, document_id: int) -> ResponseReturnValue:
    """A picture or an attachment of one of its lessons."""
    it = queries.versions.get(me(), id)
    return send_document(queries.versions.file_of(it, document_id), inline=True)


@bp.route("/versions/<int:id>/delete", methods=["GET", "POST"], access=STAFF)
def throw_away(id: int) -> ResponseReturnValue:
    """Delete a draft, after asking."""
    it = own(queries.versions.get(me(), id))
    if request.method == "GET":
        return render_template("training/versions/delete.html", it=it)
    require_token()
    course_id = it.course_id
    gone = operations.versions.throw_away(me(), it)
    flash(str(operations.versions.throw_away.done), "good")
    return redirect(url_for(".catalogue") if gone else url_for(".course", id=course_id), 303)


add_transition_route(
    bp,
    VERSIONS,
    queries.versions.get,
    STAFF,
    about=lambda it: gettext("%(course)s, version %(number)s", course=str(it.name), number=it.number),
    back=lambda it: url_for("training.version", id=it.id),
    form_for=lambda it, name: {"reason": it.reason} if name == "submit" else {},
    url="/versions/<int:id>/move/<name>",
    endpoint="version_transition",
)
