"""Templates: one environment a language, and the making of a page's HTML."""

from collections.abc import MutableMapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

from gateway.web.assets import asset_href, icon
from gateway.web.compiling import Compiler, macro, written
from gateway.web.contacts import Contacts
from gateway.web.looks import Looks
from gateway.web.texts.fixed_texts import FixedTexts
from gateway.web.texts.formatting import FILTERS, day_in_words
from gateway.web.texts.languages import catalogue
from gateway.web.view import Always, Frame, View
from services.chassis.profile.utility import Utility


def render(frame: Frame, view: View) -> str:
    """The HTML of `view` within `frame`, in the frame's language."""
    return environment(frame.lang).get_template(view.template).render(vars(frame) | vars(view))


def always(lang: str, utility: Utility, looks: Looks, contacts: Contacts) -> Always:
    """The HTML that every page in the language `lang` has, made once rather than at every page."""
    parts: Any = environment(lang).get_template("layout/always.html").module
    return Always(
        parts.head(looks),
        parts.mark(looks),
        parts.footer_calls(contacts),
        parts.footer_links(utility),
        parts.owner(utility),
    )


class _Environment(Environment):
    """Templates share the environment's own globals: jinja2 would look through a chain of two at every name."""

    code_generator_class = Compiler
    written = staticmethod(written)
    macro = staticmethod(macro)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def _loader() -> ChoiceLoader:
    """`bills/list.html` lies in `gateway/bills/templates/`; what all pages share lies in this room's own folder."""
    subjects = [folder.name for folder in files("gateway").iterdir() if (folder / "templates").is_dir()]
    return ChoiceLoader(
        [
            PackageLoader("gateway.web"),
            PrefixLoader({subject: PackageLoader(f"gateway.{subject}") for subject in subjects if subject != "web"}),
        ]
    )


@cache
def environment(lang: str) -> Environment:
    """The templates in the language `lang`, made once."""
    # One environment a language: imported macros see an environment's own translations, not the page's context.
    made = _Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,  # all of them are kept, so nobody needs to keep in mind which was used last
        auto_reload=False,  # else every page asks the disk for the age of each of its templates
        extensions=[FixedTexts],
    )
    texts = catalogue(lang)
    made.extend(fixed_text=texts.gettext)
    made.globals.update({"_": texts.said, "ngettext": texts.said_of})
    made.filters.update(FILTERS, asset=asset_href, icon=icon, day_in_words=partial(day_in_words, lang=lang))
    return made
