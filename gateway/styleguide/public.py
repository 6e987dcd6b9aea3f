"""The living style guide, for developers."""

from litestar import Response, get
from litestar.exceptions import NotFoundException

from gateway.profile import Features
from gateway.styleguide.samples import samples
from gateway.web.site import Site
from gateway.web.visit import Visit


@get("/styleguide")
async def style_guide(site: Site, visit: Visit) -> Response[str]:
    """Every component with its states; only where the profile switches it on."""
    if not site.profile.of(Features).style_guide:
        raise NotFoundException
    return site.templates.page(visit, "styleguide/index.html", **samples(visit.lang))
