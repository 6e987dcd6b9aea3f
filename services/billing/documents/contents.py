"""What stands on an invoice's paper: every text that the template shows, by name."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from importlib.resources import files
from itertools import groupby
from typing import Any

from contracts.billing import InvoiceItem
from services.billing.invoicing.invoices import Invoice
from services.chassis import figures
from services.chassis.profile.utility import Utility

_SOURCES = {
    "actual": "odczyt naszego pracownika",
    "customer": "odczyt podany przez odbiorcę",
    "remote": "odczyt zdalny",
    "estimated": "szacunek, bez odczytu",
}
_OTHER_SOURCE = "odczyt z innego źródła"


NOTHING = Decimal("0.00")
"""PLN."""


def template() -> str:
    """What an invoice looks like, in typst."""
    return (files("services.billing.documents") / "invoice.typ").read_text(encoding="utf-8")


def contents(invoice: Invoice, utility: Utility, paid_ahead: Decimal = NOTHING) -> dict[str, Any]:
    """The texts of `invoice` by the names that `invoice.typ` uses, ready to be printed.

    `paid_ahead` is what an overpayment had paid of it when it was issued, in PLN.
    """
    return {
        "number": invoice.number,
        "issued_on": figures.day(invoice.issued_on),
        "issued": [invoice.issued_on.year, invoice.issued_on.month, invoice.issued_on.day],
        "sold_on": figures.day(invoice.period_to),
        "due_on": figures.day(invoice.due_on),
        "period": f"{figures.day(invoice.period_from)} – {figures.day(invoice.period_to)}",
        "description": invoice.description,
        "agreement": invoice.agreement_number,
        "service_point": invoice.service_point,
        "seller": _seller(utility),
        "buyer": _buyer(invoice),
        "items": [_item(item) for item in invoice.items],
        "rates": _rates(invoice.items),
        "net": figures.number(invoice.net),
        "vat": figures.number(invoice.vat),
        "gross": figures.number(invoice.gross),
        "to_pay": figures.money(invoice.gross - paid_ahead),
        "paid_ahead": figures.money(paid_ahead) if paid_ahead else None,
        "transfer_title": transfer_title(invoice),
        "registers": _registers(invoice),
    }


def transfer_title(invoice: Invoice) -> str:
    """What whoever pays writes to the bank: all pay to one account, so it tells whose money it is and for what."""
    return f"{invoice.number}, kod płatnika {invoice.buyer.code}"


def _seller(utility: Utility) -> dict[str, Any]:
    return {
        "name": utility.name.replace("Sp. z o.o.", "Sp.\u00a0z\u00a0o.o."),
        "short_name": utility.short_name,
        "address": list(utility.address),
        "nip": figures.nip(utility.nip),
        "regon": utility.regon,
        "phones": list(utility.phones),
        "email": utility.email,
        "site": utility.website.partition("://")[2].rstrip("/"),
        "account": figures.nrb(utility.bank_account) if utility.bank_account else None,
    }


def _buyer(invoice: Invoice) -> dict[str, Any]:
    buyer = invoice.buyer
    return {
        "code": buyer.code,
        "name": buyer.name,
        "address": [buyer.street, f"{buyer.postal_code} {buyer.city}"],
        "nip": figures.nip(buyer.nip) if buyer.nip else None,
    }


def _item(item: InvoiceItem) -> dict[str, str]:
    return {
        "name": item.name,
        "quantity": figures.short_number(item.quantity),
        "unit": figures.unit(item.unit),
        "unit_price": figures.number(item.unit_price),
        "net": figures.number(item.net),
        "rate": figures.percent(item.vat_rate),
        "vat": figures.number(item.vat),
        "gross": figures.number(item.gross),
    }


def _rates(items: Sequence[InvoiceItem]) -> list[dict[str, str]]:
    """Net, VAT and gross of each VAT rate (VAT Act art. 106e ust. 1 pkt 13-14)."""
    by_rate = groupby(sorted(items, key=lambda item: item.vat_rate), key=lambda item: item.vat_rate)
    return [
        {"rate": figures.percent(rate), **{name: figures.number(total) for name, total in _sums(list(of)).items()}}
        for rate, of in by_rate
    ]


def _sums(items: Sequence[InvoiceItem]) -> dict[str, Decimal]:
    return {name: sum((getattr(item, name) for item in items), Decimal("0.00")) for name in ("net", "vat", "gross")}


def _registers(invoice: Invoice) -> dict[str, str]:
    of = invoice.registers
    return {
        "meter": of.meter_number,
        "unit": figures.unit(of.unit),
        "previous": figures.short_number(Decimal(of.previous_value)),
        "previous_on": figures.day(date.fromisoformat(of.previous_read_on)),
        "current": figures.short_number(Decimal(of.value)),
        "current_on": figures.day(date.fromisoformat(of.read_on)),
        "used": figures.short_number(Decimal(of.value) - Decimal(of.previous_value)),
        "source": _SOURCES.get(of.source, _OTHER_SOURCE),
    }
