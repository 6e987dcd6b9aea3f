"""Failures to look at: none, some, and after a try again that went well or did not."""

from collections.abc import Sequence

from gateway.failures.office import AWAY, DONE, KINDS, NOT_DONE
from gateway.failures.views import FailureList, FailureRow
from gateway.web.samples import NOW
from gateway.web.site import Site
from gateway.web.view import Message, View
from gateway.web.visitors.visit import Visit


def samples(_: Site, visit: Visit) -> Sequence[View]:
    """The list empty, with each kind, and with each message."""
    rows = [
        FailureRow(
            f"#{kind}",
            "",
            None if kind == "document" else f"#drop-{kind}",
            "",
            visit.translate(word),
            "FV/2026/11/000123" if kind == "document" else "Anna Przykładowa, anna@poczta.example",
            "550 5.1.1 <anna@poczta.example>: Recipient address rejected: User unknown in virtual mailbox table",
            NOW,
        )
        for kind, word in KINDS.items()
    ]
    done = [Message("success", *map(visit.translate, said)) for said in DONE.values()]
    away = Message("error", visit.translate(NOT_DONE), visit.translate(AWAY))
    return (
        FailureList((), 1, 1, None),
        *(FailureList(rows, 1, 3, message) for message in (None, *done, away)),
    )
