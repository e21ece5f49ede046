"""The editor of lessons: their order, one lesson with its blocks in both languages, saved while it is written."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts.policies import STAFF
from rmhr.core.flow.operation import Operation
from rmhr.core.i18n import LANGUAGES
from rmhr.models.courses import BlockKind, CourseVersion, Lesson, LessonBlock, VersionStatus
from rmhr.training import blocks, checklist, length, operations, queries
from rmhr.training.forms.lessons import FileForm, LessonForm, NewLessonForm, form_of
from rmhr.training.views.blueprint import bp
from rmhr.training.views.versions import frame, own, side
from rmhr.web.auth import me
from rmhr.web.autosave import autosaved
from rmhr.web.forms import require_token
from rmhr.web.numbers import whole

#: Kinds that are added with a file.
WITH_FILE = (BlockKind.PICTURE, BlockKind.ATTACHMENT)


def _lesson(id: int) -> Lesson:
    found = queries.versions.lesson(me(), id)
    own(found.taught)
    return found


def _block(id: int) -> LessonBlock:
    found = queries.versions.block(me(), id)
    own(found.lesson.taught)
    return found


def _over(version: CourseVersion) -> str | None:
    """Where a form that is still open leads once its draft is none any more."""
    return None if version.status is VersionStatus.DRAFT else url_for(".version", id=version.id)


@bp.route("/versions/<int:id>/lessons", methods=["GET", "POST"], access=STAFF)
def lessons(id: int) -> ResponseReturnValue:
    """The lessons of a draft in their order; a POST adds one."""
    it = own(queries.versions.get(me(), id))
    form = NewLessonForm.from_request()
    if form.ready():
        made = operations.lessons.add_lesson(me(), it, title=form.heading.data)
        flash(str(operations.lessons.add_lesson.done), "good")
        return redirect(_at(made), 303)
    if it.status is not VersionStatus.DRAFT:
        return redirect(url_for(".version", id=id))
    return _page(it, None, new=form), form.status


def _at(lesson: Lesson, block: LessonBlock | None = None) -> str:
    """The page of a lesson, one of its blocks open."""
    values: dict[str, Any] = {"block": block.id, "_anchor": f"block-{block.id}"} if block is not None else {}
    return url_for(".lesson_editor", id=lesson.id, **values)


def _page(it: CourseVersion, lesson: Lesson | None, **forms: Any) -> str:
    opened = whole(request.args.get("block"))
    parts = lesson.parts if lesson is not None else []
    block = forms.get("block") or next((each for each in parts if each.id == opened), None)
    return render_template(
        "training/versions/lessons.html",
        **frame(it, "lessons"),
        lesson=lesson,
        number=it.lessons.index(lesson) + 1 if lesson in it.lessons else 0,
        lines=[
            (each, length.of_lesson(each), list(checklist.of_lesson(each, place)))
            for place, each in enumerate(it.lessons, 1)
        ],
        rows=[
            (each, blocks.told(each), checklist.missing_of(each), length.reading([each])) for each in parts
        ],
        open=block,
        new=forms.get("new") or NewLessonForm(),
        form=forms.get("form")
        or (LessonForm.of(lesson) if lesson is not None and request.method == "GET" else None),
        block_form=forms.get("block_form") or (form_of(block) if block is not None else None),
        kinds=list(BlockKind),
        with_file=WITH_FILE,
        deleted_lessons=queries.versions.deleted_lessons(it),
        deleted_blocks=queries.versions.deleted_blocks(lesson) if lesson is not None else [],
        picture=lambda document_id: url_for(".version_file", id=it.id, document_id=document_id),
        codes=LANGUAGES,
    )


@bp.route("/lessons/<int:id>", methods=["GET", "POST"], access=STAFF)
def lesson_editor(id: int) -> ResponseReturnValue:
    """One lesson: its title, its blocks in both languages, one of them open."""
    lesson = _lesson(id)
    it = lesson.taught
    if it.status is not VersionStatus.DRAFT and request.method == "GET":
        return redirect(url_for(".version", id=it.id))
    if lesson.deleted_at is not None:
        return redirect(url_for(".lessons", id=it.id))
    form = LessonForm.of(lesson)
    if form.ready():
        operations.lessons.name_lesson(me(), it, lesson=lesson, **form.values())
        flash(str(operations.lessons.name_lesson.done), "good")
        return redirect(_at(lesson), 303)
    return _page(it, lesson, form=form), form.status


@bp.post("/lessons/<int:id>/draft", access=STAFF)
def lesson_draft(id: int) -> ResponseReturnValue:
    """Keep the title while it is typed."""
    lesson = _lesson(id)
    form = LessonForm.of(lesson)
    return autosaved(
        form,
        lambda: operations.lessons.name_lesson(me(), lesson.taught, lesson=lesson, **form.values()),
        over_url=_over(lesson.taught),
        parts=lambda: side(lesson.taught),
    )


@bp.post("/blocks/<int:id>", access=STAFF)
def block_editor(id: int) -> ResponseReturnValue:
    """What a block says, saved as a whole; its page opens again."""
    block = _block(id)
    lesson, form = block.lesson, form_of(block)
    if not form.ready():
        return _page(
            lesson.taught, lesson, block=block, block_form=form, form=LessonForm(obj=lesson)
        ), form.status
    _write(block, form)
    flash(str(operations.lessons.write_block.done), "good")
    return redirect(_at(lesson, block if request.form.get("stay") else None), 303)


def _write(block: LessonBlock, form: Any) -> None:
    operations.lessons.write_block(
        me(), block.lesson.taught, block=block, text=form.text.data, content=form.content(block.content)
    )


@bp.post("/blocks/<int:id>/draft", access=STAFF)
def block_draft(id: int) -> ResponseReturnValue:
    """Keep what a block says while it is typed."""
    block = _block(id)
    version, form = block.lesson.taught, form_of(block)
    return autosaved(form, lambda: _write(block, form), over_url=_over(version), parts=lambda: side(version))


@bp.post("/lessons/<int:id>/blocks", access=STAFF)
def add_block(id: int) -> ResponseReturnValue:
    """One more block of a kind that needs no file; it opens."""
    require_token()
    lesson = _lesson(id)
    kind = _kind(request.form.get("kind", ""))
    if kind in WITH_FILE:
        return redirect(url_for(".add_file", id=id, kind=kind.value))
    made = operations.lessons.add_block(me(), lesson.taught, lesson=lesson, kind=kind)
    return redirect(_at(lesson, made), 303)


def _kind(name: str) -> BlockKind:
    try:
        return BlockKind(name)
    except ValueError:
        abort(404)


@bp.route("/lessons/<int:id>/files/<kind>", methods=["GET", "POST"], access=STAFF)
def add_file(id: int, kind: str) -> ResponseReturnValue:
    """A picture or an attachment: the file and its words."""
    lesson, wanted = _lesson(id), _kind(kind)
    if wanted not in WITH_FILE:
        abort(404)
    form = FileForm.from_request().of_kind(wanted)
    if form.ready():
        made = operations.lessons.add_block(
            me(), lesson.taught, lesson=lesson, kind=wanted, text=form.text.data, upload=form.upload
        )
        flash(str(operations.lessons.add_block.done), "good")
        return redirect(_at(lesson, made), 303)
    page = render_template("training/versions/file.html", form=form, lesson=lesson, kind=wanted)
    return page, form.status


@bp.post("/lessons/<int:id>/<any(move, delete, restore):deed>", access=STAFF)
def lesson_deed(id: int, deed: str) -> ResponseReturnValue:
    """Move, delete or bring back a lesson."""
    require_token()
    lesson = _lesson(id)
    it = lesson.taught
    if deed == "move":
        done: Operation[Any, ..., Any] = operations.lessons.move_lesson
        operations.lessons.move_lesson(me(), it, lesson=lesson, to=_place())
    else:
        done = operations.lessons.delete_lesson if deed == "delete" else operations.lessons.restore_lesson
        done(me(), it, lesson=lesson)
    flash(str(done.done), "good")
    return redirect(url_for(".lessons", id=it.id) if deed == "delete" else _at(lesson), 303)


def _place() -> int:
    found = whole(request.form.get("to"))
    if found is None:
        abort(400)
    return found


@bp.post("/blocks/<int:id>/<any(move, copy, delete, restore, to_lesson):deed>", access=STAFF)
def block_deed(id: int, deed: str) -> ResponseReturnValue:
    """Move, copy, delete or bring back a block, or put it into another lesson."""
    require_token()
    block = _block(id)
    lesson, it = block.lesson, block.lesson.taught
    if deed == "move":
        operations.lessons.move_block(me(), it, block=block, to=_place())
        done: Any = operations.lessons.move_block
    elif deed == "to_lesson":
        there = next((each for each in it.lessons if each.id == whole(request.form.get("lesson"))), None)
        if there is None:
            abort(404)
        operations.lessons.move_block_to(me(), it, block=block, lesson=there)
        done, lesson = operations.lessons.move_block_to, there
    else:
        done = getattr(operations.lessons, f"{deed}_block")
        done(me(), it, block=block)
    flash(str(done.done), "good")
    return redirect(_at(lesson), 303)
