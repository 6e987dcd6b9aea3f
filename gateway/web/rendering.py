"""Templates: one environment a language, and what every page shows around its own content."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from litestar import MediaType, Response

from gateway.profile import Features, Languages
from gateway.web.assets import asset_href
from gateway.web.fixed_texts import FixedTexts
from gateway.web.formatting import FILTERS
from gateway.web.languages import NAMES, catalogue
from gateway.web.visit import Visit
from services.chassis.profile.profile import Profile


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the main menu."""

    href: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Message:
    """A notice above a page."""

    kind: str
    title: str
    text: str


class Templates:
    """Renders pages for one utility."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._languages = [(code, NAMES[code]) for code in profile.of(Languages).offered]

    def page(self, visit: Visit, template: str, *, status: int = 200, **context: Any) -> Response[str]:
        """The page made from `template`; `context` is what the template's first comment asks for."""
        environment = _environment(visit.lang)
        whom = visit.customer or visit.clerk
        content = environment.get_template(template).render(
            utility=self._profile.utility,
            features=self._profile.of(Features),
            lang=visit.lang,
            languages=self._languages,
            path=visit.path,
            csrf_token=visit.csrf_token,
            customer=visit.customer,
            clerk=visit.clerk,
            menu=self._menu(visit),
            data_updated_at=whom.data_updated_at if whom else None,
            page_ms=visit.milliseconds,
            request_id=visit.request_id,
            status=status,
            **context,
        )
        return Response(content, status_code=status, media_type=MediaType.HTML, cookies=visit.cookies)

    def translate(self, visit: Visit, text: str) -> str:
        """The Polish `text` in the visit's language."""
        return catalogue(visit.lang).gettext(text)

    def _menu(self, visit: Visit) -> Sequence[MenuEntry]:
        _ = catalogue(visit.lang).gettext
        if visit.customer is not None and not visit.customer.must_change_password:
            entries = [
                ("/bills", _("Rachunki i płatności")),
                ("/readings", _("Liczniki i odczyty")),
                ("/contact", _("Kontakt")),
            ]
        elif visit.clerk is not None and not visit.clerk.must_change_password:
            entries = [("/office", _("Co czeka")), ("/office/applications", _("Wnioski o dostęp"))]
        else:
            return ()
        return [
            MenuEntry(href, label, visit.path == href or (href != "/office" and visit.path.startswith(href + "/")))
            for href, label in entries
        ]


class _Environment(Environment):
    """Templates that share the environment's own globals: jinja2 would look through a chain of two at every name."""

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
def _environment(lang: str) -> Environment:
    # One environment a language: imported macros see an environment's own translations, not the page's context.
    environment = _Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # else every page asks the disk for the age of each of its templates
        extensions=["jinja2.ext.i18n", FixedTexts],
    )
    texts = catalogue(lang)
    environment.extend(fixed_text=texts.gettext)
    environment.install_gettext_callables(texts.gettext, texts.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["asset"] = asset_href
    environment.filters.update(FILTERS)
    return environment
