"""Colours that a bank chooses: whether they can be read on our pages, and the nearest one that can.

Contrast as the Web Content Accessibility Guidelines 2.2 define it: relative luminances,
(lighter + .05) / (darker + .05).
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

from rmhr.core.patterns import Pattern

HEX = Pattern(r"#[0-9a-f]{6}")
#: What text needs on its ground.
ENOUGH = 4.5
RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Theme:
    """Of css/tokens.css: the grounds on which an accent stands as words, and the words that stand on it."""

    grounds: tuple[str, ...]  # paper, surface, sand-1
    on_accent: str
    surface: str  # what it is softened with
    soft: float  # how much of it is in --accent-soft
    towards: str  # what --accent-hover is mixed with


LIGHT = Theme(("#faf8f3", "#fffefc", "#f3efe6"), "#ffffff", "#fffefc", 0.1, "#000000")
DARK = Theme(("#0d1722", "#14212f", "#1a2938"), "#0c1730", "#14212f", 0.15, "#ffffff")


def tidy(typed: str) -> str | None:
    """ "0B5CAD", "#0b5cad" or "#05a" as "#0b5cad"; None for what is no colour."""
    digits = typed.strip().lower().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    colour = f"#{digits}"
    return colour if HEX.fullmatch(colour) else None


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def worst(accent: str, theme: Theme) -> float:
    """The lowest contrast that it has anywhere in a theme: as a link on each ground, below the words of a button."""
    grounds = (*theme.grounds, soft(accent, theme), theme.on_accent)
    return min(contrast(accent, ground) for ground in grounds)


def fits(accent: str, theme: Theme) -> bool:
    """Whether it can be read wherever it stands."""
    return worst(accent, theme) >= ENOUGH


def nearest(accent: str, theme: Theme) -> str:
    """The same hue, as little darker (on light pages) or lighter (on dark ones) as makes it fit."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(accent))
    step = -1 / 255 if theme is LIGHT else 1 / 255
    while not fits(accent, theme):
        light = min(max(light + step, 0.0), 1.0)
        accent = _hex(colorsys.hls_to_rgb(hue, light, saturation))
    return accent


def soft(accent: str, theme: Theme) -> str:
    """Returns a pale version of it, for the background of what is chosen."""
    return mix(accent, theme.surface, theme.soft)


def mix(one: str, other: str, share: float) -> str:
    """Returns `share` (0 to 1) of one colour mixed with the rest of the other."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    red, green, blue = (a * share + b * (1 - share) for a, b in pairs)
    return _hex((red, green, blue))


def _parts(colour: str) -> RGB:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(parts: RGB) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
