"""Settlement: two readings and a tariff become the items of an invoice.

Heat (regulation of 7 April 2020, Dz.U. 2020 item 718; formula in the tariffs): ordered capacity times the monthly
rates, and heat times the rates per GJ. Water (regulation of 27 February 2018, Dz.U. 2018 item 472): m3 of water and of
sewage, and a standing charge a month.

Fixed charges run by calendar month: a reading brings those of each month after the month of the reading before, up to
its own. So two readings in one month never charge a month twice, and none is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from itertools import groupby

from contracts.billing import InvoiceItem
from contracts.message import Medium
from services.billing.money import to_grosz
from services.billing.tariffs import Tariff

_ONE_DAY = timedelta(days=1)
_QUANTITY = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Terms:
    """What of an agreement decides its settlement; `capacity_mw` is the ordered heat capacity."""

    medium: Medium
    capacity_mw: Decimal | None


@dataclass(frozen=True, slots=True)
class Register:
    """A register's value (GJ or m3) on a local day."""

    value: Decimal
    read_on: date


@dataclass(frozen=True, slots=True)
class Settled:
    """The items of an invoice and their sums in PLN; `first` and `last` are the local days settled."""

    first: date
    last: date
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


_PER_MW_MONTH = (
    ("Moc zamówiona", "capacity_pln_mw_month"),
    ("Opłata przesyłowa stała", "network_fixed_pln_mw_month"),
)
_PER_GJ = (("Ciepło", "energy_pln_gj"), ("Opłata przesyłowa zmienna", "network_variable_pln_gj"))
_PER_M3 = (("Woda", "water_pln_m3"), ("Ścieki", "sewage_pln_m3"))
_PER_MONTH = (("Opłata abonamentowa", "standing_pln_month"),)


def settle(terms: Terms, previous: Register, current: Register, tariff: Tariff, vat_percent: Decimal) -> Settled:
    """Settle what was used after `previous` up to and including `current`.

    Raises ValueError when `current` is not after `previous` or is lower.
    """
    if current.read_on <= previous.read_on or current.value < previous.value:
        raise ValueError("the second reading must be later and not lower")
    first, last = previous.read_on + _ONE_DAY, current.read_on
    charges = [*_variable(terms, previous, current, tariff), *_fixed(terms, previous.read_on, last, tariff)]
    items = _with_vat(charges, vat_percent)
    net = sum((item.net for item in items), Decimal(0))
    vat = sum((item.vat for item in items), Decimal(0))
    return Settled(first, last, items, net, vat, net + vat)


def months_charged(previous: date, current: date) -> Sequence[date]:
    """The first days of the months whose fixed charges a reading on `current` brings."""
    count = (current.year - previous.year) * 12 + current.month - previous.month
    first = previous.year * 12 + previous.month  # months since year 0, of the month after `previous`
    return [date((first + n) // 12, (first + n) % 12 + 1, 1) for n in range(count)]


def split_by_days(quantity: Decimal, days: Sequence[int]) -> Sequence[Decimal]:
    """`quantity` shared out in proportion to `days`, to three decimals; what rounding leaves is in the last part."""
    total = sum(days)
    parts = [(quantity * part / total).quantize(_QUANTITY, ROUND_DOWN) for part in days[:-1]]
    return [*parts, quantity - sum(parts, Decimal(0))]


def _variable(terms: Terms, previous: Register, current: Register, tariff: Tariff) -> Iterator[_Charge]:
    first, last = previous.read_on + _ONE_DAY, current.read_on
    starts = [first, *tariff.changes(first, last)]
    ends = [*(start - _ONE_DAY for start in starts[1:]), last]
    days = [(end - start).days + 1 for start, end in zip(starts, ends, strict=True)]
    parts = list(zip(starts, split_by_days(current.value - previous.value, days), strict=True))
    names, unit = (_PER_GJ, "GJ") if terms.medium == "heat" else (_PER_M3, "m3")
    for name, price_name in names:
        for start, quantity in parts:
            price = tariff.on(start).get(price_name)
            if price is not None:
                yield _Charge(name, unit, quantity, price)


def _fixed(terms: Terms, previous: date, current: date, tariff: Tariff) -> Iterator[_Charge]:
    months = months_charged(previous, current)
    names, unit = (_PER_MW_MONTH, "MW") if terms.medium == "heat" else (_PER_MONTH, "month")
    for name, price_name in names:
        prices = [price for price in (tariff.on(month).get(price_name) for month in months) if price is not None]
        for price, same in groupby(prices):
            count = Decimal(len(list(same)))
            if terms.medium == "heat":
                # One month is the rule; several are told in the name, because the quantity is the capacity.
                text = name if count == 1 else f"{name} × {count} mies."
                yield _Charge(text, unit, terms.capacity_mw or Decimal(0), price * count)
            else:
                yield _Charge(name, unit, count, price)


def _with_vat(charges: Sequence[_Charge], percent: Decimal) -> tuple[InvoiceItem, ...]:
    """Items with VAT. The tax is that of the sum of nets, rounded once (VAT Act art. 106e); each item shows its own
    share, and the grosze by which the shares miss the sum are shown in the largest item."""
    nets = [to_grosz(charge.quantity * charge.price) for charge in charges]
    shares = [to_grosz(net * percent / 100) for net in nets]
    missing = to_grosz(sum(nets, Decimal(0)) * percent / 100) - sum(shares, Decimal(0))
    if nets:
        largest = max(range(len(nets)), key=nets.__getitem__)
        shares[largest] += missing
    return tuple(
        InvoiceItem(
            name=charge.name,
            quantity=charge.quantity,
            unit=charge.unit,
            unit_price=charge.price,
            net=net,
            vat_rate=percent,
            vat=vat,
            gross=net + vat,
        )
        for charge, net, vat in zip(charges, nets, shares, strict=True)
    )
