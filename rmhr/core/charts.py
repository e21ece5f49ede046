"""Figures as SVG, drawn from values: coloured by class, as themes and print do; each with its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from rmhr.core.i18n import gettext, pgettext

#: What a part of a share is, and the class of its colour: at most two hues besides ink.
COLOURS = {"ink": "f1", "muted": "f2", "pale": "f3", "good": "f-good", "warning": "f-warning", "bad": "f-bad"}
#: The width at which the words of a ladder are 12 px high: that of the side column.
LADDER_WIDTH = 336
#: The narrowest bar of a share that has words below its parts, as in figure.css; how wide a sign of them is at most,
#: and the space after them. All in px.
NARROWEST, SIGN, SPACE = 480, 7, 8
Number = float | int
Says = Callable[[Any], str]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A drawing, what it says in words, and the same as a table."""

    kind: str
    title: str  # states the values: read instead of the drawing
    drawing: Markup
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    parts: Sequence[tuple[str, str, str]] = field(default=())  # of a share, for narrow screens


def _tag(name: str, content: object = "", /, **attributes: object) -> Markup:
    """One SVG element. `class_` is class, `x_y` is x-y; None is left out; text is escaped."""
    given = [
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _short(value))
        for key, value in attributes.items()
        if value is not None
    ]
    if content == "":
        return Markup("<{}{}/>").format(Markup(name), Markup("").join(given))
    return Markup("<{}{}>{}</{}>").format(Markup(name), Markup("").join(given), content, Markup(name))


def _short(value: object) -> object:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def _percent(share: float) -> str:
    return f"{_short(float(share))}%"


def _svg(title: object, parts: Iterable[Markup], **attributes: object) -> Markup:
    content = Markup("").join([_tag("title", str(title)), *parts])
    return _tag("svg", content, class_="fig", role="img", **attributes)


def share(parts: Sequence[tuple[Any, Number, str]], title: Any, *, says: Says = str) -> Figure:
    """One bar in parts: (words, number, colour), colour being one of COLOURS.

    What each part is stands below it; where the words of one are longer than it, all stand in a legend instead.
    """
    parts = [(words, number, colour) for words, number, colour in parts if number > 0]
    total = sum(number for _words, number, _colour in parts) or 1
    gap = 0.4 if len(parts) > 1 else 0.0
    room = 100 - gap * max(len(parts) - 1, 0)
    drawn: list[Markup] = []
    at = 0.0
    for words, number, colour in parts:
        width = room * number / total
        text = Markup("{} {}").format(_tag("tspan", says(number), class_="is-strong"), str(words))
        drawn.append(
            _tag("rect", class_=COLOURS[colour], x=_percent(at), y=0, width=_percent(width), height=8, rx=2)
        )
        drawn.append(_tag("text", text, class_="share__words", x=_percent(at), y=30))
        at += width + gap
    fits = all(
        NARROWEST * room / 100 * number / total >= len(f"{says(number)} {words}") * SIGN + SPACE
        for words, number, _colour in parts
    )
    return Figure(
        kind="share" if fits else "share share--narrow",
        title=str(title),
        drawing=_svg(title, drawn, height=36),
        head=[gettext("Part"), gettext("Number")],
        rows=[[str(words), says(number)] for words, number, _colour in parts],
        parts=[(colour, says(number), str(words)) for words, number, colour in parts],
    )


def bar(
    rows: Sequence[tuple[Any, Number]], title: Any, *, says: Says = str, top: Number | None = None
) -> Figure:
    """One bar per row, its words above it, its number at the right."""
    highest = top or max((number for _words, number in rows), default=0) or 1
    drawn: list[Markup] = []
    for index, (words, number) in enumerate(rows):
        y = index * 40
        drawn.append(_tag("text", str(words), x=0, y=y + 12))
        drawn.append(_tag("text", says(number), class_="is-strong", x="100%", y=y + 12, text_anchor="end"))
        drawn.append(_tag("rect", class_="track", x=0, y=y + 20, width="100%", height=8, rx=2))
        if number > 0:
            width = _percent(100 * min(number / highest, 1))
            drawn.append(_tag("rect", class_="f1", x=0, y=y + 20, width=width, height=8, rx=2))
    return Figure(
        kind="bar",
        title=str(title),
        drawing=_svg(title, drawn, height=max(len(rows) * 40 - 8, 8)),
        head=[gettext("Name"), gettext("Number")],
        rows=[[str(words), says(number)] for words, number in rows],
    )


def funnel(rows: Sequence[tuple[Any, int]], title: Any) -> Figure:
    """How many reach each stage, one narrowing bar below the other, and how many in a hundred go on."""
    first = rows[0][1] if rows and rows[0][1] else 1
    drawn: list[Markup] = []
    table: list[list[str]] = []
    for index, (words, number) in enumerate(rows):
        y = index * 48
        before = rows[index - 1][1] if index else 0
        on = gettext("%(share)s%% of the stage before", share=round(100 * number / before)) if before else ""
        width = 100 * min(number / first, 1)
        label = Markup("{} {}").format(_tag("tspan", str(number), class_="is-strong"), str(words))
        drawn.append(_tag("text", label, x=0, y=y + 12))
        if on:
            drawn.append(_tag("text", on, x="100%", y=y + 12, text_anchor="end"))
        drawn.append(_tag("rect", class_="track", x=0, y=y + 20, width="100%", height=14, rx=2))
        if number:
            drawn.append(
                _tag(
                    "rect",
                    class_="f1" if index < len(rows) - 1 else "f-good",
                    x=0,
                    y=y + 20,
                    width=_percent(width),
                    height=14,
                    rx=2,
                )
            )
        table.append([str(words), str(number), on or "–"])
    return Figure(
        kind="funnel",
        title=str(title),
        drawing=_svg(title, drawn, height=max(len(rows) * 48 - 10, 8)),
        head=[gettext("Stage"), gettext("People"), gettext("Got further")],
        rows=table,
    )


def trend(
    points: Sequence[tuple[Any, Number]],
    title: Any,
    *,
    goal: Number | None = None,
    goal_words: Any = None,
    says: Says = str,
) -> Figure:
    """A line with its values at the dots, and the goal dashed with its name."""
    width, height, top, bottom = 368.0, 112.0, 27.0, 80.0
    values = [float(number) for _words, number in points]
    bounds = [*values, *([float(goal)] if goal is not None else [])] or [0.0]
    low, high = min(bounds), max(bounds)
    span = high - low or 1.0

    def y(number: float) -> float:
        return bottom - (number - low) / span * (bottom - top)

    step = (width - 32) / max(len(values) - 1, 1)
    spots = [(8 + index * step, y(number)) for index, number in enumerate(values)]
    drawn: list[Markup] = []
    if goal is not None:
        words = str(goal_words) if goal_words else gettext("Goal %(value)s", value=says(goal))
        line = y(float(goal))
        drawn.append(_tag("path", class_="line-2", d=f"M0 {_short(line)}H{_short(width)}"))
        above = not spots or spots[0][1] >= line
        drawn.append(_tag("text", words, x=0, y=line - 8 if above else line + 18))
    if len(spots) > 1:
        path = " L".join(f"{_short(x)} {_short(at)}" for x, at in spots)
        drawn.append(_tag("path", class_="line", d=f"M{path}"))
    for index, ((words, number), (x, at)) in enumerate(zip(points, spots, strict=True)):
        anchor = "start" if index == 0 else "end" if index == len(spots) - 1 and index else "middle"
        # A dot just below the goal's line carries its number below itself, so that the two do not cross.
        crossed = goal is not None and 0 <= at - y(float(goal)) < 22
        drawn.append(_tag("circle", class_="f1", cx=x, cy=at, r=3.5))
        drawn.append(
            _tag(
                "text",
                says(number),
                class_="is-strong",
                x=x,
                y=at + 18 if crossed else at - 10,
                text_anchor=anchor,
            )
        )
        drawn.append(_tag("text", str(words), x=x, y=height - 4, text_anchor=anchor))
    return Figure(
        kind="trend",
        title=str(title),
        drawing=_svg(title, drawn, viewBox=f"0 0 {_short(width)} {_short(height)}"),
        head=[gettext("When"), gettext("Value")],
        rows=[[str(words), says(number)] for words, number in points],
    )


def ladder(steps: Sequence[tuple[Any, int, int]], title: Any) -> Figure:
    """Steps upwards, a ring per session, filled when done: (words, done, needed). The next is in accent."""
    rise, dot = 36, 14
    widths = [max(68, len(str(words)) * 7 + 12, min(needed, 8) * dot + 16) for words, _done, needed in steps]
    spare = max(0, LADDER_WIDTH - sum(widths)) // max(len(widths), 1)
    widths = [width + spare for width in widths]
    total, top = sum(widths), 40
    floor = top + rise * (len(steps) - 1)
    drawn: list[Markup] = []
    line, x = "", 0
    for index, width in enumerate(widths):
        line += f"{'M' if not index else 'V'}{'0 ' if not index else ''}{floor - index * rise}H{x + width}"
        x += width
    drawn.append(_tag("path", class_="rule", d=line))
    current = next((index for index, (_w, done, needed) in enumerate(steps) if done < needed), len(steps))
    drawn.append(_tag("path", class_="line", d=_climbed(steps, widths, floor, rise, current)))
    x = 0
    for index, ((words, done, needed), width) in enumerate(zip(steps, widths, strict=True)):
        left, level = x + (8 if index else 0), floor - index * rise
        strong = "is-strong" if index <= current else None
        drawn.append(_tag("text", str(words), x=left, y=level - 26, class_=strong))
        for ring in range(min(needed, 8)):
            filled = ring < done if needed <= 8 else ring < round(8 * done / needed)
            now = index == current and ring == min(done, 7)
            kind = "f1" if filled else "ring-now" if now else "ring"
            drawn.append(_tag("circle", class_=kind, cx=left + 5 + ring * dot, cy=level - 11, r=4.25))
        if needed != 1:  # of a single ring one sees whether it is filled
            said = gettext("%(done)s of %(needed)s", done=done, needed=needed)
            drawn.append(_tag("text", said, x=left, y=level + 16))
        x += width
    return Figure(
        kind="ladder",
        title=str(title),
        drawing=_svg(title, drawn, viewBox=f"0 0 {total} {floor + 20}"),
        head=[pgettext("shadowing", "Stage"), gettext("Done"), pgettext("shadowing", "Needed")],
        rows=[[str(words), str(done), str(needed)] for words, done, needed in steps],
    )


def _climbed(
    steps: Sequence[tuple[Any, int, int]], widths: Sequence[int], floor: int, rise: int, current: int
) -> str:
    """The part of the ladder that is behind one: whole steps, and the share of the present one."""
    line, x = f"M0 {floor}", 0
    for index, width in enumerate(widths):
        if index > current:
            break
        if index:
            line += f"V{floor - index * rise}"
        _words, done, needed = steps[index]
        share = 1.0 if index < current else done / max(needed, 1)
        line += f"H{_short(x + width * share)}"
        x += width
    return line


def range_(
    low: Number,
    high: Number,
    usual_low: Number | None,
    usual_high: Number | None,
    title: Any,
    *,
    said: Says = str,
    words: Any = None,
) -> Figure:
    """From least to most as a track, with the usual part in ink: pay on a posting."""
    span = float(high - low) or 1.0
    drawn = [
        _tag("rect", class_="track", x=0, y=40, width="100%", height=8, rx=4),
        _tag("text", said(low), class_="is-strong", x=0, y=24),
        _tag("text", said(high), class_="is-strong", x="100%", y=24, text_anchor="end"),
    ]
    rows = [[gettext("Least"), said(low)], [gettext("Most"), said(high)]]
    tall = 56
    if usual_low is not None and usual_high is not None:
        left, right = 100 * float(usual_low - low) / span, 100 * float(usual_high - low) / span
        drawn.append(
            _tag("rect", class_="f1", x=_percent(left), y=40, width=_percent(right - left), height=8, rx=4)
        )
        for at, value, anchor in ((left, usual_low, "middle"), (right, usual_high, "middle")):
            drawn.append(_tag("line", class_="rule", x1=_percent(at), x2=_percent(at), y1=32, y2=56))
            side = "start" if at < 8 else "end" if at > 92 else anchor
            drawn.append(_tag("text", said(value), x=_percent(at), y=74, text_anchor=side))
        if words:
            drawn.append(_tag("text", str(words), x=_percent((left + right) / 2), y=24, text_anchor="middle"))
        rows[1:1] = [[gettext("Usual, from"), said(usual_low)], [gettext("Usual, to"), said(usual_high)]]
        tall = 84
    else:
        drawn.append(_tag("rect", class_="f1", x=0, y=40, width="100%", height=8, rx=4))
    return Figure(
        kind="range",
        title=str(title),
        drawing=_svg(title, drawn, height=tall),
        head=[gettext("What"), gettext("Value")],
        rows=rows,
    )
