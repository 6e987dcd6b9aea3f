"""The start pages to look at."""

from collections.abc import Sequence

from markupsafe import Markup

from gateway.home.views import Contact, Document, Home, OfficeHome, PastDecision, Queue
from gateway.web.samples import NOW
from gateway.web.site import Site
from gateway.web.view import View
from gateway.web.visitors.visit import Visit


def samples(_: Site, visit: Visit) -> Sequence[View]:
    """Each page, the office with and without work."""
    title = visit.translate("Regulamin serwisu")
    return (
        Home(registration_open=True, takes_readings=True),
        Home(registration_open=False, takes_readings=False),
        Document(title, Markup("<h2>§ 1</h2><p>Regulamin jest dla wszystkich.</p>"), "pl"),
        Document(title, Markup("<h2>§ 1</h2><p>The terms are for everybody.</p>"), "en"),
        Contact(),
        OfficeHome(
            [Queue("#1", "REJ", 2, NOW), Queue("#2", "REJ", 0, None)],
            [PastDecision("#3", NOW, "REJ/2026/000001", "Ewa Biurko")],
        ),
        OfficeHome((), ()),
        OfficeHome((), None),
    )
