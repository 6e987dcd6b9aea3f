"""Invoices, their documents, and what is left to pay of each."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.bounds import Said
from contracts.kinds import Open
from contracts.message import Event, Medium, Request, Value

InvoiceKind = Literal["invoice"]
"""What a document of sale is. Open: its amounts say by themselves what it does to the debt."""


class InvoiceItem(Value):
    """A line of an invoice. Money in PLN, quantities in `unit`."""

    name: str = Field(description="What it is for, in Polish, as it stands on the invoice.")
    quantity: Decimal = Field(description="How many of `unit`.")
    unit: str = Field(description="GJ, m3, MW, month…")
    unit_price: Decimal = Field(description="Net price of one unit in PLN.")
    net: Decimal = Field(description="PLN without VAT, rounded to the grosz.")
    vat_rate: Decimal = Field(description="Percent, such as 23.")
    vat: Decimal = Field(description="PLN.")
    gross: Decimal = Field(description="PLN with VAT: `net` + `vat`.")


class InvoiceBuyer(Value):
    """Who bought, as it stands on the invoice (Act on VAT art. 106e): later changes of the party do not change it."""

    name: str = Field(description="Name of a person or a firm.")
    nip: str | None = Field(default=None, description="Tax number, ten digits; only firms have one.")
    street: str = Field(description="Street and number.")
    postal_code: str = Field(description="Such as 87-800.")
    city: str = Field(description="Town.")


class InvoiceIssued(Event):
    """An invoice went out. It never changes afterwards; what is paid of it tells `billing.invoice.balance_changed`."""

    message_type: ClassVar[str] = "billing.invoice.issued.v1"
    about: ClassVar[str] = "invoice_id"
    example: ClassVar[dict[str, Any]] = {
        "invoice_id": "0198c0de-0000-7000-8000-000000000003",
        "number": "FV/2026/11/000123",
        "kind": "invoice",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "agreement_id": "0198c0de-0000-7000-8000-000000000002",
        "agreement_number": "UC/2019/0123",
        "service_point": "PP-000123",
        "medium": "heat",
        "reading_id": "0198c0de-0000-7000-8000-000000000005",
        "issued_on": "2026-11-22",
        "due_on": "2026-12-06",
        "period_from": "2026-11-01",
        "period_to": "2026-11-22",
        "description": "Ciepło, 01.11.2026 – 22.11.2026",
        "items": [
            {
                "name": "Ciepło",
                "quantity": "60.000",
                "unit": "GJ",
                "unit_price": "91.07",
                "net": "5464.20",
                "vat_rate": "23",
                "vat": "1256.77",
                "gross": "6720.97",
            }
        ],
        "net": "5464.20",
        "vat": "1256.77",
        "gross": "6720.97",
        "e_invoice": True,
        "buyer": {
            "name": "Anna Przykładowa",
            "street": "ul. Płocka 20",
            "postal_code": "99-950",
            "city": "Wierzbogród",
        },
        "version": 1,
    }

    invoice_id: UUID = Field(description="The invoice.")
    number: Said = Field(description="As it stands on the paper, such as FV/2026/11/000123.")
    kind: Open[InvoiceKind] = Field(description="What the document is.")
    party_id: UUID = Field(description="The party (odbiorca), as `billing.party.recorded` tells it.")
    agreement_id: UUID = Field(description="The agreement, as `billing.agreement.recorded` tells it.")
    agreement_number: Said = Field(description="Number of the agreement (umowa), as people know it.")
    service_point: str = Field(description="Code of the service point (punkt poboru).")
    medium: Open[Medium] = Field(description="What is supplied; `water` includes sewage.")
    reading_id: UUID | None = Field(default=None, description="The reading that this invoice settles, if any.")
    issued_on: date = Field(description="Local date.")
    due_on: date = Field(description="Last local day to pay in time.")
    period_from: date = Field(description="First local day settled.")
    period_to: date = Field(description="Last local day settled.")
    description: str = Field(description="What it is for and the days settled, in Polish.")
    items: tuple[InvoiceItem, ...] = Field(max_length=500, description="Lines of the invoice, in its order.")
    net: Decimal = Field(description="PLN: sum of the items.")
    vat: Decimal = Field(description="PLN: sum of the items.")
    gross: Decimal = Field(description="PLN: sum of the items.")
    e_invoice: bool = Field(description="Whether a PDF follows as `billing.invoice.document_stored`.")
    buyer: InvoiceBuyer | None = Field(
        default=None, description="None where it was not told yet: then the party's data stand."
    )


class InvoiceDocumentStored(Event):
    """The PDF of an e-invoice lies in the object store. Carries what a "new bill" message needs."""

    message_type: ClassVar[str] = "billing.invoice.document_stored.v1"
    about: ClassVar[str] = "invoice_id"
    example: ClassVar[dict[str, Any]] = {
        "invoice_id": "0198c0de-0000-7000-8000-000000000003",
        "number": "FV/2026/11/000123",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "issued_on": "2026-11-22",
        "due_on": "2026-12-06",
        "description": "Ciepło, 01.11.2026 – 22.11.2026",
        "gross": "6720.97",
        "left": "6720.97",
        "transfer_title": "FV/2026/11/000123, kod płatnika 100001",
        "key": "invoices/2026/11/0198c0de-0000-7000-8000-000000000003.pdf",
        "size": 24576,
        "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "version": 1,
    }

    invoice_id: UUID = Field(description="The invoice, as `billing.invoice.issued` tells it.")
    number: Said = Field(description="Number of the invoice.")
    party_id: UUID = Field(description="The party (odbiorca), as `billing.party.recorded` tells it.")
    issued_on: date = Field(description="Local date.")
    due_on: date = Field(description="Last local day to pay in time.")
    description: str = Field(description="What the invoice is for, in Polish.")
    gross: Decimal = Field(description="PLN with VAT.")
    left: Decimal | None = Field(
        default=None,
        description="What the PDF asks for: less than gross where an overpayment had paid a part of it. PLN.",
    )
    transfer_title: str | None = Field(
        default=None, description="The title that the PDF asks the transfer to have; in Polish, as it goes to a bank."
    )
    key: str = Field(description="Address of the file within the object store.")
    size: int = Field(description="Bytes.")
    sha256: str = Field(description="Hexadecimal digest of the file.")


class InvoiceDocumentFailed(Event):
    """The PDF of an e-invoice cannot be made, and is not tried again until somebody asks for it."""

    message_type: ClassVar[str] = "billing.invoice.document_failed.v1"
    about: ClassVar[str] = "invoice_id"
    example: ClassVar[dict[str, Any]] = {
        "invoice_id": "0198c0de-0000-7000-8000-000000000003",
        "number": "FV/2026/11/000123",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "reason": "the invoice has no items",
        "failed_at": "2026-11-22T11:45:00Z",
        "version": 1,
    }

    invoice_id: UUID = Field(description="The invoice, as `billing.invoice.issued` tells it.")
    number: Said = Field(description="Number of the invoice.")
    party_id: UUID = Field(description="The party (odbiorca), as `billing.party.recorded` tells it.")
    reason: str = Field(description="What the program said, for clerks.")
    failed_at: datetime = Field(description="UTC.")


class InvoiceDocumentRetried(Event):
    """The PDF of an e-invoice, which could not be made, is being made again."""

    message_type: ClassVar[str] = "billing.invoice.document_retried.v1"
    about: ClassVar[str] = "invoice_id"
    example: ClassVar[dict[str, Any]] = {
        "invoice_id": "0198c0de-0000-7000-8000-000000000003",
        "retried_at": "2026-11-22T12:10:00Z",
        "version": 2,
    }

    invoice_id: UUID = Field(description="The invoice, as `billing.invoice.issued` tells it.")
    retried_at: datetime = Field(description="UTC.")


class RetryInvoiceDocument(Request):
    """Make a PDF again that could not be made. Refused with `not_failed`."""

    message_type: ClassVar[str] = "billing.invoice.retry_document.v1"
    causes: ClassVar[tuple[type[Event], ...]] = (InvoiceDocumentRetried,)
    example: ClassVar[dict[str, Any]] = {"invoice_id": "0198c0de-0000-7000-8000-000000000003"}

    invoice_id: UUID = Field(description="The invoice, as `billing.invoice.issued` tells it.")


class InvoiceEstimate(Value):
    """What an invoice would come to that is not issued."""

    gross: Decimal | None = Field(
        default=None,
        description="PLN with VAT; 0.00 when no invoice follows as nothing is to be paid, and none when no invoice "
        "follows as the settlement begins with this reading.",
    )


class EstimateInvoice(Request):
    """What would the invoice come to that settles this reading? Nothing is stored. Refused with `no_estimate`.

    The reading before is given along, because billing keeps readings only with their invoices.
    """

    message_type: ClassVar[str] = "billing.invoice.estimate.v1"
    answer: ClassVar[type[Value] | None] = InvoiceEstimate
    example: ClassVar[dict[str, Any]] = {
        "service_point": "PP-000123",
        "medium": "heat",
        "value": "205.101",
        "read_on": "2026-11-22",
        "previous_value": "201.001",
        "previous_read_on": "2026-10-31",
    }

    service_point: str = Field(description="Code of the service point (punkt poboru).")
    medium: Open[Medium] = Field(description="What is supplied; `water` includes sewage.")
    value: Decimal = Field(description="Cumulative register in the meter's unit.")
    read_on: date = Field(description="Local date.")
    previous_value: Decimal = Field(description="Cumulative register in the meter's unit.")
    previous_read_on: date = Field(description="Local date.")


class InvoiceBalanceChanged(Event):
    """What is paid, left to pay and due in interest on an invoice, in PLN. Carries the whole state."""

    message_type: ClassVar[str] = "billing.invoice.balance_changed.v1"
    about: ClassVar[str] = "invoice_id"
    example: ClassVar[dict[str, Any]] = {
        "invoice_id": "0198c0de-0000-7000-8000-000000000003",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "paid": "100.00",
        "left": "6620.97",
        "interest": "0.00",
        "as_of": "2026-11-22",
        "version": 2,
    }

    invoice_id: UUID = Field(description="The invoice, as `billing.invoice.issued` tells it.")
    party_id: UUID = Field(description="The party (odbiorca), as `billing.party.recorded` tells it.")
    paid: Decimal = Field(description="PLN paid so far.")
    left: Decimal = Field(description="PLN still to pay, without interest.")
    interest: Decimal = Field(description="Statutory late-payment interest accrued up to `as_of`.")
    as_of: date = Field(description="Local day that `interest` is reckoned to.")
    paid_on: date | None = Field(
        default=None,
        description="Local day of the credit that left nothing to pay; before the issue where it was paid ahead.",
    )
