"""The living style guide, for developers."""

from litestar import get
from litestar.exceptions import NotFoundException

from gateway.profile import Features
from gateway.styleguide import samples
from gateway.styleguide.views import StyleGuide
from gateway.web.site import Site
from gateway.web.view import Html
from gateway.web.visitors.visit import Visit


@get("/styleguide")
async def style_guide(site: Site, visit: Visit) -> Html[StyleGuide]:
    """Every component with its states; only where the profile switches it on."""
    if not site.profile.of(Features).style_guide:
        raise NotFoundException
    return site.page(visit, samples.style_guide(visit.lang))
