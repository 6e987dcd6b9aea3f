"""What a utility supplies a party with, in tests: agreements, meters, readings and invoices, as rows and as events."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from contracts.billing import AgreementRecorded, InvoiceIssued
from contracts.metering import MeterRecorded, ReadingAccepted
from services.chassis.ids import stable_id
from tests.support.parties import Party

TARIFFS = Path(__file__).parents[2] / "deploy" / "demo" / "tariffs.json"
"""The real tariffs that the demo utility uses too."""

WATER_TARIFF = {
    "code": "swietajno",
    "utility": "ZGK Świętajno",
    "medium": "water",
    "vat": "8",
    "valid_from": "2024-01-01",
    "source": "zgkswietajno.pl",
    "groups": {"all": {"water_pln_m3": "2.47", "sewage_pln_m3": "7.94", "standing_pln_month": "3.00"}},
}
"""A row of the tariffs' file: what `TARIFFS` has for water, before its first change of prices."""

WATER = {"medium": "water", "unit": "m3"}
"""What a reading says of itself at a water meter."""

_TERMS = {
    "heat": {"tariff": "ekoterm", "tariff_group": "A1", "capacity_mw": "0.1"},
    "water": {"tariff": "swietajno", "tariff_group": "all", "capacity_mw": ""},
}
_UNITS = {"heat": "GJ", "water": "m3"}


def agreement_row(
    party: Party, number: str, service_point: str, billed_from: date | str, *, medium: str = "water", **changes: object
) -> dict[str, object]:
    """A row of the agreements' file, by one of the demo's tariffs."""
    supplied = {"number": number, "party_code": party.code, "medium": medium, "service_point": service_point}
    dates = {"signed_on": "2019-03-01", "billed_from": billed_from, "e_invoice": "tak"}
    return {**supplied, **_TERMS[medium], **dates, **changes}


def agreement_recorded(party_id: UUID, number: str, **changes: object) -> AgreementRecorded:
    """What billing tells of an agreement."""
    own = {"agreement_id": stable_id("agreement", number), "number": number, "party_id": party_id, "version": 1}
    return AgreementRecorded.model_validate(AgreementRecorded.example | own | changes)


def meter_row(number: str, service_point: str, *, medium: str = "water", **changes: object) -> dict[str, object]:
    """A row of the meters' file."""
    place = {"street": "Źródlana 3", "postal_code": "87-800", "city": "Włocławek"}
    dates = {"installed_on": "2019-03-01", "legalized_until": "2030-12-31"}
    own = {"number": number, "service_point": service_point, "medium": medium, "unit": _UNITS[medium]}
    return {**own, **place, **dates, **changes}


def meter_recorded(number: str, service_point: str, *, medium: str = "water", **changes: object) -> MeterRecorded:
    """What metering tells of a meter."""
    own = {"meter_id": stable_id("meter", number), "number": number, "service_point": service_point, "medium": medium}
    return MeterRecorded.model_validate(MeterRecorded.example | own | {"unit": _UNITS[medium]} | changes)


def reading_row(meter: str, read_on: date, register: Decimal | str, *, source: str = "actual") -> dict[str, object]:
    """A row of the readings' file."""
    return {"meter_number": meter, "read_on": read_on, "register": register, "source": source}


def reading_accepted(
    meter: str, read_on: date, value: Decimal | int, previous: tuple[date, Decimal | int] | None, **changes: object
) -> ReadingAccepted:
    """What metering tells of a reading; `previous` is the one before, its day and value."""
    before = {"previous_read_on": previous and previous[0], "previous_value": previous and previous[1]}
    own = {"reading_id": stable_id("reading", meter, read_on.isoformat()), "meter_id": stable_id("meter", meter)}
    seen = {"meter_number": meter, "value": value, "read_on": read_on}
    return ReadingAccepted.model_validate(ReadingAccepted.example | own | seen | before | changes)


def invoice_issued(party_id: UUID, number: str, **changes: object) -> InvoiceIssued:
    """What billing tells of an invoice."""
    own = {"invoice_id": stable_id("invoice", number), "number": number, "party_id": party_id}
    return InvoiceIssued.model_validate(InvoiceIssued.example | own | changes)
