"""Colours that a bank chooses: measured as WCAG measures them, against the grounds that we draw on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rmhr.web import colours
from rmhr.web.brand import stylesheet
from rmhr.web.colours import DARK, LIGHT

pytestmark = pytest.mark.once
TOKENS = (Path(__file__).parents[2] / "rmhr/static/css/tokens.css").read_text(encoding="utf-8")


def token(name: str, theme: colours.Theme) -> str:
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", TOKENS)
    assert found
    return found[1] if theme is LIGHT else found[2]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_grounds_are_those_of_the_tokens(theme):
    assert theme.grounds == tuple(token(name, theme) for name in ("paper", "surface", "sand-1"))
    assert theme.on_accent == token("on-accent", theme)
    assert theme.surface == token("surface", theme)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_what_was_drawn_fits(theme):
    assert colours.fits(token("accent", theme), theme)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_what_the_guidelines_say(one, other, ratio):
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert colours.contrast(other, one) == colours.contrast(one, other)


@pytest.mark.parametrize(
    "colour", ["#ffcc00", "#00aa55", "#ff0000", "#7f7f7f", "#000000", "#ffffff", "#0b5cad"]
)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_nearest_colour_fits_and_no_nearer_one_does(colour, theme):
    found = colours.nearest(colour, theme)

    assert colours.fits(found, theme)
    assert (
        found == colour if colours.fits(colour, theme) else colours.worst(found, theme) < colours.ENOUGH + 0.2
    )


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("0B5CAD", "#0b5cad"),
        (" #0b5cad ", "#0b5cad"),
        ("#05a", "#0055aa"),
        ("blue", None),
        ("", None),
        ("#12345", None),
    ],
)
def test_people_write_colours_in_several_ways(typed, colour):
    assert colours.tidy(typed) == colour


def test_one_colour_makes_the_other():
    for sheet in (stylesheet("#0b5cad", ""), stylesheet("", "#9cc4f0")):
        found = re.search(r"--accent: light-dark\((#\w+), (#\w+)\)", sheet)
        assert found
        assert colours.fits(found[1], LIGHT)
        assert colours.fits(found[2], DARK)
    assert stylesheet("", "") == ""
