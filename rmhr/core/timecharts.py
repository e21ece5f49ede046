"""Figures along time: what happens around a day, and how much on each of a row of days."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from markupsafe import Markup

from rmhr.core.charts import Figure, Number, _percent, _svg, _tag
from rmhr.core.i18n import gettext

#: So many pixels is a hundredth of a figure on a phone, and so many is a letter wide.
PHONE, LETTER = 3.4, 6.2


def around(
    marks: Sequence[tuple[float, Any, Any, Sequence[Any]]], lanes: Sequence[Any], title: Any, *, centre: Any
) -> Figure:
    """What happens before and after a day in the middle, on parallel lanes: (order, short, words, lanes it is in)."""
    before = sorted((mark for mark in marks if mark[0] < 0), key=lambda mark: -mark[0])
    after = sorted((mark for mark in marks if mark[0] > 0), key=lambda mark: mark[0])
    step = min(14.0, 46 / max(len(before), len(after), 1))
    spots = [(50.0, mark) for mark in marks if mark[0] == 0]
    spots += [(50 - step * number, mark) for number, mark in enumerate(before, 1)]
    spots += [(50 + step * number, mark) for number, mark in enumerate(after, 1)]
    # Where they stand too close for their words on a phone, only some carry them, counted from the middle.
    widest = max((len(str(short)) for _order, short, _words, _lanes in marks), default=1)
    sparse = max(1, ceil((widest * LETTER + 6) / PHONE / step))
    bottom = 24 + 40 * len(lanes)
    drawn = [
        _tag("line", class_="rule", x1="50%", x2="50%", y1=18, y2=bottom),
        _tag("text", str(centre), class_="is-strong", x="50%", y=12, text_anchor="middle"),
    ]
    for x, (order, short, _words, _lanes) in spots:
        if order and round(abs(x - 50) / step) % sparse == 0:
            drawn.append(_tag("text", str(short), x=_percent(x), y=12, text_anchor="middle"))
    for index, lane in enumerate(lanes):
        y = 24 + 40 * index
        drawn.append(_tag("text", str(lane), x=0, y=y + 12))
        drawn.append(_tag("line", class_="rule", x1=0, x2="100%", y1=y + 26, y2=y + 26))
        drawn += [
            _tag("circle", class_="f1", cx=_percent(x), cy=y + 26, r=5)
            for x, (_order, _short, _words, told) in spots
            if lane in told
        ]
    return Figure(
        kind="around",
        title=str(title),
        drawing=_svg(title, drawn, height=bottom + 4),
        head=[gettext("When"), gettext("Who is told")],
        rows=[
            [str(words), ", ".join(str(lane) for lane in told)]
            for _order, _short, words, told in sorted(marks, key=lambda mark: mark[0])
        ],
    )


def columns(
    rows: Sequence[tuple[Any, Any, Number, Number | None]], title: Any, *, names: tuple[Any, Any]
) -> Figure:
    """A column per day, or two side by side: (mark below or "", words, number, number compared with it).

    `names` say what the first and the second number are; the second is drawn pale, before the first.
    """
    highest = max((number for _m, _w, *pair in rows for number in pair if number is not None), default=0) or 1
    both = any(second is not None for _mark, _words, _first, second in rows)
    room, base, tall = 100 / max(len(rows), 1), 108.0, 84.0
    width = room * (0.36 if both else 0.64)
    drawn = [_tag("line", class_="rule", x1=0, x2="100%", y1=base, y2=base)]
    labelled = False
    for index, (mark, _words, first, second) in enumerate(rows):
        left = room * index + room * 0.12
        pairs = [(second, "f2"), (first, "f1")] if both else [(first, "f1")]
        for place, (number, colour) in enumerate(pairs):
            if not number:
                continue
            height = tall * number / highest
            x = left + place * (width + room * 0.04)
            drawn.append(
                _tag(
                    "rect",
                    class_=colour,
                    x=_percent(x),
                    y=base - height,
                    width=_percent(width),
                    height=height,
                )
            )
            if number == highest and not labelled:
                labelled = True
                drawn.append(_inside(str(number), x, class_="is-strong", y=base - height - 6))
        if mark:
            drawn.append(_inside(str(mark), left, y=base + 18))
    parts = (
        [
            ("muted", str(sum(second or 0 for _mark, _words, _first, second in rows)), str(names[1])),
            ("ink", str(sum(first for _mark, _words, first, _second in rows)), str(names[0])),
        ]
        if both
        else []
    )
    return Figure(
        kind="columns",
        title=str(title),
        drawing=_svg(title, drawn, height=128),
        head=[gettext("Day"), *([str(names[1])] if both else []), str(names[0])],
        rows=[
            [str(words), *([str(second or 0)] if both else []), str(first)]
            for _mark, words, first, second in rows
        ],
        parts=parts,
    )


def _inside(words: str, x: float, **attributes: Any) -> Markup:
    """Words that begin there; where they would run out of the figure on a phone, they end where it does."""
    if x * PHONE + len(words) * LETTER > 100 * PHONE:
        return _tag("text", words, x="100%", text_anchor="end", **attributes)
    return _tag("text", words, x=_percent(x), **attributes)
