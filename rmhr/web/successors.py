"""Who takes over what hangs on a person: a field for each kind that there is, beside whatever else a form asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from wtforms.validators import Optional

from rmhr.core.flow.handing_over import Hung
from rmhr.core.lists.declaration import Endless
from rmhr.models.accounts import Role
from rmhr.web.choices import Choices, PeopleField
from rmhr.web.forms import Form


class SuccessorsForm(Form):
    """Who takes over what hangs on a person: a field for each kind, made for that person by `asking_successors`."""

    #: {kind: name of its field}
    asked: ClassVar[dict[str, str]] = {}

    @property
    def successors(self) -> dict[str, int | None]:
        """Who takes over what, by kind."""
        return {kind: self[name].data for kind, name in self.asked.items()}

    def values(self) -> dict[str, Any]:
        """What the operations take; whoever takes over comes together, by kind."""
        names = self.asked.values()
        values = {name: value for name, value in super().values().items() if name not in names}
        return values | ({"successors": self.successors} if self.asked else {})


AnyForm = TypeVar("AnyForm", bound=Form)


def asking_successors(form: type[AnyForm], hung: Sequence[Hung], nothing: Any) -> type[AnyForm]:
    """This form, which asks besides for a successor of each kind of what hangs on a person.

    `nothing` is what it means to name nobody.
    """
    asked = {each.kind.name: "to_" + each.kind.name.replace(".", "_") for each in hung if each.kind.hand_over}
    fields = {
        asked[each.kind.name]: PeopleField(each.kind.label, [Optional()], nothing=nothing)
        for each in hung
        if each.kind.name in asked
    }
    return type(form.__name__, (SuccessorsForm, form), {**fields, "asked": asked})


def successors_of(hung: Sequence[Hung], among: Callable[[tuple[Role, ...]], Endless]) -> dict[str, Choices]:
    """Who can take over what, by kind; `among` says who can of some roles. Kinds of the same roles ask once."""
    by_roles: dict[tuple[Role, ...], Choices] = {}
    for roles in {each.kind.roles for each in hung}:
        name = "-".join(["successors", *(role.value for role in roles)])
        by_roles[roles] = Choices(name, among(roles))
    return {each.kind.name: by_roles[each.kind.roles] for each in hung}


def offer_successors(form: Any, offered: Mapping[str, Choices]) -> None:
    """Let the fields of `asking_successors` offer these people, by kind."""
    for kind, name in getattr(form, "asked", {}).items():
        form[name].offer_found(offered[kind])
