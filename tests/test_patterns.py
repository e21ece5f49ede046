"""No pattern of the code base takes longer than its text grows; all are found, and the trial sees those that do."""

from __future__ import annotations

import re
import time

import pytest

from rmhr.core.patterns import SPACE, Pattern
from tools.attack import patterns
from tools.attack.patterns import Known

pytestmark = pytest.mark.once

#: So that several workers share them.
PARTS = 12


@pytest.mark.parametrize("part", range(PARTS))
def test_time_grows_with_the_text_and_no_faster(part: int):
    tried = [patterns.grows(each) for each in patterns.known()[part::PARTS]]

    assert tried
    assert not [str(each) for each in tried if each.power > patterns.WORST]


def test_every_pattern_is_found():
    found = {each.text for each in patterns.known()}
    built = patterns.built()

    for site in patterns.sites():
        if site.text is not None:
            assert site.text in found, site
        elif site.inside:
            assert site.where.partition(":")[0] in built, (
                f"{site.where} makes a pattern of a text that does not stand there: name it in built() of "
                "tools/attack/patterns.py, so that it is tried"
            )
    assert len(found) > 80
    assert sum(isinstance(each.pattern, Pattern) for each in patterns.known()) > 20


def test_what_a_function_makes_is_still_made():
    files = {site.where.partition(":")[0] for site in patterns.sites() if site.text is None and site.inside}

    assert patterns.built().keys() == files


@pytest.mark.parametrize(
    "text",
    [
        r"(?:\s*[.…_]\s*){3,}$",  # exponential
        r"(a|a)*b",
        r"[^\s@]+@[^\s@]+",  # quadratic
        r"\([^)]*\)",
        r"\]\([^)]*\)",
        r"^\s*-",
    ],
)
def test_a_pattern_that_is_worse_than_linear_is_seen(text: str):
    assert patterns.grows(Known("planted", re.compile(text, re.MULTILINE))).power > patterns.WORST


def test_the_engine_is_fast_on_what_keeps_python_busy():
    leaders = Pattern(rf"(?:{SPACE}*[.…_]{SPACE}*){{3,}}$")
    began = time.process_time()

    assert not leaders.search(" ." * 100_000 + "x")
    assert leaders.search("Education . . . .")[0] == " . . . ."
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (r"(?=a)", "invalid perl operator"),
        (r"(a)\1", "invalid escape sequence"),
        (r"\w+", "knows ASCII alone"),
        (r"a\b", "knows ASCII alone"),
        (r"[", "missing"),
    ],
)
def test_what_the_engine_does_not_know_is_refused_at_once(text: str, why: str):
    with pytest.raises(ValueError, match=why):
        Pattern(text)


def test_the_engine_reads_letters_spaces_and_halves_of_pairs():
    assert Pattern(rf"\p{{L}}+{SPACE}").search("3 Öztürk\u202f4")[0] == "Öztürk\u202f"
    assert Pattern("straße", ignore_case=True).fullmatch("STRAßE")
    assert Pattern("x").sub("y", "ax\ud800") == "ay\ufffd"
    assert Pattern("(?P<one>a)|(b)").findall("ab") == [("a", ""), ("", "b")]
    assert Pattern(r"\s").split("a b") == ["a", "b"]
    found = Pattern("(?P<one>ü)").search("xü")
    assert found
    assert (found["one"], found.span(), found.groups()) == ("ü", (1, 2), ("ü",))
