"""How a utility's pages look: its colours as a style sheet, its mark and its icon, as files to serve."""

import json
from dataclasses import dataclass
from functools import cache

from gateway.web.assets import Asset, asset_of, assets
from services.chassis.colours import BLACK, WHITE, Colour, faint, legible, mixed
from services.chassis.profile.looks import LEGIBLE, WELL_LEGIBLE
from services.chassis.profile.looks import Looks as Setting

PALE_PAPER: Colour = "#ffffff"
DARK_PAPER: Colour = "#162125"
"""The grounds of panels in the two schemes, as `ebok.css` has them."""

_BARS = 3.0
"""Contrast of what is drawn. Source: WCAG 2.1, 1.4.11."""


@dataclass(frozen=True)
class Looks:
    """The files that are a utility's own. `colours` is None where the product's style sheet has them already."""

    colours: Asset | None
    mark: Asset
    app_icon: Asset
    manifest: Asset
    theme: Colour

    def asset_at(self, href: str) -> Asset | None:
        """The file at the address `href`, or None."""
        return next(
            (one for one in (self.colours, self.mark, self.app_icon, self.manifest) if one and one.href == href), None
        )


@cache
def looks(setting: Setting, name: str) -> Looks:
    """The looks of the utility that people call `name`."""
    own_colours = (setting.accent, setting.masthead) != (_DEFAULT.accent, _DEFAULT.masthead)
    mark = asset_of("mark.svg", setting.mark) if setting.mark else assets()["mark.svg"]
    app_icon = asset_of("icon.png", setting.app_icon) if setting.app_icon else assets()["icon.png"]
    return Looks(
        colours=asset_of("colours.css", style_sheet(setting).encode()) if own_colours else None,
        mark=mark,
        app_icon=app_icon,
        manifest=asset_of("site.webmanifest", _manifest(setting, name, mark, app_icon).encode()),
        theme=setting.masthead,
    )


_DEFAULT = Setting()


def style_sheet(setting: Setting) -> str:
    """The tokens of `ebok.css` that the colours of `setting` change, in both schemes. Paper keeps its black ink."""
    return (
        f"@media screen {{ :root {{ {_tokens(pale(setting))} }} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_tokens(dark(setting))} }} }}\n"
    )


def pale(setting: Setting) -> dict[str, Colour]:
    """Tokens of the light scheme."""
    accent, masthead = setting.accent, setting.masthead
    return {
        "accent": accent,
        "accent-strong": mixed(accent, BLACK, 0.3),
        "accent-ground": mixed(accent, WHITE, 0.87),
        "on-accent": WHITE,
        "masthead": masthead,
        "on-masthead-soft": legible(mixed(masthead, WHITE, 0.7), WHITE, masthead, LEGIBLE),
        "series-now": accent,
        "series-before": faint(accent, PALE_PAPER, _BARS),
    }


def dark(setting: Setting) -> dict[str, Colour]:
    """Tokens of the dark scheme."""
    accent, masthead = legible(setting.accent, WHITE, DARK_PAPER, WELL_LEGIBLE), mixed(setting.masthead, BLACK, 0.2)
    return {
        "accent": accent,
        "accent-strong": mixed(accent, WHITE, 0.4),
        "accent-ground": mixed(DARK_PAPER, setting.accent, 0.25),
        "on-accent": mixed(setting.accent, BLACK, 0.85),
        "masthead": masthead,
        "on-masthead-soft": legible(mixed(masthead, WHITE, 0.65), WHITE, masthead, LEGIBLE),
        "series-now": accent,
        "series-before": faint(accent, DARK_PAPER, _BARS),
    }


def _tokens(colours: dict[str, Colour]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


def _manifest(setting: Setting, name: str, mark: Asset, app_icon: Asset) -> str:
    """What a telephone puts on its home screen. Source: W3C Web Application Manifest."""
    icons = [
        {"src": mark.href, "sizes": "any", "type": mark.media_type},
        {"src": app_icon.href, "sizes": "512x512", "type": app_icon.media_type},
    ]
    told = {"name": f"{name} eBOK", "short_name": name, "start_url": "/", "display": "browser", "icons": icons}
    return json.dumps(told | {"theme_color": setting.masthead, "background_color": PALE_PAPER}, ensure_ascii=False)
