"""A choice among rows: whoever or whatever a view offers, by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from flask import abort, jsonify, request
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from rmhr.core.folding import folded
from rmhr.core.i18n import gettext
from rmhr.core.lists.declaration import FEW, TYPED, Endless
from rmhr.core.lists.selection import SUGGESTED
from rmhr.web.auth import visitor
from rmhr.web.forms import clean
from rmhr.web.numbers import whole

#: What is added to the name of a field for the one of several that is ticked: those that are called as is typed.
MEANT = ".meant"
#: (id, words)
Pair = tuple[int, Any]


class Choices:
    """Choices without an end, as the fields of one form offer them: they are asked for once.

    `name` tells them from others of the same page, in the address that its fields ask for suggestions.
    """

    def __init__(self, name: str, among: Endless) -> None:
        self.name, self._among = name, among

    @cached_property
    def few(self) -> Sequence[Pair] | None:
        """All of them, as long as they can be picked from; else None."""
        found = self._among.find(visitor(), "", FEW + 1)
        return found if len(found) <= FEW else None

    def find(self, typed: str) -> Sequence[Pair]:
        """Those that are called as is typed; of many the first."""
        return self._among.find(visitor(), typed, SUGGESTED)

    def one(self, id: int) -> Pair | None:
        """The one with this id, where it can be chosen."""
        if self.few is not None:
            return next((each for each in self.few if each[0] == id), None)
        return self._among.one(visitor(), id)

    def suggest(self) -> None:
        """Answer at once where a field of the page asks what can be chosen of them; who may open it, may ask."""
        if request.method != "GET" or request.args.get("choices") != self.name:
            return
        typed = next((value for name, value in request.args.items() if name.endswith(TYPED)), "")
        abort(jsonify([[str(id), str(words)] for id, words in self.find(clean(typed))]))


class Combo:
    """The widget of a choice that is found by what is typed: components/form.html draws it."""

    def __call__(self, _field: Any, **_attributes: Any) -> str:
        """Nothing by itself."""
        return ""


class PeopleField(SelectField):
    """A choice among people or units, by id; what can be chosen is given by the view.

    Of many (`offer_found`) it is a field that suggests. Without script what is typed is sent: if one alone is called
    so, that is chosen; of several one is ticked on the page that comes back.
    """

    #: What is typed to find a choice; None where nothing can be typed. And those that are called so.
    typed: str | None = None
    fit: Sequence[Pair] = ()
    _meant: int | None = None
    #: Which choices its page suggests from; "" where they are picked from.
    suggests = ""
    #: So many it suggests at most.
    most = SUGGESTED

    def __init__(self, label: Any, validators: Any = None, *, nothing: Any, **kwargs: Any):
        super().__init__(label, validators, choices=[], coerce=number_of, **kwargs)
        self.nothing = nothing
        self._rows: dict[int, Any] = {}

    def process(self, formdata: Any, *data: Any, **kwargs: Any) -> None:
        """Read what was chosen, and what was typed beside it."""
        super().process(formdata, *data, **kwargs)
        if formdata is not None and f"{self.name}{TYPED}" in formdata:
            self.typed = clean(str(formdata.get(f"{self.name}{TYPED}")))
            self._meant = number_of(formdata.get(f"{self.name}{MEANT}"))

    def offer(self, rows: Iterable[Any], said: Callable[[Any], str] = lambda row: str(row.name)) -> None:
        """Let these be chosen. The one that is chosen now stays possible, even if it would not be offered."""
        self._rows = {row.id: row for row in rows}
        self._pick_from([(id, said(row)) for id, row in self._rows.items()])

    def offer_found(self, choices: Choices, kept: Pair | None = None) -> None:
        """Let one of these be chosen: picked from while there are few, then found by what is typed.

        `kept` stays possible, even if it is not among them.
        """
        choices.suggest()
        one = kept if kept is not None and kept[0] == self.data else None
        if one is None and self.data is not None:
            one = choices.one(self.data)
        if self.typed is not None and not (one and self.typed == str(one[1])):
            one = self._called(choices)
        if choices.few is None:
            self.widget, self.suggests = Combo(), choices.name
            self._pick_from([one] if one else [])
        else:
            offered = {id for id, _words in choices.few}
            others = [kept] if kept is not None and kept[0] not in offered else []
            self._pick_from([*choices.few, *others])

    def _called(self, choices: Choices) -> Pair | None:
        """Choose the one that is called as is typed, which counts more than what was chosen before it."""
        self.fit = choices.find(self.typed) if self.typed else ()
        meant = [each for each in self.fit if each[0] == self._meant]
        named = [each for each in self.fit if folded(str(each[1])) == folded(self.typed or "")]
        found = next((some[0] for some in (meant, self.fit, named) if len(some) == 1), None)
        self.data: Any = found[0] if found else None
        self.raw_data = [str(found[0])] if found else []
        return found

    def _pick_from(self, pairs: Sequence[Pair]) -> None:
        self.choices = [
            SelectChoice("", self.nothing),
            *(SelectChoice(str(id), words) for id, words in pairs),
        ]

    @property
    def more_fit(self) -> bool:
        """Whether more may be called as is typed than are named."""
        return len(self.fit) == SUGGESTED

    @property
    def words(self) -> Any:
        """What stands in the field that suggests: what is chosen, in words, else what was typed."""
        chosen = [label for value, label, selected, *_rest in self.iter_choices() if selected and value]
        return chosen[0] if chosen else self.typed or ""

    def pre_validate(self, form: Any) -> None:
        """Raise ValidationError for a value that is no number, which is not the same as choosing nothing.

        Raise StopValidation where none is called as was typed, or several are.
        """
        if self.typed and self.data is None:
            raise StopValidation(
                gettext("Choose which “%(typed)s” is meant.", typed=self.typed)
                if self.fit
                else gettext("Nothing here matches “%(typed)s”.", typed=self.typed)
            )
        if self.data is None and any(self.raw_data or ()):
            raise ValidationError(gettext("Not a valid choice."))
        super().pre_validate(form)

    @property
    def chosen(self) -> Any:
        """Whoever or whatever was chosen, of the rows that `offer` was given. The field is valid."""
        return self._rows[self.data]


def number_of(value: Any) -> int | None:
    """The id that a choice stands for, or None."""
    return whole(str(value))
