"""Colours by meaning, on a light and on a dark page, and how well two of them can be told apart.

Okabe-Ito family: blue where a figure is in order, orange where it needs attention, grey for what is not judged.
Charts are drawn in the light ones; a page maps each to its dark partner, so a chart is never drawn twice.
"""

from __future__ import annotations

import re

# name: (light, dark)
COLOURS = {
    "ground": ("#FFFFFF", "#15171A"),
    "ink": ("#1A1A1A", "#E9E7E2"),
    "quiet": ("#595959", "#A9A9A6"),
    "rule": ("#D9D9D9", "#3B3E44"),
    "faint": ("#EDEDED", "#282B30"),
    "good": ("#0072B2", "#5BB5EA"),
    "concern": ("#B84A00", "#F0A04B"),
    "chance": ("#6B6B6B", "#9C9C99"),
    "accent": ("#0B5394", "#8AB8F0"),
}
LIGHT = {name: light for name, (light, _) in COLOURS.items()}
DARK = {name: dark for name, (_, dark) in COLOURS.items()}
READABLE = 4.5  # the least contrast of text with its ground (WCAG 2.2, success criterion 1.4.3, level AA)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#RRGGBB`, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(part, 16) / 255 for part in re.findall("..", colour.removeprefix("#")))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable_on(ground: str, colour: str) -> str:
    """The colour, moved towards white or black only as far as its text can be read on the ground."""
    towards, moved = 255 if _luminance(ground) < 0.18 else 0, colour
    for share in range(0, 101, 2):
        mixed = [
            round(int(part, 16) + (towards - int(part, 16)) * share / 100) for part in re.findall("..", colour[1:])
        ]
        moved = "#" + "".join(f"{part:02X}" for part in mixed)
        if contrast(ground, moved) >= READABLE:
            return moved
    return moved


def variables(colours: dict[str, str]) -> str:
    """The colours as CSS variables: `--ink:#1A1A1A;…`."""
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())
