"""Whose meters and readings the gateway shows, on a real database filled by its projections."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from litestar.exceptions import NotFoundException

from contracts.billing import InvoiceIssued
from gateway.pages import PAGES
from gateway.readings.customer import _meter
from gateway.readings.giving import typed
from gateway.readings.queries import Reading, coming_bill, meter, meters
from gateway.web.forms import Form, entries_of
from gateway.web.site import Site
from gateway.web.visitors.customer import Customer
from services.chassis.ids import stable_id
from services.chassis.settings import Settings
from services.chassis.storage.files import open_store
from services.metering.profile import Readings
from tests.support import samples
from tests.support.service import ServiceUnderTest, UnderTest
from tests.support.supply import agreement_recorded, meter_recorded, reading_accepted
from tests.support.visitors import Visitors

TODAY = date(2026, 11, 22)
HANDED_OVER = date(2026, 9, 30)
METER = stable_id("meter", "W-1")
FORMER, NEWER, STRANGER = (stable_id("party", code) for code in ("100001", "100002", "100003"))
MONTH_ENDS = [date(2026, 7, 31), date(2026, 8, 31), HANDED_OVER, date(2026, 10, 31)]


@dataclass
class Town:
    """The gateway's read model and customers who look at it."""

    gateway: ServiceUnderTest
    visitors: Visitors

    async def agree(
        self, number: str, party_id: UUID, billed_from: date, *, e_invoice: bool = True, version: int = 1
    ) -> None:
        supplied = {"medium": "water", "service_point": "PW-1", "billed_from": billed_from, "e_invoice": e_invoice}
        agreement = agreement_recorded(party_id, number, version=version, **supplied)
        await self.gateway.process.apply([agreement])

    async def install(self) -> None:
        await self.gateway.process.apply([meter_recorded("W-1", "PW-1")])
        days: list[date | None] = [None, *MONTH_ENDS]
        for place, (previous, read_on) in enumerate(zip(days, MONTH_ENDS, strict=False), start=1):
            await self.read(read_on, 100 + 10 * place, previous, 90 + 10 * place if previous else None)

    async def read(self, on: date, value: int, previous_on: date | None, previous: int | None) -> UUID:
        before = (previous_on, previous) if previous_on is not None and previous is not None else None
        event = reading_accepted("W-1", on, value, before)
        await self.gateway.process.apply([event])
        return event.reading_id

    async def bill(self, reading_id: UUID, party_id: UUID) -> None:
        changes = {"invoice_id": stable_id("invoice", str(reading_id)), "reading_id": reading_id, "party_id": party_id}
        await self.gateway.process.apply([InvoiceIssued.model_validate(InvoiceIssued.example | changes)])

    def customer(self, party_id: UUID) -> Customer:
        return self.visitors.customer(party_id)

    async def days(self, party_id: UUID, today: date = TODAY) -> list[date]:
        return [reading.read_on for each in await meters(self.customer(party_id), today) for reading in each.readings]

    async def history(self, party_id: UUID) -> Sequence[Reading]:
        one = await meter(self.customer(party_id), "W-1", TODAY)
        assert one is not None
        return one.readings

    async def in_force_from(self, party_id: UUID, today: date = TODAY) -> date | None:
        one = await meter(self.customer(party_id), "W-1", today)
        return one.in_force_from if one else None


@pytest.fixture
async def town(under_test: UnderTest) -> AsyncIterator[Town]:
    """A meter at whose service point two agreements follow each other on the last of September."""
    gateway = await under_test("gateway")
    async with Visitors.of(gateway.process) as visitors:
        town = Town(gateway, visitors)
        await town.agree("UW/1", FORMER, date(2026, 7, 31))
        await town.agree("UW/2", NEWER, HANDED_OVER)
        await town.install()
        yield town


async def test_each_party_sees_only_the_readings_of_its_own_time(town: Town) -> None:
    assert await town.days(FORMER) == [HANDED_OVER, date(2026, 8, 31), date(2026, 7, 31)]
    assert await town.days(NEWER) == [date(2026, 10, 31), HANDED_OVER]
    assert await town.days(STRANGER) == []


async def test_the_use_before_the_newer_partys_first_day_is_not_told_to_it(town: Town) -> None:
    assert [reading.consumption for reading in await town.history(NEWER)] == [Decimal(10), None]
    assert [reading.consumption for reading in await town.history(FORMER)] == [Decimal(10), Decimal(10), None]


async def test_only_the_party_whose_agreement_is_in_force_may_read_the_meter(town: Town) -> None:
    assert await town.in_force_from(NEWER) == HANDED_OVER
    assert await town.in_force_from(FORMER) is None
    assert await town.in_force_from(STRANGER) is None
    the_day_before = date(2026, 9, 29)
    assert await town.in_force_from(NEWER, the_day_before) is None
    assert await town.in_force_from(FORMER, the_day_before) == date(2026, 7, 31)


async def test_a_meter_that_came_after_a_partys_time_is_not_shown_to_it(town: Town) -> None:
    later = meter_recorded("W-2", "PW-1")
    await town.gateway.process.apply([later])
    assert [each.number for each in await meters(town.customer(FORMER), TODAY)] == ["W-1"]
    assert [each.number for each in await meters(town.customer(NEWER), TODAY)] == ["W-1", "W-2"]


async def test_a_party_that_renewed_its_agreement_sees_both_times_as_one(town: Town) -> None:
    await town.agree("UW/2", FORMER, HANDED_OVER, version=2)
    assert await town.days(FORMER) == MONTH_ENDS[::-1]
    assert [reading.consumption for reading in await town.history(FORMER)][:3] == [Decimal(10)] * 3
    assert await town.in_force_from(FORMER) == HANDED_OVER
    assert await town.days(NEWER) == []


async def test_of_the_closing_reading_a_bill_comes_to_the_party_that_owes_it_alone(town: Town) -> None:
    closing = stable_id("reading", "W-1", HANDED_OVER.isoformat())
    assert await coming_bill(town.customer(FORMER), closing) == "mailed"
    assert await coming_bill(town.customer(NEWER), closing) == "next"


async def test_a_reading_of_another_partys_time_is_not_found(town: Town) -> None:
    october, august = (stable_id("reading", "W-1", day) for day in ("2026-10-31", "2026-08-31"))
    assert await coming_bill(town.customer(FORMER), october) is None
    assert await coming_bill(town.customer(NEWER), august) is None
    assert await coming_bill(town.customer(STRANGER), october) is None


@pytest.mark.parametrize(
    ("value", "e_invoice", "coming"),
    [(150, True, "mailed"), (150, False, "listed"), (140, True, "perhaps")],
)
async def test_what_is_said_of_a_coming_bill_is_what_billing_will_do(
    town: Town, value: int, e_invoice: bool, coming: str
) -> None:
    await town.agree("UW/2", NEWER, HANDED_OVER, e_invoice=e_invoice, version=2)
    reading_id = await town.read(TODAY, value, date(2026, 10, 31), 140)
    assert await coming_bill(town.customer(NEWER), reading_id) == coming


async def test_the_first_reading_of_an_agreement_promises_no_bill(town: Town) -> None:
    await town.agree("UW/3", STRANGER, date(2026, 11, 15))
    reading_id = await town.read(TODAY, 150, date(2026, 10, 31), 140)
    assert await coming_bill(town.customer(STRANGER), reading_id) == "next"


async def test_a_former_party_gets_no_form_for_the_meter_though_its_own_history_is_shown(
    town: Town, tmp_path: Path
) -> None:
    site = Site(town.gateway.process, town.visitors.pools, open_store(Settings(files_url=tmp_path.as_uri())), PAGES)
    assert site.profile.of(Readings).submission
    assert (await _meter(site, town.customer(NEWER), "W-1")).meter_id == METER
    with pytest.raises(NotFoundException):
        await _meter(site, town.customer(FORMER), "W-1")


async def test_a_party_may_not_read_the_meter_for_a_day_before_its_agreement(town: Town) -> None:
    newer = await meter(town.customer(NEWER), "W-1", TODAY)
    assert newer is not None
    visit = samples.by_customer()
    too_early = Form({"value": "150", **entries_of("read_on", date(2026, 9, 29))})
    told = "Twoja umowa zaczęła się 30.09.2026. Podaj datę nie wcześniejszą."
    assert typed(visit, newer, too_early) == (None, {"read_on": told})
    given, errors = typed(visit, newer, Form({"value": "150", **entries_of("read_on", HANDED_OVER)}))
    assert given is not None
    assert errors == {}
