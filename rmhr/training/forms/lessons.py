"""What is asked about a lesson of a draft, about one of its blocks, and about an exam question."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from wtforms import BooleanField, FieldList, FileField, FormField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from rmhr.core.files import pictures, store
from rmhr.core.files.store import Upload
from rmhr.core.files.types import MB, Allowed
from rmhr.core.i18n import LANGUAGES, Words, _, gettext
from rmhr.models.accounts import RmType
from rmhr.models.courses import BlockKind, ExamQuestion, Lesson, LessonBlock, QuestionType
from rmhr.training import blocks
from rmhr.web.edits import EditForm
from rmhr.web.fields import LONGEST_LINE, LONGEST_TEXT, EnumField, Sizes
from rmhr.web.forms import Form, Ticks, WordsField

LONGEST_QUESTION, LONGEST_REASON = 1000, 2000
MOST_ANSWERS, MOST_STEPS, CHOICES_OF_A_STEP = 8, 12, 3
#: What may be handed out with a lesson.
ATTACHMENT = Allowed(kinds=(store.PDF, store.DOCX, store.ODT, store.TXT), max_bytes=10 * MB)
#: The value of a choice of a case that leads to no further step.
ENDS = ""

F = TypeVar("F", bound=EditForm)


def _readers() -> Ticks:
    return Ticks(
        _("Only for"),
        [Optional()],
        choices=[SelectChoice(each.value, each.label) for each in RmType],
        description=_("Nothing ticked: for all who take the course."),
    )


class NewLessonForm(Form):
    """A lesson that is added."""

    heading = WordsField(_("Title of the new lesson"), [Sizes(LONGEST_LINE)])


class LessonForm(EditForm):
    """What a lesson is called, and whom it is for."""

    title = WordsField(_("Title"), [Sizes(LONGEST_LINE)])
    rm_types = _readers()

    @classmethod
    def of(cls, lesson: Lesson) -> LessonForm:
        """The form of this lesson."""
        return cls.editing(lesson)


class Row(Form):
    """A part of a form around it, which carries the token."""

    class Meta:
        """No token of its own."""

        csrf = False


class AnswerRow(Row):
    """One answer that can be chosen."""

    called = _("Answer %(number)s")
    text = WordsField(_("Answer"), [Sizes(LONGEST_LINE)])
    right = BooleanField(_("Right"))

    @property
    def counts(self) -> bool:
        """Whether it stays: an empty one is none."""
        return any(self["text"].data.values())


class StepRow(Row):
    """A step of a case: what happens, and up to three choices, each with where it leads."""

    called = _("Step %(number)s")
    text = WordsField(_("What happens"), [Sizes(LONGEST_REASON)], lines=3)
    choice1 = WordsField(_("First choice"), [Sizes(LONGEST_LINE)])
    to1 = SelectField(_("leads to"), [Optional()])
    choice2 = WordsField(_("Second choice"), [Sizes(LONGEST_LINE)])
    to2 = SelectField(_("leads to"), [Optional()])
    choice3 = WordsField(_("Third choice"), [Sizes(LONGEST_LINE)])
    to3 = SelectField(_("leads to"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, CHOICES_OF_A_STEP + 1):
            self[f"to{number}"].choices = [
                SelectChoice(ENDS, gettext("The case ends")),
                *(
                    SelectChoice(str(step), gettext("Step %(number)s", number=step))
                    for step in range(1, MOST_STEPS + 1)
                ),
            ]

    @property
    def counts(self) -> bool:
        """Whether it stays: an empty one is none."""
        said = [self["text"], *(self[f"choice{n}"] for n in range(1, CHOICES_OF_A_STEP + 1))]
        return any(any(each.data.values()) for each in said)


class BlockForm(EditForm):
    """What a block says, in both languages."""

    text = WordsField(_("Text"), [Sizes(LONGEST_TEXT)], lines=10)

    def content(self, _before: Mapping[str, Any]) -> dict[str, Any]:
        """What the operation receives besides the text."""
        return {}


class HeadingForm(BlockForm):
    """A heading."""

    text = WordsField(_("Heading"), [Sizes(LONGEST_LINE)])


class PictureForm(BlockForm):
    """The words of a picture."""

    text = WordsField(_("Words for who cannot see it"), [Sizes(LONGEST_REASON)], lines=2)


class AttachmentForm(BlockForm):
    """The name of a file."""

    text = WordsField(_("Name of the file, as it is read"), [Sizes(LONGEST_LINE)])


class CheckForm(BlockForm):
    """A short check: nobody is marked by it."""

    text = WordsField(_("Question"), [Sizes(LONGEST_QUESTION)], lines=2)
    answers = FieldList(FormField(AnswerRow), min_entries=2, max_entries=MOST_ANSWERS)
    why = WordsField(_("Why it is right"), [Sizes(LONGEST_REASON)], lines=3)

    def content(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The answers with their ids, which are right, and why."""
        options, correct = answers_of(self.answers, before.get("options", []))
        return {"options": options, "correct": correct, "why": dict(self.why.data)}


class CaseForm(BlockForm):
    """A case: what it begins with, then steps with choices that lead on."""

    text = WordsField(_("How it begins"), [Sizes(LONGEST_REASON)], lines=4)
    steps = FieldList(FormField(StepRow), min_entries=1, max_entries=MOST_STEPS)

    def content(self, _before: Mapping[str, Any]) -> dict[str, Any]:
        """The steps, each with its choices; what leads to a step that is not there ends the case."""
        kept = [number for number, entry in enumerate(self.steps.entries, 1) if entry.form.counts]
        ids = {str(old): f"s{new}" for new, old in enumerate(kept, 1)}
        return {"steps": [self._step(old, ids) for old in kept]}

    def _step(self, number: int, ids: Mapping[str, str]) -> dict[str, Any]:
        row = self.steps.entries[number - 1].form
        choices = [
            {**row[f"choice{n}"].data, "to": ids.get(row[f"to{n}"].data or ENDS, "")}
            for n in range(1, CHOICES_OF_A_STEP + 1)
            if any(row[f"choice{n}"].data.values())
        ]
        return {"id": ids[str(number)], **row["text"].data, "choices": choices}


FORMS: dict[BlockKind, type[BlockForm]] = {
    BlockKind.HEADING: HeadingForm,
    BlockKind.TEXT: BlockForm,
    BlockKind.PICTURE: PictureForm,
    BlockKind.ATTACHMENT: AttachmentForm,
    BlockKind.CHECK: CheckForm,
    BlockKind.CASE: CaseForm,
}


def form_of(block: LessonBlock) -> BlockForm:
    """The form of a block, filled from it."""
    return _editing(FORMS[block.kind], block, lambda: _first(block))


def _editing(form: type[F], thing: Any, first: Callable[[], dict[str, Any]]) -> F:
    """The form of a thing; `first` gives what its rows hold, now and once it is saved."""
    made = form.editing(thing, **first())
    made._stored = lambda: form(**{"obj": thing, **first()})
    return made


def _first(block: LessonBlock) -> dict[str, Any]:
    content = block.content
    if block.kind is BlockKind.CHECK:
        rows = rows_of(content.get("options", []), content.get("correct", []))
        return {"answers": rows, "why": blocks.words_of(content.get("why", {}))}
    return {"steps": _steps_of(content.get("steps", []))} if block.kind is BlockKind.CASE else {}


def rows_of(options: Sequence[Mapping[str, Any]], correct: Sequence[str]) -> list[dict[str, Any]]:
    """The answers of a question as rows of its form, and one more to write into."""
    rows = [{"text": blocks.words_of(each), "right": each["id"] in correct} for each in options]
    return [*rows, {}] if len(rows) < MOST_ANSWERS else rows


def _steps_of(steps: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    numbers = {step["id"]: str(number) for number, step in enumerate(steps, 1)}
    rows = []
    for step in steps:
        row: dict[str, Any] = {"text": blocks.words_of(step)}
        for number, each in enumerate(step["choices"], 1):
            row |= {f"choice{number}": blocks.words_of(each), f"to{number}": numbers.get(each["to"], ENDS)}
        rows.append(row)
    return [*rows, {}] if len(rows) < MOST_STEPS else rows


def answers_of(
    rows: Iterable[Any], before: Sequence[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The answers as they are stored, and the ids of the right ones. An answer keeps its id at its place."""
    kept = [entry.form for entry in rows if entry.form.counts]
    ids = [str(each["id"]) for each in before][: len(kept)]
    free = (letter for letter in string.ascii_lowercase if letter not in ids)
    ids += [next(free) for _each in kept[len(ids) :]]
    options = [{"id": id, **_said(row["text"].data)} for id, row in zip(ids, kept, strict=True)]
    return options, [id for id, row in zip(ids, kept, strict=True) if row["right"].data]


def _said(words: Words) -> dict[str, str]:
    return {code: words.get(code, "") for code in LANGUAGES}


class QuestionForm(EditForm):
    """An exam question. What is missing may stay so: it is named before the draft can go to review."""

    type = EnumField(_("How it is answered"), QuestionType)
    text = WordsField(_("Question"), [Sizes(LONGEST_QUESTION)], lines=3)
    answers = FieldList(FormField(AnswerRow), min_entries=2, max_entries=MOST_ANSWERS)
    explanation = WordsField(
        _("Why it is right"),
        [Sizes(LONGEST_REASON)],
        lines=4,
        description=_("A sentence that teaches, and where it comes from. It is read after the exam."),
    )
    rm_types = _readers()

    @classmethod
    def of(cls, question: ExamQuestion) -> QuestionForm:
        """The form of this question."""
        return _editing(cls, question, lambda: {"answers": rows_of(question.options, question.correct)})

    def written(self, question: ExamQuestion) -> dict[str, Any]:
        """What the operation receives."""
        options, correct = answers_of(self.answers, question.options)
        return {
            "type": self.type.data,
            "rm_types": self.rm_types.data or [],
            "text": self.text.data,
            "options": options,
            "correct": correct,
            "explanation": self.explanation.data,
        }


class FileForm(Form):
    """A picture or an attachment that is added, with its words."""

    kind: BlockKind
    file = FileField(_("File"))
    text = WordsField(_("Words"), [Sizes(LONGEST_REASON)], lines=2)
    upload: Upload | None = None

    def of_kind(self, kind: BlockKind) -> FileForm:
        """Ask for a file of this kind."""
        self.kind = kind
        self.file.description = (pictures.DRAWING if kind is BlockKind.PICTURE else ATTACHMENT).hint
        self.text.label.text = str(FORMS[kind].text.args[0])
        return self

    def validate_file(self, field: Any) -> None:
        """One that can be shown, or handed out."""
        try:
            if self.kind is BlockKind.PICTURE:
                self.upload = pictures.accept(field.data, pictures.DRAWING, pictures.OF_A_LESSON)
            else:
                self.upload = store.accept(field.data, ATTACHMENT)
        except store.NotAcceptable as no:
            raise ValueError(str(no)) from None
