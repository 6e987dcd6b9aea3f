"""Settlement: two readings and a tariff become the lines of an invoice.

Heat (regulation of 7 April 2020, Dz.U. 2020 item 718; formula in the tariffs): ordered capacity times the monthly
rates, and heat times the rates per GJ. Water (regulation of 27 February 2018, Dz.U. 2018 item 472): m3 of water and of
sewage, and a standing charge a month.

Fixed charges run by calendar month: a reading brings those of each month after the month of the reading before, up to
its own. So two readings in one month never charge a month twice, and none is left out. What was used is shared out by
days where a price changes in between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from itertools import groupby

from contracts.billing import InvoiceItem
from contracts.message import Medium
from services.billing.money import shared, to_grosz
from services.billing.tariffs import Tariff
from services.chassis.profile import VatRate

_ONE_DAY = timedelta(days=1)
_PRECISION = Decimal("0.001")

_PER_MW_MONTH = ("Moc zamówiona", "capacity_pln_mw_month"), ("Opłata przesyłowa stała", "network_fixed_pln_mw_month")
_PER_GJ = ("Ciepło", "energy_pln_gj"), ("Opłata przesyłowa zmienna", "network_variable_pln_gj")
_PER_M3 = ("Woda", "water_pln_m3"), ("Ścieki", "sewage_pln_m3")
_PER_MONTH = (("Opłata abonamentowa", "standing_pln_month"),)
_NAMES: dict[Medium, str] = {"heat": "Ciepło", "water": "Woda i ścieki"}


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """What of an agreement decides its settlement; `capacity_mw` is the contracted heat capacity."""

    medium: Medium
    tariff_group: str
    capacity_mw: Decimal | None


@dataclass(frozen=True, slots=True)
class RegisterValue:
    """A cumulative register (GJ or m3) on a local day."""

    read_on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """An invoice without number and dates of its own. Money in PLN, days local and both included."""

    period_from: date
    period_to: date
    description: str
    items: tuple[InvoiceItem, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class _Charge:
    name: str
    unit: str
    quantity: Decimal
    price: Decimal


def settle(
    terms: AgreementTerms, previous: RegisterValue, current: RegisterValue, tariff: Tariff, vat: Sequence[VatRate]
) -> InvoiceDraft:
    """Settle what was used after `previous` up to and including `current`.

    The net sum is rounded once and the tax is that of the net sum (VAT Act art. 106e); each line shows its share, so
    the columns add up. Raises `NoPrice` where the tariff has none; ValueError when the register runs backwards, a heat
    agreement lacks its capacity, or `vat` has no rate.
    """
    if current.read_on <= previous.read_on or current.value < previous.value:
        raise ValueError(f"the register runs backwards from {previous} to {current}")
    first, last = previous.read_on + _ONE_DAY, current.read_on
    percent = vat_rate(vat, terms.medium, last)
    used = current.value - previous.value
    fixed = _fixed(terms, months_settled(previous.read_on, last), tariff)
    charges = _ordered([*_variable(terms, first, last, used, tariff), *fixed], terms.medium)
    items = _items(charges, percent)
    net = sum((item.net for item in items), Decimal(0))
    tax = sum((item.vat for item in items), Decimal(0))
    description = f"{_NAMES[terms.medium]}, {first:%d.%m.%Y} – {last:%d.%m.%Y}"
    return InvoiceDraft(first, last, description, items, net, tax, net + tax)


def months_settled(previous: date, current: date) -> list[date]:
    """The first days of the months whose fixed charges a reading on `current` brings."""
    begin = previous.year * 12 + previous.month  # counted from 0, so this is the month after `previous`
    end = current.year * 12 + current.month
    return [date(month // 12, month % 12 + 1, 1) for month in range(begin, end)]


def split_by_days(quantity: Decimal, days: Sequence[int]) -> list[Decimal]:
    """`quantity` shared out by `days`, to three decimals; what rounding leaves is in the last part."""
    total = sum(days)
    ends = [sum(days[: at + 1]) for at in range(len(days))]
    upto = [(quantity * end / total).quantize(_PRECISION, ROUND_DOWN) for end in ends[:-1]] + [quantity]
    return [later - before for before, later in zip([Decimal(0), *upto], upto, strict=False)]


def vat_rate(rates: Sequence[VatRate], medium: Medium, day: date) -> Decimal:
    """The VAT rate in percent of `medium` on `day`. Raises ValueError when there is none."""
    valid = [rate for rate in rates if rate.medium == medium and rate.valid_from <= day]
    if not valid:
        raise ValueError(f"there is no VAT rate of {medium} on {day}")
    return max(valid, key=lambda rate: rate.valid_from).percent


def _variable(
    terms: AgreementTerms, first: date, last: date, used: Decimal, tariff: Tariff
) -> Iterator[_Charge]:
    names, unit = (_PER_GJ, "GJ") if terms.medium == "heat" else (_PER_M3, "m3")
    for name, price_name in names:
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        prices = [(price, len(list(same))) for price, same in groupby(_each(terms, tariff, price_name, days))]
        parts = split_by_days(used, [count for _, count in prices])
        for (price, _), quantity in zip(prices, parts, strict=True):
            if price is not None:
                yield _Charge(name, unit, quantity, price)


def _fixed(terms: AgreementTerms, months: Sequence[date], tariff: Tariff) -> Iterator[_Charge]:
    if terms.medium == "heat":
        if terms.capacity_mw is None:
            raise ValueError("the agreement lacks the contracted capacity (capacity_mw)")
        names, unit, each = _PER_MW_MONTH, "MW·month", terms.capacity_mw
    else:
        names, unit, each = _PER_MONTH, "month", Decimal(1)
    for name, price_name in names:
        for price, same in groupby(_each(terms, tariff, price_name, months)):
            if price is not None:
                yield _Charge(name, unit, each * len(list(same)), price)


def _each(
    terms: AgreementTerms, tariff: Tariff, price_name: str, days: Sequence[date]
) -> Iterator[Decimal | None]:
    """The price called `price_name` on each of `days`, None where the group has no such charge."""
    for day in days:
        yield tariff.prices(terms.tariff_group, day).get(price_name)


def _ordered(charges: Sequence[_Charge], medium: Medium) -> list[_Charge]:
    """Heat invoices list the capacity first, as the tariffs do."""
    names = [name for pair in zip(_PER_MW_MONTH, _PER_GJ, strict=True) for name, _ in pair]
    return sorted(charges, key=lambda charge: names.index(charge.name)) if medium == "heat" else list(charges)


def _items(charges: Sequence[_Charge], percent: Decimal) -> tuple[InvoiceItem, ...]:
    exact = [charge.quantity * charge.price for charge in charges]
    net = to_grosz(sum(exact, Decimal(0)))
    nets = shared(net, exact)
    taxes = shared(to_grosz(net * percent / 100), [part * percent / 100 for part in nets])
    return tuple(
        InvoiceItem(
            name=charge.name,
            quantity=charge.quantity,
            unit=charge.unit,
            unit_price=charge.price,
            net=part,
            vat_rate=percent,
            vat=tax,
            gross=part + tax,
        )
        for charge, part, tax in zip(charges, nets, taxes, strict=True)
    )
