"""The template environment: one for each language, made once at start.

One environment a language, because macros imported without the page's context are compiled and cached once; so `_` and
`ngettext` are globals of the language, and a hot list costs no lookup of the reader's language for every cell.
"""

from collections.abc import Callable
from gettext import NullTranslations

from jinja2 import Environment, PackageLoader, StrictUndefined

from gateway.formatting import FILTERS


def environment(asset: Callable[[str], str], translations: NullTranslations) -> Environment:
    """Make the environment of one language.

    `asset` turns a name of the `static` folder into its address; `translations` is the language's catalogue, whose keys
    are Polish, so Polish itself is `gettext.NullTranslations()`. A name that a page forgot to give is an error
    (jinja2.UndefinedError) at rendering, not an empty place on the screen.
    """
    made = Environment(
        loader=PackageLoader("gateway"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        undefined=StrictUndefined,
    )
    made.filters.update(FILTERS)
    made.globals.update(asset=asset)
    # The i18n extension adds these methods at run time, which its types do not tell.
    made.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    return made
