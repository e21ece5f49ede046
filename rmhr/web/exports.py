"""Lists as files: the question how, and the answer, which stands in the history of whoever asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from rmhr.core.db import only_reading
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _, gettext, language, speaking
from rmhr.core.lists import exports
from rmhr.core.lists.declaration import List, State
from rmhr.core.lists.selection import Selection
from rmhr.core.policy import AccessRule
from rmhr.models.workspace import FileKind, Separator
from rmhr.web import lists, sheets
from rmhr.web.auth import me
from rmhr.web.blueprint import Blueprint
from rmhr.web.downloads import send_made
from rmhr.web.forms import Form

SHOWN, EVERY = "shown", "every"


class ExportForm(Form):
    """What the file is to be."""

    kind = RadioField(_("Format"), choices=[SelectChoice(each.value, each.label) for each in FileKind])
    separator = SelectField(
        _("Separator"),
        choices=[SelectChoice(each.value, each.label) for each in Separator],
    )
    columns = RadioField(_("Columns"))

    def about(self, listing: lists.Listing[Any]) -> None:
        """Say how many columns there are to choose among."""
        self.columns.choices = [
            SelectChoice(SHOWN, gettext("All shown in the list (%(num)s)", num=len(listing.shown))),
            SelectChoice(EVERY, gettext("Every column (%(num)s)", num=len(listing.columns))),
        ]


def add_export(bp: Blueprint, declared: List[Any], url: str, *, access: AccessRule) -> None:
    """Add the page that asks how a list is to be exported, and answers with the file."""

    @bp.route(
        url, methods=["GET", "POST"], access=access, endpoint=f"{declared.name.partition('.')[2]}_export"
    )
    def export() -> ResponseReturnValue:
        """Ask how, then send all rows that the list has now, as far as this person may see them."""
        listing = lists.read(declared)
        form = _form()
        form.about(listing)
        if not form.ready():
            count = declared.count(listing.selection.count())
            return render_template("export.html", listing=listing, form=form, count=count), form.status
        return _sent(listing, FileKind(form.kind.data), Separator(form.separator.data), form.columns.data)


def _form() -> ExportForm:
    choice = exports.choice_of(me())
    return ExportForm.from_request(
        kind=choice.kind.value,
        separator=choice.separator.value,
        columns=EVERY if choice.every_column else SHOWN,
    )


def _sent(listing: lists.Listing[Any], kind: FileKind, separator: Separator, columns: str) -> Response:
    selection = listing.selection.with_columns(listing.columns if columns == EVERY else listing.shown)
    with ExitStack() as opened:
        file = opened.enter_context(TemporaryFile())
        with only_reading():
            rows = _written(file, listing.title, selection, kind, separator)
        exports.export(
            me(),
            me(),
            selection=selection,
            rows=rows,
            kind=kind,
            separator=separator,
            every_column=columns == EVERY,
        )
        file.seek(0)
        sent = send_made(file, sheets.file_name(listing.title, kind), sheets.CONTENT_TYPES[kind])
        opened.pop_all()  # the server closes it, when it was sent
    return sent


def _written(
    file: BinaryIO, title: str, selection: Selection[Any], kind: FileKind, separator: Separator
) -> int:
    head = [column.label for column in selection.shown]
    with speaking(language()):  # which it is need not be asked anew for each cell
        if kind is FileKind.XLSX:
            return sheets.write_xlsx(file, head, _rows(selection), title)
        return sheets.write_csv(file, head, _rows(selection), separator)


def _rows(selection: Selection[Any]) -> Iterator[Sequence[Any]]:
    says = [column.file or column.value for column in selection.shown]
    labels: dict[tuple[type, str], str] = {}

    def words(value: Any) -> Any:
        """What a value says; a label is translated once, not in each of 50,000 rows."""
        if isinstance(value, LabelEnum):
            key = (type(value), value.value)
            if key not in labels:
                labels[key] = str(value.label)
            return labels[key]
        return value.label if isinstance(value, State) else value

    for chunk in selection.chunks():
        for row in chunk:
            yield [words(of(row)) for of in says]
