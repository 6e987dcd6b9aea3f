"""From a mail's folder to its subject, plain text and HTML."""

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from services.chassis import figures
from services.chassis.profile.profile import Profile


@dataclass(frozen=True)
class Mail:
    """The words of a mail."""

    subject: str
    plain: str
    html: str


def render(folder: str, profile: Profile, **facts: object) -> Mail:
    """Fill the three templates of `folder`. A fact that a template asks for and nobody gave is an error."""
    context = {"utility": profile.utility, **facts}
    subject, plain, html = (
        _environment().get_template(f"{folder}/{name}").render(context)
        for name in ("subject.txt", "plain.txt", "body.html")
    )
    return Mail(subject.strip(), plain.strip() + "\n", html)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, ""),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["money"] = figures.money
    environment.filters["day"] = figures.day
    return environment
