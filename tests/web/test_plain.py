"""Free text that goes to strangers brings no links; and each field whose text does is one that refuses them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from rmhr.accounts.forms import PersonForm
from rmhr.applications.forms.apply import ApplyForm
from rmhr.applications.forms.moves import RejectForm
from rmhr.interviews.forms import CancelForm, PlanForm
from rmhr.offers.forms import OfferForm, ReworkForm, WithdrawForm
from rmhr.sourcing.forms import ReferForm
from rmhr.web.plain import NoLinks, link_in

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

LINKS = [
    "https://evil.example/x",
    "Visit HTTP://EVIL.EXAMPLE now",
    "www.evil.example",
    "Anna evil.com",
    "Anna (evil.com)",
    "“evil.com”",
    "evil.com/win",
    "evil.com?x=1",
    "evil.com:8080",
    "bit.ly/3xY",
    "Anna,evil.com,Berta",
    "write to me@evil.com",
    "mailto:me",
    "10.1.2.3",
    "http://10.1.2.3/",
    "evil。com",
    "me＠evil.com",
    "foo.evil.shop!",
    "javascript://x",
    "Sub-domain.bank-login.online",
]
WORDS = [
    "Zoë O'Neill-Ångström",
    "Dr. Anna v. Berg",
    "Müller, Hans-Jürgen (MBA)",
    "Мария Иванова",
    "X Æ A-12",
    "She has sold for 10 years.Then she led a team.",
    "Er kennt Kunden, z.B. in Altona, u.a. seit 2019.",
    "From 9.30 to 17.00 in room 3.14, and/or by phone",
    "e.g. in asset management; i.e. with clients",
    "Node.js und C# kann sie nicht, aber zuhören.",
    "A. B. Cde",
    "He earned 3.000.000 in sales @ home",
    "J.P. Smith",
    "",
]
#: Where the text of mails to strangers is typed, by template and by what stands in it.
TYPED: dict[tuple[str, str], tuple[type[Any], str]] = {
    ("applications/emails/rejected.html", "line"): (RejectForm, "personal"),
    ("interviews/emails/_candidate_facts.html", "message"): (PlanForm, "message"),
    ("interviews/emails/cancelled_candidate.html", "line"): (CancelForm, "line"),
    ("offers/emails/reworked.html", "note"): (ReworkForm, "note"),
    ("offers/emails/sent.html", "message"): (OfferForm, "message"),
    ("offers/emails/withdrawn.html", "note"): (WithdrawForm, "note"),
}
#: What a letter of the bank repeats of it: its placeholder is in the words of the bank, not in the template.
LETTERS = {"applications/emails/rejected.html": (" line",), "offers/emails/sent.html": (" message",)}
#: Names of people in mails, and what a colleague writes of somebody who is recommended.
NAMES: list[tuple[type[Any], str]] = [
    (ApplyForm, "name"), (PersonForm, "name"), (ReferForm, "name"), (ReferForm, "note"),
]  # fmt: skip


@pytest.mark.parametrize("text", LINKS)
def test_a_link_is_found(text: str) -> None:
    assert link_in(text)


@pytest.mark.parametrize("text", WORDS)
def test_words_are_no_link(text: str) -> None:
    assert not link_in(text)


def test_it_takes_as_long_as_the_text_is() -> None:
    for text in ("." * 200_000, "a." * 100_000, "@" * 200_000, "a@" * 100_000, "/," * 100_000, "(" * 200_000):
        assert link_in(text) is not None


def test_each_text_that_a_mail_to_strangers_repeats_is_known() -> None:
    said = set()
    for path in TEMPLATES.glob("*/emails/*.html"):
        text = path.read_text(encoding="utf-8")
        head, _, body = text.partition("#}")
        name = str(path.relative_to(TEMPLATES))
        if "recipient: Applica" not in head and not name.endswith("_candidate_facts.html"):
            continue
        used = " ".join(re.findall(r"\{[{%].*?[%}]\}", body, re.DOTALL))
        used = re.sub(r'"[^"]*"', "", used)
        if '"layouts/letter.html"' in body:  # the words of the bank, with these in their places
            used += " ".join(LETTERS.get(name, ()))
        said |= {(name, word) for word in ("note", "line", "message") if re.search(rf"\b{word}\b", used)}
    assert said == TYPED.keys()


@pytest.mark.parametrize(("kind", "name"), [*TYPED.values(), *NAMES])
def test_its_field_refuses_links(app: Any, kind: type[Any], name: str) -> None:
    validators = getattr(kind, name).kwargs.get("validators") or getattr(kind, name).args[1]
    assert any(isinstance(each, NoLinks) for each in validators)


def test_the_refusal_names_what_it_is_about(app: Any) -> None:
    with app.test_request_context(method="POST"):
        form = CancelForm(MultiDict({"line": "See https://evil.example/prize"}))
        assert not form.validate()
        assert "“https://evil.example/prize”" in form.line.errors[0]
