"""The clerks' start page: what waits."""

from litestar import get

from gateway.applications.queries import recent_decisions
from gateway.home.queries import waiting
from gateway.home.views import OfficeHome, PastDecision, Queue
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html
from gateway.web.visitors.clerk import Clerk
from gateway.web.visitors.visit import Visit


@get("/office")
async def office_home(site: Site, visit: Visit, clerk: Clerk) -> Html[OfficeHome]:
    """What waits for the clerk, and the last decisions, as far as the clerk may see them."""
    _ = visit.translate
    queues, recent = [], None
    waits = await waiting(clerk)
    if clerk.may("applications"):
        await clerk.note("applications.listed", None, now=visit.now, correlation_id=visit.request_id)
        queue = waits["applications"]
        queues.append(Queue("/office/applications", _(N_("Wnioski o dostęp")), queue.count, queue.oldest_at))
        decided = {True: _(N_("przyjęty")), False: _(N_("odrzucony"))}
        recent = [
            PastDecision(
                f"/office/applications/{each.id}",
                each.at,
                f"{each.number}, {each.name}: {decided[each.accepted]}",
                each.clerk,
            )
            for each in await recent_decisions(clerk)
        ]
    if clerk.may("failures"):
        failed = waits["failures"]
        queues.append(Queue("/office/failures", _(N_("Nieudane wysyłki")), failed.count, failed.oldest_at))
    return site.page(visit, OfficeHome(queues, recent))
