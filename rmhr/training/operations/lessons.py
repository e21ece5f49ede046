"""Lessons of a draft and the blocks that they are made of: added, written, moved, deleted and brought back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.files import store
from rmhr.core.files.store import Upload
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import Words, _, gettext
from rmhr.models.accounts import User
from rmhr.models.courses import BlockKind, CourseVersion, Lesson, LessonBlock
from rmhr.training import material, policies
from rmhr.training.operations.versions import written

#: So many of each there are at most: more nobody learns in one sitting, and a page shows.
MOST_LESSONS, MOST_BLOCKS = 60, 60

P = TypeVar("P")


def new_code() -> str:
    """By what a part is known in this version and the next ones."""
    return secrets.token_hex(8)


def in_order(parts: Sequence[P], part: P, to: int) -> None:
    """Put one of these at this place, counted from 1, and number all of them anew."""
    others = [each for each in parts if each is not part]
    others.insert(min(max(to, 1), len(parts)) - 1, part)
    for place, each in enumerate(others, 1):
        each.position = place  # type: ignore[attr-defined]


def last(parts: Sequence[Any]) -> int:
    """The place behind all of these."""
    return max((each.position for each in parts), default=0) + 1


@operation(allow=policies.WRITE, done=_("Lesson added"))
def add_lesson(actor: User, version: CourseVersion, *, title: Words) -> Lesson:
    """One more lesson, the last one. Raises NotPossible where there are too many."""
    written(actor, version)
    if len(version.lessons) >= MOST_LESSONS:
        raise NotPossible(gettext("A course has at most %(number)s lessons.", number=MOST_LESSONS))
    made = Lesson(code=new_code(), position=last(version.lessons), title=title, rm_types=[])
    version.lessons.append(made)
    return made


@operation(allow=policies.WRITE, done=_("Lesson saved"))
def name_lesson(
    actor: User, version: CourseVersion, *, lesson: Lesson, title: Words, rm_types: Sequence[str]
) -> None:
    """What a lesson is called, and whom it is for."""
    written(actor, version)
    lesson.title, lesson.rm_types = title, list(rm_types)


@operation(allow=policies.WRITE, done=_("Lesson moved"))
def move_lesson(actor: User, version: CourseVersion, *, lesson: Lesson, to: int) -> None:
    """Put a lesson at another place."""
    written(actor, version)
    in_order(version.lessons, lesson, to)


@operation(allow=policies.WRITE, done=_("Lesson deleted"))
def delete_lesson(actor: User, version: CourseVersion, *, lesson: Lesson) -> None:
    """Delete a lesson; until the draft is published it can be brought back."""
    written(actor, version)
    lesson.deleted_at = clock.now()


@operation(allow=policies.WRITE, done=_("Lesson brought back"))
def restore_lesson(actor: User, version: CourseVersion, *, lesson: Lesson) -> None:
    """Bring a deleted lesson back to where it stood."""
    written(actor, version)
    lesson.deleted_at = None


@operation(allow=policies.WRITE, done=_("Block added"))
def add_block(
    actor: User,
    version: CourseVersion,
    *,
    lesson: Lesson,
    kind: BlockKind,
    text: Words | None = None,
    upload: Upload | None = None,
) -> LessonBlock:
    """One more block, the last one; a picture or an attachment with its file. Raises NotPossible at too many."""
    written(actor, version)
    if len(lesson.parts) >= MOST_BLOCKS:
        raise NotPossible(gettext("A lesson has at most %(number)s blocks.", number=MOST_BLOCKS))
    made = LessonBlock(
        code=new_code(),
        position=last(lesson.parts),
        kind=kind,
        text=text or Words(),
        content=_empty(kind),
        document=store.store(upload) if upload is not None else None,
    )
    lesson.parts.append(made)
    return made


def _empty(kind: BlockKind) -> dict[str, Any]:
    if kind is BlockKind.CHECK:
        return {"options": [], "correct": [], "why": {}}
    return {"steps": []} if kind is BlockKind.CASE else {}


@operation(allow=policies.WRITE, done=_("Block saved"))
def write_block(
    actor: User, version: CourseVersion, *, block: LessonBlock, text: Words, content: Mapping[str, Any]
) -> None:
    """What a block says."""
    written(actor, version)
    block.text = text
    if block.content != content:
        block.content = dict(content)


@operation(allow=policies.WRITE, done=_("Block moved"))
def move_block(actor: User, version: CourseVersion, *, block: LessonBlock, to: int) -> None:
    """Put a block at another place of its lesson."""
    written(actor, version)
    in_order(block.lesson.parts, block, to)


@operation(allow=policies.WRITE, done=_("Block moved to another lesson"))
def move_block_to(actor: User, version: CourseVersion, *, block: LessonBlock, lesson: Lesson) -> None:
    """Put a block behind those of another lesson of the same draft."""
    written(actor, version)
    block.position = last(lesson.parts)
    block.lesson = lesson


@operation(allow=policies.WRITE, done=_("Block copied"))
def copy_block(actor: User, version: CourseVersion, *, block: LessonBlock) -> LessonBlock:
    """The same block once more, behind it. Raises NotPossible at too many."""
    written(actor, version)
    lesson = block.lesson
    if len(lesson.parts) >= MOST_BLOCKS:
        raise NotPossible(gettext("A lesson has at most %(number)s blocks.", number=MOST_BLOCKS))
    values = {name: getattr(block, name) for name in material.PART} | {"code": new_code()}
    made = LessonBlock(position=last(lesson.parts), **values)
    lesson.parts.append(made)
    db.session.flush()
    in_order(lesson.parts, made, lesson.parts.index(block) + 2)
    return made


@operation(allow=policies.WRITE, done=_("Block deleted"))
def delete_block(actor: User, version: CourseVersion, *, block: LessonBlock) -> None:
    """Delete a block; until the draft is published it can be brought back."""
    written(actor, version)
    block.deleted_at = clock.now()


@operation(allow=policies.WRITE, done=_("Block brought back"))
def restore_block(actor: User, version: CourseVersion, *, block: LessonBlock) -> None:
    """Bring a deleted block back to where it stood."""
    written(actor, version)
    block.deleted_at = None
