"""Figures state their values in words, keep what they are given inside the drawing, and come with a table."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from rmhr.core import charts, timecharts

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
        timecharts.around(
            [
                (-3, "−3", NAUGHTY, ["a"]),
                (0, "due", "on the day", ["a", NAUGHTY]),
                (9, NAUGHTY, "late", [NAUGHTY]),
            ],
            ["a", NAUGHTY],
            NAUGHTY,
            centre=NAUGHTY,
        ),
        timecharts.around(
            [(day, f"+{day}", "late", ["a"]) for day in range(1, 61)], ["a"], "sixty", centre="due"
        ),
        timecharts.columns([(NAUGHTY, "Monday", 3, 5), ("", "Tuesday", 0, 2)], NAUGHTY, names=("new", "old")),
        timecharts.columns([("", "Monday", 0, None)], "nothing", names=("mails", "")),
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


def test_a_share_whose_words_are_longer_than_a_part_has_a_legend():
    long = "advertised, and applications have come in"
    assert "narrow" in charts.share([("open", 50, "ink"), (long, 50, "bad")], "100").kind
    assert "narrow" not in charts.share([("open", 15, "ink"), (long, 85, "bad")], "100").kind


def test_the_next_ring_of_the_ladder_is_marked_and_only_that():
    figure = charts.ladder([("Observe", 4, 4), ("Assist", 1, 5), ("Lead", 0, 4)], "ladder")

    assert figure.drawing.count("ring-now") == 1
    assert figure.drawing.count('class="f1"') == 5
    assert figure.rows[1] == ["Assist", "1", "5"]


def test_what_lies_around_a_day_stands_on_its_side_of_the_middle_and_on_its_line():
    figure = timecharts.around(
        [(-3, "−3", "3 days before", ["Person"]), (5, "+5", "5 days late", ["Person", "HR"])],
        ["Person", "HR"],
        "two",
        centre="due",
    )
    dots = re.findall(r'<circle class="f1" cx="([\d.]+)%" cy="(\d+)"', figure.drawing)

    assert [(float(x) < 50, y) for x, y in dots] == [(True, "50"), (False, "50"), (False, "90")]
    assert figure.rows == [["3 days before", "Person"], ["5 days late", "Person, HR"]]


def test_words_that_would_touch_are_left_out_of_the_axis_and_stand_in_the_table():
    marks = [(day, f"+{day}", f"{day} days late", ["Person"]) for day in range(1, 31)]
    figure = timecharts.around(marks, ["Person"], "thirty", centre="due")

    assert figure.drawing.count("<circle") == 30
    assert figure.drawing.count(">+") < 8
    assert len(figure.rows) == 30


def test_two_columns_a_day_carry_their_totals_below_and_both_in_the_table():
    figure = timecharts.columns([("", "Mon", 3, 5), ("", "Tue", 1, 0)], "two days", names=("new", "old"))

    assert figure.parts == [("muted", "5", "old"), ("ink", "4", "new")]
    assert figure.rows == [["Mon", "5", "3"], ["Tue", "0", "1"]]
    assert figure.drawing.count("<rect") == 3


def test_what_stands_at_columns_ends_where_the_figure_does():
    days = [
        ("28 Dec" if day in (0, 21, 28) else "", "day", 1 if day < 29 else 1234, None) for day in range(30)
    ]
    drawing = ElementTree.fromstring(str(timecharts.columns(days, "a month", names=("mails", "")).drawing))
    texts = [each for each in drawing.iter() if each.tag.endswith("text")]

    first, third, last, highest = ((each.get("x"), each.get("text-anchor")) for each in texts)
    assert last == highest == ("100%", "end")
    for x, anchor in (first, third):
        assert anchor is None
        assert float(x.rstrip("%")) * timecharts.PHONE + 6 * timecharts.LETTER <= 100 * timecharts.PHONE


def test_the_last_step_of_a_ladder_is_one_ring_without_a_count():
    figure = charts.ladder([("Observe", 4, 4), ("Sign-off", 0, 1)], "ladder")

    assert "Sign-off" in figure.drawing
    assert "0 of 1" not in figure.drawing
    assert f"0 0 {charts.LADDER_WIDTH} " in figure.drawing
