"""From a mail's folder to its subject, plain text and HTML, in the language of its reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from contracts.message import Language
from services.chassis import catalogues, figures, hours
from services.chassis.catalogues import POLISH
from services.chassis.colours import BLACK, WHITE, Colour, legible, mixed
from services.chassis.profile.languages import Languages
from services.chassis.profile.looks import WELL_LEGIBLE, Looks
from services.chassis.profile.profile import Profile
from services.chassis.unbroken import unbroken

IN_POLISH = Markup(' lang="pl"')
"""On what is Polish in every language, such as a clerk's own words, so that a screen reader pronounces it well."""

DARK_GROUND: Colour = "#14181d"
"""What a mail stands on in the dark scheme, as `layout.html` has it."""


@dataclass(frozen=True)
class Mail:
    """The words of a mail; nobody knows the `language` of those that an older release wrote."""

    subject: str
    plain: str
    html: str
    language: Language | None


@dataclass(frozen=True)
class Colours:
    """The utility's own colours in a mail, and the shades of them for the dark scheme."""

    link: Colour
    masthead: Colour
    dark_link: Colour
    dark_masthead: Colour


@cache
def colours(looks: Looks) -> Colours:
    """A mail's colours of the utility's `looks`; what is written in them can be read."""
    return Colours(
        link=looks.accent,
        masthead=looks.masthead,
        dark_link=legible(looks.accent, WHITE, DARK_GROUND, WELL_LEGIBLE),
        dark_masthead=mixed(looks.masthead, BLACK, 0.2),
    )


def render(
    folder: str, profile: Profile, public_url: str, wanted: str | None, *, calls: Sequence[str] = (), **facts: object
) -> Mail:
    """Fill the three templates of `folder` for somebody who wants the language `wanted`, or none.

    `calls` are the telephone numbers that the words name, by `calls.txt` and `calls.html`; the mail ends with others.
    In templates `office` is where the pages are, and `page("/login")` the address of one in the mail's language. A fact
    that a template asks for and nobody gave is an error.
    """
    language, office, utility = profile.language(wanted), public_url.rstrip("/"), profile.utility
    called = {figures.phone(number) for number in calls}
    context = {
        "utility": utility,
        "calls": calls,
        "other_phones": [number for number in utility.phones if figures.phone(number) not in called],
        "phone_hours": hours.in_words(utility.phone_hours, language),
        "colours": colours(profile.of(Looks)),
        "language": language,
        "in_polish": "" if language == POLISH else IN_POLISH,
        "office": office,
        "page": _pages(office, "" if language == profile.of(Languages).default else f"/language/{language}?next="),
        **facts,
    }
    subject, plain, html = (
        _environment(language, html=name == "body.html").get_template(f"{folder}/{name}").render(context)
        for name in ("subject.txt", "plain.txt", "body.html")
    )
    return Mail(subject.strip(), plain.strip() + "\n", html, language)


def telephone(number: str) -> Markup:
    """A telephone number to touch, in one line."""
    return Markup('<a class="whole" href="tel:{}">{}</a>').format(figures.phone(number), number)


def whole_hours(hours_in_words: str) -> Markup:
    """Hours of which no part ends a line in its middle."""
    parts = hours_in_words.split(", ")
    return Markup(", ").join(Markup('<span class="whole">{}</span>').format(part) for part in parts)


def _pages(office: str, way: str) -> Callable[[str], str]:
    return lambda path: f"{office}{way}{path}"


@cache
def _environment(language: Language, *, html: bool) -> Environment:
    made = Environment(
        loader=PackageLoader(__package__, ""),
        autoescape=html,  # noqa: S701 (what is not HTML is plain text)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    catalogue = catalogues.read("services.correspondence", language, unbroken if html else str)
    i18n: Any = made  # the extension adds this method
    i18n.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)
    made.filters.update(
        money=figures.money,
        day=figures.day,
        nrb=figures.nrb,
        unbroken=unbroken,
        telephone=telephone,
        whole_hours=whole_hours,
    )
    return made
