"""Settlement (rozliczenie): two readings, an agreement and a tariff make the items of an invoice.

Heat: contracted capacity times the monthly rates, and heat times the rates per GJ (regulation of 7 April 2020, Dz.U.
2020 item 718). Water: m3 of water and of sewage, and a standing charge a month (regulation of 27 February 2018, Dz.U.
2018 item 472). Pure rules; money is net PLN until VAT is added, and nothing is rounded before the sums are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise
from typing import Literal

from contracts.billing import InvoiceItem
from contracts.message import Medium
from services.billing.invoicing.money import shared, to_grosz
from services.billing.profile import VatRate
from services.billing.tariffs.tariffs import Tariff

REGISTER_STEP = Decimal("0.001")
"""What a register shows at least: a thousandth of a GJ, a litre of water."""

Basis = Literal["consumption", "month", "capacity"]
"""What a price is multiplied by: the register's difference, calendar months, or MW in calendar months."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Charge:
    """A line that a medium's invoices have: `price` names it in the tariff, `unit` is that of the quantity."""

    name: str
    price: str
    basis: Basis
    unit: str


CHARGES: dict[Medium, tuple[Charge, ...]] = {
    "heat": (
        Charge("Moc zamówiona", "capacity_pln_mw_month", "capacity", "MW·month"),
        Charge("Ciepło", "energy_pln_gj", "consumption", "GJ"),
        Charge("Opłata przesyłowa stała", "network_fixed_pln_mw_month", "capacity", "MW·month"),
        Charge("Opłata przesyłowa zmienna", "network_variable_pln_gj", "consumption", "GJ"),
    ),
    "water": (
        Charge("Woda", "water_pln_m3", "consumption", "m3"),
        Charge("Ścieki", "sewage_pln_m3", "consumption", "m3"),
        Charge("Opłata abonamentowa", "standing_pln_month", "month", "month"),
    ),
}
"""The charges of published tariffs; one whose price a tariff group does not have is left out. The heat carrier
(`carrier_pln_m3`) has no line: its volume is not metered yet."""

UNSETTLED_PRICES: dict[Medium, frozenset[str]] = {"heat": frozenset({"carrier_pln_m3"}), "water": frozenset()}
"""Prices that tariffs publish and no charge uses."""

TITLES: dict[Medium, str] = {"heat": "Ciepło", "water": "Woda i ścieki"}


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """What of an agreement decides the price."""

    medium: Medium
    tariff_group: str
    capacity_mw: Decimal | None


@dataclass(frozen=True, slots=True)
class RegisterValue:
    """A cumulative register, in GJ or m3, at the end of a local day."""

    read_on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """What an invoice will say; its number and days are not known yet. Money in PLN; the columns of `items` add up."""

    period_from: date
    period_to: date
    description: str
    items: tuple[InvoiceItem, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal


def first_day_after(previous: date) -> date:
    """The first day that is settled after the reading of `previous`, which stands for the end of its day."""
    return previous + _DAY


def settle(
    agreement: AgreementTerms,
    previous: RegisterValue,
    current: RegisterValue,
    tariff: Tariff,
    vat_rates: Sequence[VatRate],
) -> InvoiceDraft:
    """The invoice for what was used after the day of `previous` up to and including that of `current`.

    Fixed charges are counted for each calendar month after that of `previous` up to and including that of `current`, at
    the prices of the month's first day; so two readings in a month never charge it twice, and none is left out.
    Consumption is split by days where a price changes. All is taxed at the VAT rate of the last day. The net sum is
    rounded once, and so is the VAT on it (VAT Act art. 106e ust. 1 pkt 13-14 and ust. 11); the items' amounts are
    shares of the sums. Raises `NoPrice`, or `ValueError` when the readings run backwards, the agreement lacks its
    capacity, or no VAT rate is known.
    """
    if current.read_on <= previous.read_on or current.value < previous.value:
        raise ValueError(f"the register runs backwards between {previous.read_on} and {current.read_on}")
    lines = [
        line for charge in CHARGES[agreement.medium] for line in _lines(charge, agreement, previous, current, tariff)
    ]
    rate = vat_rate(vat_rates, agreement.medium, current.read_on)
    items, net, vat = _priced(lines, rate)
    period_from = first_day_after(previous.read_on)
    return InvoiceDraft(
        period_from=period_from,
        period_to=current.read_on,
        description=f"{TITLES[agreement.medium]}, {period_from:%d.%m.%Y} – {current.read_on:%d.%m.%Y}",
        items=items,
        net=net,
        vat=vat,
        gross=net + vat,
    )


def vat_rate(rates: Sequence[VatRate], medium: Medium, on: date) -> Decimal:
    """VAT in percent on a medium on a day. Raises `ValueError` when no rate is known."""
    known = [rate for rate in rates if rate.medium == medium and rate.valid_from <= on]
    if not known:
        raise ValueError(f"the profile has no VAT rate of {medium} on {on}")
    return max(known, key=lambda rate: rate.valid_from).percent


def months_settled(previous: date, current: date) -> list[date]:
    """First days of the calendar months after that of `previous` up to and including that of `current`."""
    count = (current.year - previous.year) * 12 + current.month - previous.month
    first = previous.year * 12 + previous.month  # counted from January of the year 0, it is the month after `previous`
    return [date((first + step) // 12, (first + step) % 12 + 1, 1) for step in range(count)]


def split_by_days(quantity: Decimal, days: Sequence[int]) -> list[Decimal]:
    """Split a register's difference by numbers of days, in steps of the register; the parts add up to the whole.

    Each part ends where the whole, spread evenly, would stand; so the rest is in the last part and none is negative.
    """
    passed = 0
    stands = [Decimal(0)]
    for part in days:
        passed += part
        stands.append((quantity * passed / sum(days)).quantize(REGISTER_STEP, ROUND_HALF_UP))
    stands[-1] = quantity
    return [later - earlier for earlier, later in pairwise(stands)]


@dataclass(frozen=True, slots=True)
class _Line:
    charge: Charge
    quantity: Decimal
    price: Decimal


def _lines(
    charge: Charge, agreement: AgreementTerms, previous: RegisterValue, current: RegisterValue, tariff: Tariff
) -> Iterator[_Line]:
    if charge.basis == "consumption":
        yield from _consumption(charge, agreement.tariff_group, previous, current, tariff)
        return
    months = months_settled(previous.read_on, current.read_on)
    prices = [tariff.prices(agreement.tariff_group, month).get(charge.price) for month in months]
    for price, same in groupby(prices):
        if price is not None:
            yield _Line(charge, _per_month(charge, agreement) * len(list(same)), price)


def _per_month(charge: Charge, agreement: AgreementTerms) -> Decimal:
    if charge.basis == "month":
        return Decimal(1)
    if agreement.capacity_mw is None:
        raise ValueError("the agreement lacks the contracted capacity that its tariff charges for")
    return agreement.capacity_mw


def _consumption(
    charge: Charge, group: str, previous: RegisterValue, current: RegisterValue, tariff: Tariff
) -> Iterator[_Line]:
    first = previous.read_on + _DAY
    starts = [first, *tariff.changes(first, current.read_on)]
    priced = [(tariff.prices(group, start).get(charge.price), start) for start in starts]
    runs = [(price, next(same)[1]) for price, same in groupby(priced, key=lambda pair: pair[0])]
    ends = [*(start for _, start in runs[1:]), current.read_on + _DAY]
    days = [(end - start).days for (_, start), end in zip(runs, ends, strict=True)]
    for (price, _), part in zip(runs, split_by_days(current.value - previous.value, days), strict=True):
        if price is not None:
            yield _Line(charge, part, price)


def _priced(lines: Sequence[_Line], rate: Decimal) -> tuple[tuple[InvoiceItem, ...], Decimal, Decimal]:
    """The items with the sums of net and VAT."""
    exact = [line.quantity * line.price for line in lines]
    net = to_grosz(sum(exact, Decimal(0)))
    nets = shared(net, exact)
    vat = to_grosz(net * rate / 100)
    vats = shared(vat, [part * rate / 100 for part in nets])
    items = tuple(
        InvoiceItem(
            name=line.charge.name,
            quantity=line.quantity,
            unit=line.charge.unit,
            unit_price=line.price,
            net=item_net,
            vat_rate=rate,
            vat=item_vat,
            gross=item_net + item_vat,
        )
        for line, item_net, item_vat in zip(lines, nets, vats, strict=True)
    )
    return items, net, vat
