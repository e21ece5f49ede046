"""Who may: access rules about (user, subject), combined with `|` and `&`; their names print into the access table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from rmhr.core.errors import NotAllowed
from rmhr.core.i18n import gettext
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant


@dataclass(frozen=True)
class AccessRule:
    """A question about a person and a thing, with a name that reads as a sentence after "user".

    Each rule knows the class of its own thing; here it is Any, since rules about different things are combined.
    """

    name: str
    test: Callable[[Any, Any], bool]
    roles: tuple[Role, ...] = ()  # of a rule that asks for nothing but one of these roles
    either: tuple[AccessRule, ...] = ()  # of a rule that holds where one of these does
    every: tuple[AccessRule, ...] = ()  # of a rule that holds where all of these do

    def __call__(self, user: object, subject: Any = None) -> bool:
        return bool(self.test(user, subject))

    def __or__(self, other: AccessRule) -> AccessRule:
        name = f"({self.name} or {other.name})"
        return AccessRule(name, lambda u, s: self(u, s) or other(u, s), either=(self, other))

    def __and__(self, other: AccessRule) -> AccessRule:
        name = f"({self.name} and {other.name})"
        return AccessRule(name, lambda u, s: self(u, s) and other(u, s), every=(self, other))

    def require(self, user: object, subject: Any = None) -> None:
        """Raise NotAllowed unless the rule holds."""
        if not self(user, subject):
            raise NotAllowed(gettext("You are not allowed to do this."))


def access_rule(test: Callable[[Any, Any], bool]) -> AccessRule:
    """Name a rule after its function: `is_panelist` reads "is panelist" in the access table."""
    return AccessRule(test.__name__.strip("_").replace("_", " "), test)


def has_role(*roles: Role) -> AccessRule:
    """Holds for everybody with at least one of `roles`."""
    return AccessRule(
        " or ".join(role.value for role in roles),
        lambda user, _subject: isinstance(user, User) and user.has(*roles),
        roles=roles,
    )


class System:
    """The actor of scheduled jobs and commands: in the history by name, never a login."""

    id = None
    name = "rmhr"
    is_authenticated = True
    roles: frozenset[Role] = frozenset()

    def has(self, *_roles: Role) -> bool:
        """The system has no role; what it may do, a rule says by `the_system`."""
        return False


SYSTEM = System()

#: Who can do something: a colleague, an applicant on the pages of a private link, a job or command.
Actor: TypeAlias = User | Applicant | System

anyone = AccessRule("anyone", lambda _user, _subject: True)
signed_in = AccessRule("signed in", lambda user, _subject: isinstance(user, User) and user.is_active)
the_system = AccessRule("the system", lambda user, _subject: user is SYSTEM)
#: An applicant who came by a private link. Routes labelled with it know nobody else.
PRIVATE_LINK = AccessRule("holder of a private link", lambda user, _subject: isinstance(user, Applicant))
