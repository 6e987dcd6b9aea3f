"""Makes the demo utility's parties, agreements, meters and readings; the same ones each time.

`python -m deploy.demo.generate [FOLDER]` writes the CSV files; what is fact and what is invented is told in README.md.
"""

import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field, fields
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from deploy.demo import consumption, names

HERE = Path(__file__).parent
OPENING = date(2024, 10, 31)
LATEST = date(2026, 10, 31)
CITY = ("99-950", "Wierzbogród")

_GJ_PER_KWH = Decimal("0.0036")
_YEARS_SHIFTED = 6
_FULL_LOAD_HOURS = 1800
_HEAT_GROUPS = ("S.1.O", "S.1.I", "S.1.G", "S.1.IO")


@dataclass(frozen=True, slots=True)
class Party:
    """A row of parties.csv."""

    code: str
    kind: str
    name: str
    pesel: str
    nip: str
    regon: str
    email: str
    phone: str
    street: str
    postal_code: str
    city: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A row of agreements.csv; the reading on `billed_from` opens the settlement."""

    number: str
    party_code: str
    medium: str
    service_point: str
    tariff: str
    tariff_group: str
    capacity_mw: str
    signed_on: date
    billed_from: date
    e_invoice: str


@dataclass(frozen=True, slots=True)
class Meter:
    """A row of meters.csv."""

    number: str
    service_point: str
    medium: str
    unit: str
    street: str
    postal_code: str
    city: str
    installed_on: date
    legalized_until: date


@dataclass(frozen=True, slots=True)
class Reading:
    """A row of readings.csv; `register` is cumulative, in the meter's unit."""

    meter_number: str
    read_on: date
    register: Decimal
    source: str


@dataclass
class Town:
    """The demo utility's customers; grows by the `add_` methods, each drawing from its party's own dice."""

    parties: list[Party] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    meters: list[Meter] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    def add_party(
        self, kind: str, name: str, street: str, *, woman: bool = False, email: str = ""
    ) -> tuple[Party, Random]:
        """A party with the next code, and its dice."""
        serial = len(self.parties) + 1
        draw = dice(f"party {serial}")
        private = kind == "household"
        party = Party(
            code=f"{100000 + serial}",
            kind=kind,
            name=name,
            pesel=names.fictitious_pesel(draw, woman) if private else "",
            nip="" if private else names.fictitious_nip(serial),
            regon="" if private else names.fictitious_regon(serial),
            email=email,
            phone=names.telephone(serial),
            street=street,
            postal_code=CITY[0],
            city=CITY[1],
        )
        self.parties.append(party)
        return party, draw

    def add_heat(self, party: Party, draw: Random, yearly_gj: float, *, e_invoice: bool) -> None:
        """A heat agreement with a meter read each month."""
        days = list(consumption.month_ends(OPENING, LATEST))
        opening = Decimal(draw.randrange(20_000, 400_000)).scaleb(-3)
        registers = accumulate(consumption.heat(draw, yearly_gj, days[1:]), initial=opening)
        capacity = Decimal(yearly_gj / 3.6 / _FULL_LOAD_HOURS).quantize(Decimal("0.001"), ROUND_HALF_UP)
        number = f"{66_000_000 + len(self.meters) * 137}"
        source = "actual" if party.kind == "household" else "remote"
        self._supply(party, draw, "heat", number, ("tarnow", draw.choice(_HEAT_GROUPS)), capacity, e_invoice=e_invoice)
        self.readings += [Reading(number, day, register, source) for day, register in zip(days, registers, strict=True)]

    def add_real_heat(self, party: Party, draw: Random, *, e_invoice: bool) -> None:
        """The heat agreement of the real meter 660."""
        self._supply(party, draw, "heat", "660", ("ekoterm", "A1"), Decimal("0.009"), e_invoice=e_invoice)
        self.readings += [Reading("660", day, register, "remote") for day, register in real_month_ends()]

    def add_water(
        self,
        party: Party,
        draw: Random,
        monthly_m3: float,
        *,
        months: int,
        e_invoice: bool,
        billed_from: date = OPENING,
    ) -> None:
        """A water (and sewage) agreement whose meter is read every `months` months."""
        days = list(consumption.month_ends(billed_from, LATEST, months))
        at_home = party.kind == "household"
        used = consumption.water(draw, monthly_m3, days[1:], garden=at_home, months=months)
        used = _with_oddity(party, days[1:], used)
        registers = list(accumulate(used, initial=Decimal(draw.randrange(40_000, 900_000)).scaleb(-3)))
        if at_home:  # a mechanical meter, read in whole cubic metres
            registers = [register.quantize(Decimal(1), ROUND_DOWN) for register in registers]
        if months == 2 and draw.random() < 0.35:  # has not told the last reading yet
            days, registers = days[:-1], registers[:-1]
        number = f"{21_000_000 + len(self.meters) * 211}"
        self._supply(
            party, draw, "water", number, ("swietajno", "all"), None, e_invoice=e_invoice, billed_from=billed_from
        )
        for day, register in zip(days, registers, strict=True):
            source = _read_by(draw) if at_home and day > billed_from else "actual" if at_home else "remote"
            self.readings.append(Reading(number, day, register, source))

    def _supply(
        self,
        party: Party,
        draw: Random,
        medium: str,
        meter_number: str,
        tariff: tuple[str, str],
        capacity: Decimal | None,
        *,
        e_invoice: bool,
        billed_from: date = OPENING,
    ) -> None:
        letter, first = ("C", 123) if medium == "heat" else ("W", 456)
        serial = first + sum(agreement.medium == medium for agreement in self.agreements)
        point = f"P{letter}-{serial:06}"
        signed = (
            date(2019, 3, 1) if len(self.parties) == 1 else date(draw.randrange(2012, 2024), draw.randrange(1, 13), 5)
        )
        if billed_from > OPENING:
            signed = billed_from - timedelta(days=draw.randrange(5, 20))
        installed = date(draw.randrange(2022, 2025), draw.randrange(1, 10), draw.randrange(1, 29))
        number = f"U{letter}/{signed.year}/{serial:04}"
        self.agreements.append(
            Agreement(
                number,
                party.code,
                medium,
                point,
                *tariff,
                "" if capacity is None else str(capacity),
                signed,
                billed_from,
                "true" if e_invoice else "false",
            )
        )
        unit = "GJ" if medium == "heat" else "m3"
        expiry = date(installed.year + 5, 12, 31)
        self.meters.append(
            Meter(meter_number, point, medium, unit, party.street, party.postal_code, party.city, installed, expiry)
        )


def dice(subject: str) -> Random:
    """Own dice for each subject, so that a change to one leaves the others as they were."""
    return Random(f"Wierzbogród, {subject}")  # noqa: S311 (deals customers, not secrets)


def _read_by(draw: Random) -> str:
    chance = draw.random()
    return "estimated" if chance < 0.03 else "customer" if chance < 0.3 else "actual"


def _with_oddity(party: Party, days: Sequence[date], used: Sequence[Decimal]) -> list[Decimal]:
    """A burst pipe at 100070 in the summer of 2026; 100071 is a holiday house, empty from October to April."""
    if party.code == "100070":
        return [m3 * 9 if day == date(2026, 8, 31) else m3 for day, m3 in zip(days, used, strict=True)]
    if party.code == "100071":
        return [Decimal("0.000") if not 5 <= day.month <= 9 else m3 for day, m3 in zip(days, used, strict=True)]
    return list(used)


def real_month_ends() -> list[tuple[date, Decimal]]:
    """The month-end registers of the real meter 660 in GJ (3 decimals), each moved six years on."""
    ends = []
    with (HERE / "meter-660-month-ends.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            midnight = datetime.fromisoformat(row["measured_at"]).astimezone(ZoneInfo("Europe/Warsaw"))
            # The midnight ends the day before it; moved first, so that 29 February 2020 becomes 28 February 2026.
            day = midnight.date().replace(year=midnight.year + _YEARS_SHIFTED) - timedelta(days=1)
            gj = (Decimal(row["energy_kwh"]) * _GJ_PER_KWH).quantize(Decimal("0.001"), ROUND_HALF_UP)
            ends.append((day, gj))
    return ends


def build() -> Town:
    """The whole town: four known parties first, then firms, communities and households."""
    town = Town()
    _add_known(town)
    for name in names.FIRMS:
        if name != "Hotel Pod Wierzbą Sp. z o.o.":
            _add_firm(town, name)
    for serial in range(26):
        _add_community(town, serial, managed=serial < 5)
    while len(town.parties) < 300:
        _add_household(town)
    return town


def _add_known(town: Town) -> None:
    party, draw = town.add_party(
        "household", "Halina Kowalczyk", "ul. Lipowa 6", woman=True, email="halina.kowalczyk@poczta.example"
    )
    town.add_real_heat(party, draw, e_invoice=True)
    town.add_water(party, draw, 9.0, months=1, e_invoice=True)

    party, draw = town.add_party(
        "firm", "Hotel Pod Wierzbą Sp. z o.o.", "ul. Ratuszowa 2", email="faktury@hotel-pod-wierzba.example"
    )
    town.add_heat(party, draw, 1180, e_invoice=True)
    town.add_water(party, draw, 310, months=1, e_invoice=True)

    party, draw = town.add_party(
        "housing_community",
        "Wspólnota Mieszkaniowa ul. Słoneczna 14",
        "ul. Słoneczna 14",
        email="biuro@dobry-dom.example",
    )
    town.add_heat(party, draw, 920, e_invoice=True)
    town.add_water(party, draw, 260, months=1, e_invoice=True)

    party, draw = town.add_party("property_manager", names.MANAGER, "ul. Szkolna 3", email="biuro@dobry-dom.example")
    town.add_water(party, draw, 7, months=1, e_invoice=True)


def _add_firm(town: Town, name: str) -> None:
    draw = dice(name)
    e_invoice = draw.random() < 0.7
    street = f"ul. {draw.choice(names.BLOCK_STREETS)} {draw.randrange(1, 60)}"
    party, draw = town.add_party("firm", name, street, email=names.mailbox(name, f".{len(town.parties)}"))
    if draw.random() < 0.4:
        town.add_heat(party, draw, draw.uniform(150, 1600), e_invoice=e_invoice)
    town.add_water(party, draw, draw.uniform(5, 220), months=1, e_invoice=e_invoice)


def _add_community(town: Town, serial: int, *, managed: bool) -> None:
    draw = dice(f"community {serial}")
    e_invoice = managed or draw.random() < 0.5
    street = f"ul. {names.BLOCK_STREETS[serial % len(names.BLOCK_STREETS)]} {20 + serial}"
    name = f"Wspólnota Mieszkaniowa {street}"
    email = "biuro@dobry-dom.example" if managed else f"wspolnota.{20 + serial}@poczta.example"
    party, draw = town.add_party("housing_community", name, street, email=email)
    flats = draw.randrange(12, 61)
    if draw.random() < 0.8:
        town.add_heat(party, draw, flats * draw.uniform(22, 30), e_invoice=e_invoice)
    town.add_water(party, draw, flats * draw.uniform(6.5, 8.5), months=1, e_invoice=e_invoice)


def _add_household(town: Town) -> None:
    serial = len(town.parties)
    draw = dice(f"household {serial}")
    name, woman = names.person(draw)
    # Each street is filled house by house, so no two parties share an address.
    street = (
        f"ul. {names.HOUSE_STREETS[serial % len(names.HOUSE_STREETS)]} {10 + serial // len(names.HOUSE_STREETS) * 2}"
    )
    email = names.mailbox(name, f".{serial}") if draw.random() < 0.75 else ""
    e_invoice = bool(email) and draw.random() < 0.55
    people = draw.choice((1, 2, 2, 3, 3, 4, 4, 5, 6))
    billed_from = (
        OPENING if draw.random() < 0.95 else draw.choice((date(2025, 4, 30), date(2025, 8, 31), date(2026, 2, 28)))
    )
    party, draw = town.add_party("household", name, street, woman=woman, email=email)
    if billed_from == OPENING and draw.random() < 0.13:
        town.add_heat(party, draw, draw.uniform(45, 110), e_invoice=e_invoice)
    months = 1 if draw.random() < 0.08 else 2
    town.add_water(
        party, draw, people * draw.uniform(2.4, 3.6), months=months, e_invoice=e_invoice, billed_from=billed_from
    )


def write(town: Town, folder: Path) -> None:
    """Write the four CSV files; readings stand in the order of their days, as they came in."""
    readings = sorted(town.readings, key=lambda reading: (reading.read_on, reading.meter_number))
    write_rows(folder / "parties.csv", Party, town.parties)
    write_rows(folder / "agreements.csv", Agreement, town.agreements)
    write_rows(folder / "meters.csv", Meter, town.meters)
    write_rows(folder / "readings.csv", Reading, readings)


def write_rows(path: Path, row: type[Any], rows: Iterable[Any]) -> None:
    """Write dataclasses of the type `row` as a CSV file with its fields as the header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in fields(row)])
        writer.writerows(astuple(entry) for entry in rows)


if __name__ == "__main__":
    write(build(), Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
