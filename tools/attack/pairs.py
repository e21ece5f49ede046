"""Two requests at the same moment, for every form of every page: the same twice, and two different ones on one thing.

What one of them adds alone is measured first; both together may not add more to any table. Each pair begins with what
was there before, in real transactions on a database file.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from rmhr.core.db import Base, db
from tools.attack import Figure, attack
from tools.attack.bank import Bank, bank

#: What counts requests or runs, or tells that somebody was here: two of them are two.
COUNTERS = frozenset({"audit_entry", "job_run", "public_attempt", "sign_in", "sign_in_attempt"})
#: What stands for a word where a form asks for one and nothing is typed yet.
TYPED = "A word that fits"


@dataclass(frozen=True)
class Form:
    """A form as a browser sends it: where to, and what."""

    url: str
    sends: dict[str, Any] = field(hash=False)


@dataclass
class Tried:
    """What came of the pairs."""

    same: int = 0
    different: int = 0
    kept: int = 0  # pairs of which a request was taken
    doubles: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def forms_of(page: Any) -> list[Form]:
    """The forms of a page that write, with their empty fields filled in; `page`: tests.support.html.Html."""
    found = []
    for form in page.all("form[method=post]"):
        sends = {name: value for name, value in form.form_values() if name != "csrf_token"}
        for each in form.cssselect("textarea[name], input[type=text][name], input:not([type])[name]"):
            sends[each.get("name")] = sends.get(each.get("name")) or TYPED
        button = form.cssselect("button[name]")
        if button:
            sends[button[0].get("name")] = button[0].get("value", "")
        if form.get("enctype") != "multipart/form-data":
            found.append(Form(form.get("action") or "", sends))
    return found


def tried(it: Bank, only: tuple[str, ...] = ()) -> Tried:
    """Fire all pairs; `only` names some examples of tests/pages.py."""
    found = Tried()
    for example, pages in it.examples(only):
        client = it.client(example.viewer)
        db.session.commit()
        forms: dict[tuple[str, tuple[str, ...]], Form] = {}
        for page in pages:
            rule = it.rule(page.endpoint, "GET")
            assert rule is not None
            url = it.address(page.endpoint, page.address(example, set(rule.arguments)))
            for form in _forms_at(it, client, url):
                forms.setdefault((form.url, tuple(sorted(form.sends))), form)
        several = [form for form in forms.values() if not form.url.startswith(("/sign-out", "/preferences"))]
        it.keep()
        cookies = [client, _copy(it, client)]
        for form in several:
            it.restore()
            before = _rows()
            (alone,) = _at_once(it, (cookies[0], form))
            most = {table: number - before[table] for table, number in _rows().items()}
            it.restore()
            answers = _at_once(it, *((each, form) for each in cookies))
            found.same += 1
            _look(found, f"twice POST {form.url}", [alone, *answers], before, most)
        for one, other in itertools.pairwise(several):
            it.restore()
            answers = _at_once(it, (cookies[0], one), (cookies[1], other))
            found.different += 1
            _look(found, f"POST {one.url} beside POST {other.url}", answers, {}, {})
        it.restore()
    return found


def _forms_at(it: Bank, client: Any, url: str) -> list[Form]:
    from tests.support.html import Html

    _status, _where, text = it.sends(client, url)
    if not text:
        return []
    return [Form(form.url or url, form.sends) for form in forms_of(Html(text))]


def _copy(it: Bank, client: Any) -> Any:
    """A second client of the same session, as a second tab is."""
    other = it.app.test_client()
    other._cookies = dict(client._cookies)
    return other


def _post(it: Bank, client: Any, form: Form) -> tuple[int, str]:
    with it.app.app_context():
        try:
            with client.post(form.url, data=form.sends) as answer:
                return answer.status_code, ""
        except Exception as error:  # in tests the product raises what it would answer with 500
            return 500, f"{type(error).__name__}: {error}"[:200]
        finally:
            db.session.remove()


def _at_once(it: Bank, *sent: tuple[Any, Form]) -> list[tuple[int, str]]:
    """The answers to these forms, which clients send at the same moment, each in a thread of its own."""
    db.session.remove()
    start = threading.Barrier(len(sent))
    answers: list[tuple[int, str]] = [(0, "no answer")] * len(sent)

    def run(place: int) -> None:
        start.wait()
        answers[place] = _post(it, *sent[place])

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(sent))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def _rows() -> dict[str, int]:
    """{table: how many rows it has}, without what counts requests."""
    tables = [table for name, table in Base.metadata.tables.items() if name not in COUNTERS]
    counts = sa.union_all(
        *(sa.select(sa.literal(table.name), sa.func.count()).select_from(table) for table in tables)
    )
    found = {str(row[0]): int(row[1]) for row in db.session.execute(counts)}
    db.session.remove()
    return found


def _look(
    found: Tried,
    what: str,
    answers: list[tuple[int, str]],
    before: dict[str, int],
    most: dict[str, int],
) -> None:
    found.kept += any(200 <= status < 400 for status, _said in answers)
    found.broken += [f"{what}: {said or status}" for status, said in answers if not 0 < status < 500]
    for table, number in _rows().items() if most else ():
        if number - before[table] > max(most[table], 0):
            found.doubles.append(f"{what}: {number - before[table]} rows of {table}, {most[table]} alone")


@attack("pairs", "two requests at the same moment: the same twice, and two different ones on one thing")
def pairs() -> Iterator[Figure]:
    """How many pairs; what was there twice, and each error."""
    with bank() as it:
        found = tried(it)
        yield Figure("the same request twice", str(found.same))
        yield Figure("two different requests on one thing", str(found.different))
        yield Figure("pairs of which one was taken", str(found.kept))
        yield Figure("came double", str(len(found.doubles)), held=not found.doubles)
        yield Figure("unexpected errors", str(len(found.broken)), held=not found.broken)
        for each in [*found.doubles, *found.broken][:20]:
            yield Figure("  not held", each, held=False)
