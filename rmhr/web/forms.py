"""Forms: one set of rules for the page and for JSON. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from flask import abort, current_app, g, request, session
from flask_babel import get_domain
from markupsafe import Markup
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Field, FieldList, FormField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms import Form as _Form
from wtforms.csrf.session import SessionCSRF
from wtforms.i18n import get_translations
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from rmhr.core.folding import tidy
from rmhr.core.history.audit import Entry
from rmhr.core.i18n import LANGUAGES, Words, _, gettext, language
from rmhr.web import auth
from rmhr.web.sent import fields_of

#: Of a token that is missing, old or of another session: the page that says so has a new one. To colleagues, and to
#: whoever never signs in.
_ONCE_MORE = _("You have signed in again since this page was opened. Send the form once more.")
_OPEN_FOR_LONG = _("This page has been open for a long time. Everything is still here: send it once more.")
#: Sentences of WTForms that speak of its inside, or repeat a value that nobody typed, and ours for them.
INSTEAD = {
    "Invalid Choice: could not coerce.": "Not a valid choice.",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Not a valid choice.",
    "'%(value)s' is not a valid choice for this field.": "Not a valid choice.",
    "CSRF failed.": _ONCE_MORE,
    "CSRF token expired.": _ONCE_MORE,
    "CSRF token missing.": _ONCE_MORE,
}

#: So much of a label is said where its error is listed.
LONGEST_CALLED = 90
#: Never kept of a text: NUL, which PostgreSQL cannot store, other control characters but tab and line ends, what
#: turns the words around it about (as in "\u202e"), and what nobody sees, so that "\u200b" is no reason for anything.
_NEVER = [
    *(chr(code) for code in range(32) if chr(code) not in "\t\n\r"),
    *"\x7f\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
]
_DELETED = str.maketrans("", "", "".join(_NEVER))


def clean(text: str) -> str:
    """A text as it is kept: without white space around it, without what is never kept, one character a letter."""
    return tidy(text.translate(_DELETED)).strip()


class _Translations:
    """WTForms' own messages in the language of the page: from our catalogue, or else from WTForms' own."""

    def gettext(self, string: str) -> str:
        """WTForms' own sentence."""
        ours = INSTEAD.get(string, string)
        string = str(_OPEN_FOR_LONG if ours is _ONCE_MORE and auth.colleague() is None else ours)
        found = gettext(string)
        return found if found != string else str(_wtforms().gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """WTForms' own sentence for n things; WTForms itself fills in the values."""
        if singular in INSTEAD:
            return self.gettext(singular)
        found: str = get_domain().get_translations().ngettext(singular, plural, n)
        return found if found not in (singular, plural) else str(_wtforms().ngettext(singular, plural, n))


def _wtforms() -> Any:
    return get_translations([language()])


@dataclass(frozen=True)
class Difference:
    """A field that holds something else than what is typed: its label, its anchor, and what it holds in words."""

    label: str
    field: str
    stored: str


class _Token(SessionCSRF):
    """To the millionth of a second: no two pages carry the same one, so that the size of none tells it."""

    TIME_FORMAT = "%Y%m%d%H%M%S%f"


class Form(_Form):
    """A form with CSRF protection that reads the page's fields, its files, or JSON."""

    #: As a row of a list: what it is called on the page, "Question %(number)s".
    called: Any = ""
    #: Somebody else has changed what this form changes (web/edits.py), and where what is stored differs now.
    overtaken = False
    differences: Sequence[Difference] = ()
    #: Besides, it holds what only this person has changed.
    adds = False
    #: It asks for nothing but whether one means it.
    confirms = False
    #: What happened last to a thing that has changed since its question was opened (web/transitions.py).
    happened: Sequence[Entry] = ()

    class Meta:
        """Settings of WTForms: the CSRF token is in the session, messages come from the product's catalogue."""

        csrf_class = _Token
        csrf_time_limit = timedelta(hours=12)

        @property
        def csrf(self) -> bool:
            """Whether a CSRF token is needed: always. Whoever is signed in is so by a cookie, and by nothing else."""
            return bool(current_app.config["CSRF_ENABLED"])

        @property
        def csrf_secret(self) -> bytes:
            """The key that signs the token."""
            return str(current_app.config["SECRET_KEY"]).encode()

        @property
        def csrf_context(self) -> Any:
            """Where the token is kept: the session."""
            return session

        def get_translations(self, _form: Any) -> _Translations:
            """Messages come from the product's own catalogue."""
            return _Translations()

    @classmethod
    def from_request(cls, **defaults: Any) -> Self:
        """The form as it was sent; on a GET, as it is shown first. `obj=` fills it from a row."""
        data: Any = None
        if request.method == "POST":
            data = (
                fields_of(request.get_json())
                if request.is_json
                else CombinedMultiDict([request.form, request.files])
            )
        return cls(data, **defaults)

    def ready(self) -> bool:
        """Whether the form was sent and is valid, so that the view may go on."""
        return request.method == "POST" and bool(self.validate())

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whether all of it is right. What could not even be read, a form's own `validate_…` is not asked about."""
        extra = {name: list(given) for name, given in (extra_validators or {}).items()}
        for name, field in self._fields.items():
            if field.process_errors:
                extra.setdefault(name, []).insert(0, _unread)
        return bool(super().validate(extra))

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form: 422 when it is shown again with errors."""
        return 422 if request.method == "POST" else 200

    def values(self) -> dict[str, Any]:
        """Returns the validated data by field for the operation, without the CSRF token."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}

    def wrong(self) -> list[tuple[str, str]]:
        """Returns all that is wrong, in the order of the page, nested forms included: an anchor or "", and words.

        The words name the field: several can be wrong in the same way.
        """
        return [*_wrong(self), *(("", str(message)) for message in self.form_errors)]

    def refuse(self, field: str, message: Any) -> None:
        """Add an error that only the operation could find, beside the field it is about."""
        self[field].errors = [*self[field].errors, str(message)]


def _wrong(fields: Iterable[Any], row: str = "") -> Iterator[tuple[str, str]]:
    for field in fields:
        if not field.errors:
            continue
        if isinstance(field, FieldList):
            yield from _wrong_rows(field)
        elif isinstance(field, FormField):
            yield from _wrong(field.form, row)
        else:
            yield _anchor(field), _named(row, field)


def _wrong_rows(rows: FieldList) -> Iterator[tuple[str, str]]:
    """What is wrong in each row, else what is wrong with all of them together."""
    found = [
        each
        for number, entry in enumerate(rows.entries, 1)
        if entry.errors
        for each in _wrong(entry.form, str(entry.form.called) % {"number": number})
    ]
    yield from found or (
        (rows.id, str(message)) for message in rows.errors if not isinstance(message, Mapping)
    )


def _anchor(field: Any) -> str:
    """Where the page goes: the first of several ticks, the language that is missing; "" for what nobody sees."""
    if isinstance(field, WordsField):
        missing = field.data.missing(field.languages) if field.data else field.languages
        return f"{field.id}-{(missing or field.languages)[0]}"
    if isinstance(field.widget, HiddenInput):
        return ""
    return f"{field.id}-0" if isinstance(field.widget, ListWidget) else str(field.id)


def _named(row: str, field: Any) -> str:
    label = "" if isinstance(field.widget, HiddenInput) else " ".join(str(field.label.text).split())
    called = row if row.startswith(label) else ", ".join(filter(None, (row, label)))
    if len(called) > LONGEST_CALLED:
        called = called[: LONGEST_CALLED - 1].rstrip() + "…"
    said = str(field.errors[0])
    if not called or said.startswith(called):
        return said
    return f"{called} {said}" if called[-1] in "?!.…:" else f"{called}: {said}"


def _unread(_form: Any, field: Field) -> None:
    """What is wrong has been said already."""
    if field.errors:
        raise StopValidation


class TransitionForm(Form):
    """What a transition asks for; by itself nothing. `seen` is what the person looked at, see core/flow/seen.py."""

    seen = HiddenField()

    def fit(self, subject: Any) -> None:
        """Offer what fits the thing that is moved. Called before anything is validated."""


def _token_alone() -> Markup:
    """What a form without any field of its own would carry, which takes ten times as long to be made."""
    settings = Form.Meta()
    if not settings.csrf:
        return Markup("")
    maker: Any = _Token()
    maker.form_meta = settings
    token = maker.generate_csrf_token(None)
    return Markup('<input name="csrf_token" type="hidden" value="{}">').format(token)


def csrf_field() -> Markup:
    """The token alone, for one-click buttons: the same for all of a page, anew where its session is another."""
    if g.get("csrf_field") is None or g.csrf_of != session.get("csrf"):
        g.csrf_field = _token_alone()
        g.csrf_of = session.get("csrf")
    found: Markup = g.csrf_field
    return found


def require_token() -> None:
    """Answer 400 where a one-click deed comes without its token: from another site, or a very old page."""
    if not TransitionForm.from_request().ready():
        abort(400)


class WordsField(Field):
    """A text in English and German, side by side: two inputs named `<name>-en` and `<name>-de`."""

    widget = staticmethod(lambda field, **kwargs: "")  # drawn by the form macro

    def __init__(self, label: Any = None, validators: Any = None, *, lines: int = 1, **kwargs: Any):
        super().__init__(label, validators, **kwargs)
        self.lines = lines
        self.languages = LANGUAGES

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read both inputs; shown first, the row's own words."""
        self.process_errors: list[str] = []
        first = (
            data if isinstance(data, Mapping) else self.default() if callable(self.default) else self.default
        )
        self.data = Words(first or {})
        self.object_data = self.data
        if formdata is not None and any(f"{self.name}-{code}" in formdata for code in LANGUAGES):
            self.data = Words({code: clean(formdata.get(f"{self.name}-{code}") or "") for code in LANGUAGES})
            self.raw_data = [self.data[language()]] if self.data.get(language()) else list(self.data.values())


class Ticks(SelectMultipleField):
    """A choice of several, drawn as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TextField(StringField):
    """A line of text without white space around it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep of what was typed what can be kept."""
        if valuelist:
            self.data = clean(str(valuelist[0]))
            self.raw_data = [self.data]  # blanks alone are no answer to InputRequired either
        else:
            self.data = self.data or ""


class LongTextField(TextField, TextAreaField):
    """Several lines of text without white space around them."""


class NoteForm(TransitionForm):
    """A transition with an optional remark for the history."""

    note = LongTextField(_("Remark"), description=_("It is kept in the history."))
