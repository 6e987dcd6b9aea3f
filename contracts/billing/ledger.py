"""The ledger: who owes what."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.kinds import Open
from contracts.message import Event

EntryKind = Literal["charge", "payment"]
"""Why an entry was made. Open: the amount's sign says by itself what it does to the debt."""


class LedgerPosted(Event):
    """An entry was added to a party's account in the append-only ledger; `version` is its number in that account."""

    message_type: ClassVar[str] = "billing.ledger.posted.v1"
    about: ClassVar[str] = "party_id"
    example: ClassVar[dict[str, Any]] = {
        "entry_id": "0198c0de-0000-7000-8000-000000000004",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "kind": "charge",
        "amount": "6720.97",
        "balance": "6720.97",
        "posted_on": "2026-11-22",
        "description": "FV/2026/11/000123",
        "invoice_id": "0198c0de-0000-7000-8000-000000000003",
        "version": 1,
    }

    entry_id: UUID = Field(description="The entry.")
    party_id: UUID = Field(description="The party (odbiorca), as `billing.party.recorded` tells it.")
    kind: Open[EntryKind] = Field(description="Why the entry was made.")
    amount: Decimal = Field(description="PLN; positive is owed by the party, negative is paid by it.")
    balance: Decimal = Field(description="Sum of the party's entries up to and including this one; positive is owed.")
    posted_on: date = Field(description="Local date.")
    description: str = Field(description="What it is for: an invoice's number or a transfer's title.")
    invoice_id: UUID | None = Field(default=None, description="The invoice charged or paid; None where none is named.")
