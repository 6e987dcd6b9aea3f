"""Pages open to everybody: start, the utility's documents, contact, language."""

from collections.abc import Mapping

from litestar import get
from litestar.datastructures import Cookie
from litestar.response import Redirect

from contracts.message import Language
from gateway.home import documents
from gateway.home.views import Contact, Document, Home
from gateway.profile import Documents
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html
from gateway.web.visitors import cookies
from gateway.web.visitors.paths import local_path
from gateway.web.visitors.visit import Visit
from services.chassis.profile.languages import Languages
from services.identity.profile import Registration
from services.metering.profile import Readings


@get("/")
async def home(site: Site, visit: Visit) -> Html[Home] | Redirect:
    """The start page; a customer who is logged in goes on to the bills."""
    if visit.customer is not None:
        return Redirect("/bills")
    view = Home(
        registration_open=site.profile.of(Registration).variant == "form",
        takes_readings=site.profile.of(Readings).submission,
    )
    return site.page(visit, view)


@get("/terms")
async def terms(site: Site, visit: Visit) -> Html[Document]:
    """The terms of use (W02)."""
    return _document(site, visit, N_("Regulamin serwisu"), site.profile.of(Documents).terms)


@get("/accessibility")
async def accessibility(site: Site, visit: Visit) -> Html[Document]:
    """The accessibility statement (ustawa z 4.04.2019 o dostępności cyfrowej, art. 10)."""
    return _document(site, visit, N_("Deklaracja dostępności"), site.profile.of(Documents).accessibility)


@get("/privacy")
async def privacy(site: Site, visit: Visit) -> Html[Document]:
    """What is done with personal data (RODO, art. 13)."""
    return _document(site, visit, N_("Prywatność"), site.profile.of(Documents).privacy)


def _document(site: Site, visit: Visit, title: str, document: Mapping[Language, str]) -> Html[Document]:
    text, language = documents.text(document, visit.lang, site.profile, site.settings.public_url)
    return site.page(visit, Document(visit.translate(title), text, language))


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
