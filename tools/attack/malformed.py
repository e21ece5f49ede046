"""What no page of ours sends: every name that a route knows, with every value that it does not mean; odd bodies."""

from __future__ import annotations

import itertools
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tools.attack import Figure, attack
from tools.attack.bank import Bank, bank

#: What url_for takes for its own where somebody hands it on, and what else addresses are called by.
NAMES = (
    *("endpoint", "_method", "_external", "_anchor", "_scheme"),
    *("values", "self", "lang", "id", "name", "app"),
)
#: Values that no field and no filter means.
VALUES = (
    "9" * 40,
    "-1",
    "²",
    "2026-99-99",
    "0026-01-01",
    "99999-01-01",
    "1e400",
    "nan",
    "x" * 3_000,
    "%s%d{}${x}",
    "'\"><script>",
    "../../etc/passwd",
    "\u202e\u200b\ufeff",
    "٣",
    "null",
    "[]",
)
#: Bodies that are JSON, or say so.
BODIES = ("[]", '"x"', "null", "1", "{", "", '{"name": {"a": 1}}', '{"\\ud800": "x"}', '{"name": "\\ud800"}')
#: Values of a JSON object.
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    10**30,
    -1.5e300,
    [],
    [None],
    ["a", 1, True],
    "\u0000",
    "x" * 3_000,
)


@dataclass(frozen=True)
class Sent:
    """One request that is not as it should be: its name, and what a client of Werkzeug is given."""

    what: str
    method: str
    given: dict[str, Any] = field(repr=False)


def names_of(page: Any) -> list[str]:
    """The names that this page's own forms and links send; `page`: tests.support.html.Html."""
    names = set(page.attributes("input, select, textarea, button", "name"))
    for link in page.attributes("a", "href"):
        names |= {name for name, _value in parse_qsl(urlsplit(link).query, keep_blank_values=True)}
    return sorted(names - {"csrf_token"})


def queries(names: Sequence[str], turn: int) -> Sent:
    """A query with each name once; the values go round, beginning with this turn."""
    values = itertools.islice(itertools.cycle(VALUES), turn % len(VALUES), None)
    query = [(name, next(values)) for name in names] + [(name, "1") for name in NAMES]
    return Sent(f"query {turn % len(VALUES)}", "GET", {"query_string": query})


def posts(names: Sequence[str], turn: int) -> list[Sent]:
    """All bodies that a route may be sent, with values that begin with this turn."""
    values = itertools.islice(itertools.cycle(VALUES), turn % len(VALUES), None)
    odd = itertools.islice(itertools.cycle(ODD), turn % len(ODD), None)
    objects = json.dumps({name: next(odd) for name in names})
    told = [(f"body {body}", body) for body in BODIES] + [("an object of odd values", objects)]
    return [
        *(Sent(what, "POST", {"data": body, "content_type": "application/json"}) for what, body in told),
        Sent("an empty form", "POST", {"data": {}}),
        Sent("a form of values and NUL", "POST", {"data": {name: f"{next(values)}\0" for name in names}}),
    ]


def some(route: str, names: Sequence[str], takes_posts: bool) -> Iterator[Sent]:
    """A query and, where the route takes one, a body: which ones, the name of the route says.

    So each malformation meets many routes and each route another one, the same ones in every run.
    """
    turn = zlib.crc32(route.encode())
    yield queries(names, turn)
    if takes_posts:
        all_ = posts(names, turn)
        yield all_[turn % len(all_)]


def every(names: Sequence[str], takes_posts: bool) -> Iterator[Sent]:
    """All of it: each name with each value, each body with each value in turn."""
    for turn in range(len(VALUES)):
        yield queries(names, turn)
        if takes_posts:
            yield from posts(names, turn) if turn == 0 else posts(names, turn)[len(BODIES) :]


def tried(it: Bank, only: tuple[str, ...] = ()) -> tuple[int, list[str]]:
    """How many requests were answered, and each that met an unexpected error; `only` names some examples."""
    from tests.support.html import Html

    number, broken = 0, []
    for example, pages in it.examples(only):
        client = it.client(example.viewer)
        for page in pages:
            rule = it.rule(page.endpoint, "GET")
            assert rule is not None
            url = it.address(page.endpoint, page.address(example, set(rule.arguments)))
            _status, _where, text = it.sends(client, url)
            names = names_of(Html(text)) if text else []
            for sent in every(names, it.rule(page.endpoint, "POST") is not None):
                number += 1
                status, _where, said = it.sends(client, url.partition("?")[0], sent.method, **sent.given)
                if status >= 500:
                    broken.append(f"{page.endpoint}, {sent.what}: {said[:120]}")
    return number, broken


@attack("malformed", "every page with every malformed query and body")
def malformed() -> Iterator[Figure]:
    """How many requests were answered, and each that met an unexpected error."""
    with bank() as it:
        number, broken = tried(it)
        yield Figure("requests answered", str(number))
        yield Figure("unexpected errors", str(len(broken)), held=not broken)
        for each in broken[:20]:
            yield Figure("  an error", each, held=False)
