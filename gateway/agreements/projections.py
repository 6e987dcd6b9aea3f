"""Parties and agreements as billing tells them."""

from contracts.billing import AgreementRecorded, PartyRecorded
from gateway.agreements import tables
from gateway.read_model.projecting import Projects, Source

PROJECTIONS = (
    Projects(
        tables.party,
        Source(
            PartyRecorded,
            {"street": "address.street", "postal_code": "address.postal_code", "city": "address.city"},
        ),
    ),
    Projects(tables.agreement, Source(AgreementRecorded)),
)
