"""How dates, sums and texts read, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.core import clock, words
from rmhr.core.i18n import speaking

NOW = clock.moment(date(2026, 11, 23), 9, 5)


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(NOW):
        yield


@pytest.mark.parametrize(
    ("language", "short", "other_year", "long"),
    [
        ("en", "Fri 20 Nov", "Wed 20 Jan 2027", "Friday 20 November 2026"),
        ("de", "Fr 20. Nov.", "Mi 20. Jan. 2027", "Freitag, 20. November 2026"),
    ],
)
def test_days_read_short_with_the_year_only_where_it_is_another_one(language, short, other_year, long):
    with speaking(language):
        assert words.day_text(date(2026, 11, 20)) == short
        assert words.day_text(date(2027, 1, 20)) == other_year
        assert words.day_long(date(2026, 11, 20)) == long
        assert f'title="{long}"' in words.day(date(2026, 11, 20))


def test_moments_are_said_on_the_banks_clock():
    with speaking("en"):
        assert words.moment(NOW) == "Today, 09:05"
        assert words.moment(NOW - timedelta(days=3)) == "Fri 20 Nov, 09:05"


@pytest.mark.parametrize(
    ("days", "en", "de"),
    [
        (-3, "3 days late", "3 Tage"),
        (-1, "1 day late", "1 Tag"),
        (0, "today", "heute"),
        (1, "tomorrow", "morgen"),
        (7, "in 7 days", "in 7 Tagen"),
    ],
)
def test_how_long_there_is(days, en, de):
    day = clock.today() + timedelta(days=days)
    with speaking("en"):
        assert words.in_days(day) == en
    with speaking("de"):
        assert words.in_days(day).startswith(de)


@pytest.mark.parametrize(
    ("minor", "currency", "en", "de"),
    [
        (5_800_000, "EUR", "€58,000", "58.000 €"),
        (5_800_050, "EUR", "€58,000.50", "58.000,50 €"),
        (58_000, "JPY", "¥58,000", "58.000 ¥"),
    ],
)
def test_money(minor, currency, en, de):
    with speaking("en"):
        assert words.money(minor, currency) == en
    with speaking("de"):
        assert words.money(minor, currency).replace("\u00a0", " ") == de


def test_markdown_is_harmless():
    text = "**Yes** <script>alert(1)</script> [x](javascript:alert(1)) [y](https://bank.example)\n\n- one"
    html = words.markdown(text)
    assert "<strong>Yes</strong>" in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert 'href="https://bank.example"' in html
    assert "<li>one</li>" in html


@pytest.mark.parametrize("below", [1, 2, 3, 4])
def test_headings_of_a_text_come_below_that_of_its_page(below):
    first, second = f"h{below + 1}", f"h{below + 2}"
    said = f"<{first}>A</{first}>\n<{second}>B</{second}>\n<p>&lt;h3&gt;</p>"
    assert words.markdown("### A\n#### B\n<h3>", below=below).strip() == said


def test_plain_text_keeps_its_lines_and_nothing_else():
    assert words.paragraphs("a\nb\n\n<i>") == "<p>a<br>b</p><p>&lt;i&gt;</p>"


def test_a_mail_shows_the_words_of_its_links_instead_of_their_addresses():
    mail = "Screen <Maren>: https://bank.example/a?b=1&c=2\nOpen Today:\nhttps://bank.example/today, and more"

    assert words.linked(mail) == (
        '<a href="https://bank.example/a?b=1&amp;c=2" rel="noopener">Screen &lt;Maren&gt;</a>\n'
        "Open Today:\n"
        '<a href="https://bank.example/today" rel="noopener">https://bank.example/today</a>, and more'
    )


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Lena Brandt", "LB"),
        ("Anna Maria von Berg", "AB"),
        ("Cher", "C"),
        ("🙂", "?"),
        ("", "?"),
        ("O’Neill", "O"),
    ],
)
def test_initials(name, letters):
    assert words.initials(name) == letters


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest():
    assert words.sentence("yearly, blocks AML") == "Yearly, blocks AML"
    assert words.sentence("") == ""
