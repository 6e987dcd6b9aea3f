"""Failures to look at: none, some, after a try again that went well or did not, and before a mail is dropped."""

from collections.abc import Sequence
from dataclasses import replace

from gateway.failures.office import AWAY, BY_SOMEBODY, KINDS, NOT_DONE, NOT_LISTED, said_of_all
from gateway.failures.views import DropPage, FailureList, FailureRow
from gateway.web.samples import NOW
from gateway.web.site import Site
from gateway.web.view import Message, View
from gateway.web.visitors.visit import Visit


def samples(_: Site, visit: Visit) -> Sequence[View]:
    """The list empty, with each kind, and with each message of its own."""
    rows = [
        FailureRow(
            retry_href=f"#{kind}",
            retry_key="",
            drop_href=None if kind == "document" else f"#drop-{kind}",
            what=visit.translate(word),
            about="FV/2026/11/000123" if kind == "document" else "Anna Przykładowa, anna@poczta.example",
            payer_code="" if kind.startswith("application") else "100001",
            reason="550 5.1.1 <anna@poczta.example>: Recipient address rejected: User unknown in virtual mailbox table",
            failed_at=NOW,
        )
        for kind, word in KINDS.items()
    ]
    long = "bardzo-dlugi-adres-bez-odstepow" * 5
    rows.append(replace(rows[0], about=f"{long}@poczta.example", reason=f"552 5.2.2 https://poczta.example/{long}"))
    away = Message("error", visit.translate(NOT_DONE), visit.translate(AWAY))
    gone = Message("error", visit.translate(NOT_LISTED), visit.translate(BY_SOMEBODY))
    some = said_of_all(visit, 41, 2, away=False)
    return (
        FailureList((), 0, 1, 1, None),
        *(FailureList(rows, 43, 1, 3, message) for message in (None, away, gone, some)),
        *(DropPage(row, "") for row in (rows[0], rows[-1])),
    )
