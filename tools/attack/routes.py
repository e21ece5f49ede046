"""Every route of the URL map, asked for by every role and by a stranger, of one's own things and of others'.

Who may open a page says tests/pages.py; whoever else asks gets neither the page nor an error of ours. A POST is sent as
it is, with nothing in it: whom the access rule does not let in is refused, and nobody meets an error of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug.routing import Rule

from rmhr.core.policy import PRIVATE_LINK, anyone
from rmhr.models.accounts import Role
from tools.attack import Figure, attack
from tools.attack.bank import Bank, bank

STRANGER = "stranger"


@dataclass
class Tried:
    """What came of the requests: how many there were of each kind, and each that should not have come through."""

    number: Counter[str] = field(default_factory=Counter)
    through: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def add(self, kind: str, what: str, status: int, where: str, may: bool | None) -> None:
        """Count an answer; `may`: whether whoever asked may have it, None where only errors count."""
        self.number[kind] += 1
        refused = status >= 400 or where.startswith("/sign-in") or where.endswith("/my-application/link")
        if status >= 500:
            self.broken.append(f"{what}: {status}")
        elif may is False and not refused:
            self.through.append(f"{what}: {status} {where}".rstrip())


def tried(it: Bank, only: tuple[str, ...] = ()) -> Tried:
    """Ask for everything; `only` names some examples of tests/pages.py."""
    from tests.factories import accounts

    found = Tried()
    for example, pages in it.examples(only):
        people = {role.value: it.client(accounts.user(role)) for role in Role} | {STRANGER: it.client(None)}
        own = it.client(example.viewer)
        for page in pages:
            rule = it.rule(page.endpoint, "GET")
            assert rule is not None
            url = it.address(page.endpoint, page.address(example, set(rule.arguments)))
            status, where, _text = it.sends(own, url)
            found.add("own", f"GET {page.endpoint} by whose it is", status, where, None)
            for name, client in people.items():
                status, where, _text = it.sends(client, url)
                may = page.opens is None or (name != STRANGER and Role(name) in page.opens)
                found.add("foreign", f"GET {page.endpoint} by {name}", status, where, may)
        for rule, values in _posts(it, {page.endpoint for page in pages}, example.values):
            access: Any = getattr(it.app.view_functions[rule.endpoint], "access", anyone)
            url = it.address(rule.endpoint, values)
            for name, client in people.items():
                status, where, _text = it.sends(client, url, "POST", data={})
                user = accounts.user(Role(name)) if name != STRANGER else None
                let_in = access is anyone or (access is not PRIVATE_LINK and access(user))
                found.add("sent", f"POST {rule.endpoint} by {name}", status, where, None if let_in else False)
    return found


def _posts(it: Bank, endpoints: set[str], values: dict[str, Any]) -> Iterator[tuple[Rule, dict[str, Any]]]:
    """The addresses of these pages' blueprints that take a POST, and can be called with what this example has."""
    stages = {endpoint.partition(".")[0] for endpoint in endpoints}
    for rule in it.app.url_map.iter_rules():
        known = rule.arguments - (rule.defaults or {}).keys()
        named = {name: values.get(name, "x") for name in known if name in values or name in ("name", "verb")}
        if (
            "POST" in (rule.methods or ())
            and rule.endpoint.partition(".")[0] in stages
            and named.keys() == known
        ):
            yield rule, named


@attack("routes", "every route × role × own and foreign thing, from the URL map")
def routes() -> Iterator[Figure]:
    """How many requests of each kind; each that came through, and each error."""
    with bank() as it:
        found = tried(it)
        yield Figure("pages opened by whose they are", str(found.number["own"]))
        yield Figure("pages asked for by every role and a stranger", str(found.number["foreign"]))
        yield Figure("POSTs sent by every role and a stranger", str(found.number["sent"]))
        yield Figure("came through to somebody who may not", str(len(found.through)), held=not found.through)
        yield Figure("unexpected errors", str(len(found.broken)), held=not found.broken)
        for each in [*found.through, *found.broken][:20]:
            yield Figure("  not held", each, held=False)
