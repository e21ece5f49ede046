"""One message, one meaning; and a sentence ends once, whatever its last word."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from datetime import date

import pytest
from babel.messages.pofile import read_po
from flask import render_template_string
from flask_babel import force_locale
from markupsafe import Markup

from rmhr.commands import i18n as catalogue
from rmhr.core import clock
from rmhr.core.i18n import ended, gettext, ngettext, pgettext
from rmhr.core.words import day, day_text
from rmhr.performance import measures
from tests.test_architecture import ROOT

pytestmark = pytest.mark.once

#: Where the same words stand as different parts of speech: what one does, and what something is called.
USES = {
    "deed": re.compile(
        r"""<button\b[^>]*>(?:\{\{ icon\([^}]*\}\})?\{\{ _\("([^"]+)"\)|\bverb=_\("([^"]+)"\)"""
    ),
    "name": re.compile(
        r"""\bcolumn\(_\("([^"]+)"\)|\bhead=\[([^\]]*)\]|\bColumn\(\s*"\w+",\s*_\("([^"]+)"\)"""
    ),
}
#: Looked at: the German of both is the same word.
SAME = {"Change", "Done", "End session", "Remove", "Run now"}


def test_no_sentence_is_both_a_deed_and_a_name():
    found = defaultdict(set)
    files = [*(ROOT / "rmhr").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    for path in files:
        text = path.read_text(encoding="utf-8")
        for use, pattern in USES.items():
            for groups in pattern.findall(text):
                for words in filter(None, groups):
                    quoted = re.findall(r'gettext\("([^"]+)"', words) or [words]
                    for each in quoted:
                        found[each].add(use)
    assert len(found) > 200
    both = {words for words, uses in found.items() if len(uses) > 1}
    assert both == SAME, "say which is meant with pgettext, or list it here where the German is the same"


def test_the_same_words_in_two_contexts_have_two_meanings(app):
    with app.test_request_context(), force_locale("de"):
        assert gettext("Stage") == "Phase"  # of a posting's board
        assert pgettext("shadowing", "Stage") == "Stufe"
        assert pgettext("exam", "Go on") == "Weiter zur Prüfung"
        assert render_template_string('{{ pgettext("work on many", "Go on") }}') == "Fortsetzen"


def test_a_context_is_read_from_code_and_templates_and_kept_in_the_catalogue():
    assert "exam\x04Go on" in catalogue.wanted("training")
    assert "exam\x04Go on" in catalogue.known()
    assert "work on many\x04Go on" in catalogue.wanted("common")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("bis Do 3. Dez..", "bis Do 3. Dez."),
        ("bis Do 3. Dez.. Danach", "bis Do 3. Dez. Danach"),
        (Markup("bis <time>Do 3. Dez.</time>."), Markup("bis <time>Do 3. Dez.</time>")),
        ("Und so weiter...", "Und so weiter..."),
        ("Ende. Neu.", "Ende. Neu."),
        ("a.b", "a.b"),
    ],
)
def test_a_sentence_has_one_full_stop(said, read):
    assert ended(said) == read
    assert type(ended(said)) is type(said)


def test_code_and_templates_end_their_sentences_by_one_rule(app):
    with clock.at(clock.moment(date(2026, 11, 23), 9)), app.test_request_context(), force_locale("de"):
        on = date(2026, 12, 3)
        assert day_text(on).endswith("Dez.")
        assert not gettext("Bis %(day)s.", day=day_text(on)).endswith("..")
        assert not ngettext("Bis %(day)s.", "Bis zu %(day)s.", 2, day=day_text(on)).endswith("..")
        for call in (
            '_("Bis %(day)s.", day=on)',
            'ngettext("B %(day)s.", "Bis %(day)s.", 2, day=on)',
            'gettext("Bis %(day)s.", day=on)',
        ):
            for given in (day_text(on), day(on)):
                page = render_template_string("{{ " + call + " }}", on=given)
                assert ".." not in re.sub("<[^>]+>", "", page), call
                assert ("<time" in page) == isinstance(given, Markup), "markup is no text"


def test_a_per_cent_sign_never_begins_a_line():
    """A plain space before it lets the line break there: German sets a space, so it is one that does not break."""
    spaced = re.compile(r"[\w)}] %%?(?![\w(])")
    offenders = [
        f"{path.name}: {text}"
        for path in sorted((ROOT / "rmhr" / "translations" / "de").glob("*.po"))
        for message in read_po(io.BytesIO(path.read_bytes()), locale="de")
        for text in (message.string if isinstance(message.string, (list, tuple)) else (message.string,))
        if spaced.search(text)
    ]
    for template in sorted((ROOT / "templates").rglob("*.html")):
        offenders += [
            f"{template.name}: {found}" for found in re.findall(r"\}\} %(?!\})", template.read_text())
        ]
    assert not offenders, "\n".join(offenders)
    assert measures.with_unit("93.4", "%") == "93.4\u00a0%"
