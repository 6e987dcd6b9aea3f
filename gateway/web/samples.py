"""When the samples happen, and every error.

Each subject has its `samples.py`: what its pages show, in the states that look different, with real Polish content. The
style guide shows them, and tests render them in all languages. `samples(site, visit)` makes them for one visit.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import get_args

from gateway.web.arrival import Cause
from gateway.web.errors import ErrorPage, NoRight, OutdatedForm
from gateway.web.site import Site
from gateway.web.view import View
from gateway.web.visitors.visit import Visit

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def samples(_: Site, visit: Visit) -> Sequence[View]:
    """Each error that has words of its own, and one that has not."""
    statuses = (400, 403, 404, 405, 408, 409, 413, 422, 429, 500, 503)
    office = visit.clerk is not None
    pages = [ErrorPage(status, "30" if status == 429 else None, office, {}, "/") for status in statuses]
    kept = ErrorPage(503, None, office, {"_csrf_token": visit.csrf_token, "value": "312"}, "/readings/660")
    outdated = [OutdatedForm(office, "/readings", why) for why in get_args(Cause)]
    return (*pages, kept, OutdatedForm(office, "", "foreign"), NoRight(), *outdated)
