"""Pages open to everybody: start, terms, contact, language."""

from litestar import get
from litestar.datastructures import Cookie
from litestar.response import Redirect
from markupsafe import Markup

from gateway.home.views import Contact, Home, Terms
from gateway.web.site import Site
from gateway.web.view import Html
from gateway.web.visitors import cookies
from gateway.web.visitors.paths import local_path
from gateway.web.visitors.visit import Visit
from services.chassis.catalogues import POLISH
from services.chassis.profile.languages import Languages
from services.identity.profile import Registration


@get("/")
async def home(site: Site, visit: Visit) -> Html[Home] | Redirect:
    """The start page; a customer who is logged in goes on to the bills."""
    if visit.customer is not None:
        return Redirect("/bills")
    return site.page(visit, Home(registration_open=site.profile.of(Registration).variant == "form"))


@get("/terms")
async def terms(site: Site, visit: Visit) -> Html[Terms]:
    """The terms of use (W02): in the visitor's language where there is a translation, else the Polish ones."""
    registration = site.profile.of(Registration)
    texts = dict[str, str](registration.translated_terms.items(), pl=registration.terms)
    language = visit.lang if visit.lang in texts else POLISH
    # The files belong to the profile, so to the operator: they are trusted HTML.
    return site.page(visit, Terms(Markup(texts[language]), language))  # noqa: S704 (the utility's own, checked)


@get("/contact")
async def contact(site: Site, visit: Visit) -> Html[Contact]:
    """The utility's address, telephone and e-mail (W17)."""
    return site.page(visit, Contact())


@get("/language/{code:str}")
async def choose_language(site: Site, code: str, next: str = "/") -> Redirect:
    """Keep the choice of a language and go back to where the person was."""
    redirect = Redirect(local_path(next, "/"))
    if code in site.profile.of(Languages).offered:
        redirect.set_cookie(
            Cookie(
                key=cookies.LANGUAGE,
                value=code,
                max_age=365 * 24 * 3600,
                httponly=True,
                secure=site.secure,
                samesite="lax",
            )
        )
    return redirect
