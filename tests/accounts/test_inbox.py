"""The inbox: whose it is, what is unread, and that only a POST reads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from rmhr.accounts import operations, queries
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed
from rmhr.core.mail import text as mailtext
from rmhr.models.system import Message
from tests.factories import accounts as factories
from tests.factories.reminders import message

pytestmark = pytest.mark.both


def bell(client: Any) -> str:
    """What the bell says."""
    page = client.get("/profile").text
    start = page.index("data-bell") - 200
    said = page[start : page.index("data-bell")]
    return said[said.index("Inbox: ") + 7 :].split('"')[0]


def test_the_inbox_holds_what_was_said_to_one_and_nobody_elses(browser: Any) -> None:
    user, other = factories.user(), factories.user()
    mine, theirs = message(user), message(other)
    before = message(to_address=user.email, to_name=user.name)  # before there was an account
    client = browser(user)
    page = client.get("/inbox").text
    assert mine.subject in page
    assert theirs.subject not in page
    assert before.subject not in page
    assert mine.text.strip() in client.get(f"/inbox/{mine.id}").text
    for hidden in (theirs, before):
        assert client.get(f"/inbox/{hidden.id}").status_code == 404
        assert client.post(f"/inbox/{hidden.id}/read").status_code == 404
    assert "No messages yet" in browser(factories.user()).get("/inbox").text


def test_looking_reads_nothing_and_the_button_reads(browser: Any) -> None:
    user = factories.user()
    it, _other = message(user), message(user)
    client = browser(user)
    assert bell(client) == "2 unread messages"
    opened = client.get(f"/inbox/{it.id}").text
    client.get("/inbox")
    assert it.read_at is None
    assert "data-read" in opened
    assert client.post(f"/inbox/{it.id}/read").location == f"/inbox/{it.id}"
    read_at = it.read_at
    assert read_at is not None
    assert bell(client) == "1 unread message"
    assert "data-read" not in client.get(f"/inbox/{it.id}").text
    with clock.at(clock.now() + timedelta(hours=1)):
        client.post(f"/inbox/{it.id}/read")
    assert it.read_at == read_at


def test_a_script_that_says_it_was_read_is_told_what_the_bell_shows(browser: Any) -> None:
    user = factories.user()
    it, _other = message(user), message(user)
    answer = browser(user).post(f"/inbox/{it.id}/read", headers={"Accept": "application/json"})
    assert answer.json == {"count": 1, "shown": "1", "words": "1 unread message"}
    assert it.read_at is not None


def test_it_is_put_back_as_unread_and_everything_is_marked_as_read(browser: Any) -> None:
    user, other = factories.user(), factories.user()
    first, second, theirs = message(user, read_at=clock.now()), message(user), message(other)
    client = browser(user)
    assert client.post(f"/inbox/{first.id}/unread").location == "/inbox"
    assert first.read_at is None
    assert client.post("/inbox/read").location == "/inbox"
    assert first.read_at is not None
    assert second.read_at is not None
    assert theirs.read_at is None
    page = client.get("/inbox").text
    assert "All messages are marked as read" in page
    assert "Mark all as read" not in page


def test_the_bell_survives_a_new_sign_in(browser: Any) -> None:
    user = factories.user()
    message(user, read_at=clock.now())
    message(user)
    assert bell(browser(user)) == bell(browser(user)) == "1 unread message"


def test_the_list_is_narrowed_by_what_is_unread_by_kind_and_by_words(browser: Any) -> None:
    user = factories.user()
    read = message(user, subject="Read one", read_at=clock.now())
    new = message(user, subject="New one", kind="offers.sent", text="About Kiel\n")
    client = browser(user)
    for query, shown in (
        ("", {read, new}),
        ("?state=unread", {new}),
        ("?kind=offers", {new}),
        ("?kind=training", {read}),
        ("?q=kiel", {new}),
        ("?q=one", {read, new}),
        ("?state=unread&q=read", set()),
    ):
        page = client.get(f"/inbox{query}").text
        for it in (read, new):
            assert (it.subject in page) is (it in shown), query
    assert "No results" in page


def test_the_list_goes_by_pages(browser: Any) -> None:
    user = factories.user()
    for _number in range(60):
        message(user)
    client = browser(user)
    page = client.get("/inbox").text
    assert "1 to 50 of 60" in page
    following = page[page.index('rel="next"') - 200 : page.index('rel="next"')]
    second = client.get(following[following.index('href="') + 6 :].split('"')[0].replace("&amp;", "&"))
    assert "51 to 60 of 60" in second.text


def test_a_message_leads_on_and_says_who_else_was_told(browser: Any, app: Any) -> None:
    user, also, later = factories.user(), factories.user(name="Ilse P."), factories.user(name="Later L.")
    own = app.config["PUBLIC_URL"]
    about: dict[str, Any] = {"subject_type": "offer", "subject_id": 7}
    older = message(user)
    html = f'<p>Hello</p><a class="m-btn" href="{own}/people/3?x=1&amp;y=2">See &amp; do</a>'
    it = message(user, html=html, **about)
    message(also, **about)
    message(later, **about, created_at=clock.now() + timedelta(minutes=5))
    newer = message(user, created_at=it.created_at + timedelta(hours=1))
    page = browser(user).get(f"/inbox/{it.id}").text
    assert 'href="/people/3?x=1&amp;y=2" lang="en">See &amp; do</a>' in page
    assert "Also to Ilse P." in page
    assert "Later L." not in page
    assert "2 of 3" in page
    assert f'href="/inbox/{older.id}"' in page
    assert f'href="/inbox/{newer.id}"' in page


def test_a_button_that_leads_elsewhere_is_no_button_here(browser: Any, app: Any) -> None:
    user = factories.user()
    for address in (
        "https://elsewhere.example/",
        f"{app.config['PUBLIC_URL']}.evil.example/",
        "javascript:x",
    ):
        it = message(user, html=f'<a class="m-btn" href="{address}">Press</a>')
        assert "Press" not in browser(user).get(f"/inbox/{it.id}").text


def test_a_mail_without_a_button_has_none() -> None:
    assert mailtext.button('<a href="/x">no</a>') is None


def test_nobody_reads_for_others() -> None:
    it = message(factories.user())
    for deed in (operations.inbox.mark_read, operations.inbox.mark_unread):
        with pytest.raises(NotAllowed):
            deed(factories.user(), it)


def test_a_mail_cannot_bring_markup_into_the_page(browser: Any, mails: Any) -> None:
    user = factories.user(name="<script>alert(1)</script>")
    operations.access.forget(user.email)
    page = browser(user).get(f"/inbox/{mails()[-1].id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_bell_is_one_indexed_count(session: Any) -> None:
    user = factories.user()
    plan = "EXPLAIN QUERY PLAN" if db.engine.dialect.name == "sqlite" else "EXPLAIN"
    count = sa.select(sa.func.count(Message.id)).where(Message.user_id == user.id, Message.read_at.is_(None))
    text = str(count.compile(db.engine, compile_kwargs={"literal_binds": True}))
    rows = session.execute(sa.text(f"{plan} {text}")).all()
    assert queries.inbox.unread(user) == 0
    if db.engine.dialect.name == "sqlite":
        assert "ix_message_user_id_read_at" in str(rows)
