"""Colours by their light: what contrast two have, and shades of one that can be read."""

Colour = str
"""As style sheets write it: `#rrggbb`, lower case."""

BLACK: Colour = "#000000"
WHITE: Colour = "#ffffff"

_STEPS = 100


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of light of two colours, 1 to 21. Source: WCAG 2.1, relative luminance and contrast ratio."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """The colour with a `share` (0 to 1) of another in it."""
    parts = (round(a + (b - a) * share) for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def legible(colour: Colour, towards: Colour, ground: Colour, least: float) -> Colour:
    """The colour, or the first shade of it on the way to `towards` that has `least` contrast with `ground`."""
    shades = (mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next((shade for shade in shades if contrast(shade, ground) >= least), towards)


def faint(colour: Colour, ground: Colour, least: float) -> Colour:
    """The last shade of the colour on the way to `ground` that has `least` contrast with it."""
    shades = (mixed(colour, ground, step / _STEPS) for step in range(_STEPS, -1, -1))
    return next((shade for shade in shades if contrast(shade, ground) >= least), colour)


def _parts(colour: Colour) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
