"""The clerks' start page: what waits."""

from litestar import Response, get

from gateway.applications.queries import recent_decisions, waiting
from gateway.web.clerk import Clerk
from gateway.web.languages import N_
from gateway.web.site import Site
from gateway.web.visit import Visit


@get("/office")
async def office_home(site: Site, visit: Visit, clerk: Clerk) -> Response[str]:
    """What waits for a clerk, and the last decisions."""
    _ = site.templates.translate
    await clerk.note("applications.listed", None, now=visit.now, correlation_id=visit.request_id)
    queue = await waiting(clerk)
    decided = {True: _(visit, N_("przyjęty")), False: _(visit, N_("odrzucony"))}
    return site.templates.page(
        visit,
        "home/office.html",
        waiting=[
            {
                "href": "/office/applications",
                "label": _(visit, N_("Wnioski o dostęp")),
                "count": queue.count,
                "oldest_at": queue.oldest_at,
            }
        ],
        recent=[
            {"at": d.at, "text": f"{d.number}, {d.name}: {decided[d.accepted]}", "clerk": d.clerk}
            for d in await recent_decisions(clerk)
        ],
    )
