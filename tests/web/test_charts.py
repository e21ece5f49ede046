"""Figures state their values in words, keep what they are given inside the drawing, and come with a table."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from rmhr.web import charts

NAUGHTY = '"><script>&'


def figures() -> list[charts.Figure]:
    return [
        charts.share([(NAUGHTY, 3, "ink"), ("none", 0, "muted"), ("late", 1, "bad")], NAUGHTY),
        charts.bar([(NAUGHTY, 3), ("b", 0)], NAUGHTY),
        charts.bar([], "nothing"),
        charts.funnel([("applied", 73), ("hired", 2)], NAUGHTY),
        charts.funnel([("applied", 0), ("hired", 0)], "nobody"),
        charts.trend([("Q1", 91.0), ("Q2", 93.4)], NAUGHTY, goal=93.0),
        charts.trend([("Q1", 5)], "one point"),
        charts.trend([], "no point", goal=3),
        charts.ladder([("Observe", 4, 4), ("Assist", 1, 5), ("Lead", 0, 20), ("Alone", 0, 0)], NAUGHTY),
        charts.range_(58, 74, 62, 68, NAUGHTY, words="usual"),
        charts.range_(58, 58, None, None, "one sum"),
    ]


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: f"{figure.kind}: {figure.title[:12]}")
def test_a_figure_is_well_formed_named_and_without_style(figure):
    drawing = ElementTree.fromstring(str(figure.drawing))

    assert drawing.get("role") == "img"
    assert drawing[0].tag == "title"
    assert drawing[0].text == figure.title
    assert "style=" not in figure.drawing
    assert "nan" not in str(figure.drawing)
    assert all(len(row) == len(figure.head) for row in figure.rows)


def test_the_parts_of_a_share_fill_the_bar_and_no_more():
    figure = charts.share([("a", 38, "ink"), ("b", 6, "muted"), ("c", 10, "bad")], "54")
    widths = [float(width) for width in re.findall(r'width="([\d.]+)%"', figure.drawing)]

    assert len(widths) == 3
    assert 98 < sum(widths) <= 100


def test_a_share_with_a_narrow_part_writes_its_words_below():
    assert "narrow" in charts.share([("a", 99, "ink"), ("b", 1, "bad")], "100").kind
    assert "narrow" not in charts.share([("a", 50, "ink"), ("b", 50, "bad")], "100").kind


def test_the_next_ring_of_the_ladder_is_marked_and_only_that():
    figure = charts.ladder([("Observe", 4, 4), ("Assist", 1, 5), ("Lead", 0, 4)], "ladder")

    assert figure.drawing.count("ring-now") == 1
    assert figure.drawing.count('class="f1"') == 5
    assert figure.rows[1] == ["Assist", "1", "5"]


def test_the_last_step_of_a_ladder_is_one_ring_without_a_count():
    figure = charts.ladder([("Observe", 4, 4), ("Sign-off", 0, 1)], "ladder")

    assert "Sign-off" in figure.drawing
    assert "0 of 1" not in figure.drawing
    assert f"0 0 {charts.LADDER_WIDTH} " in figure.drawing
