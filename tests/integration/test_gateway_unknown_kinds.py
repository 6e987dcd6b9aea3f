"""Senders newer than the gateway: kinds that it does not know are kept, and shown with a word for the rest."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from contracts.billing import AgreementRecorded, InvoiceIssued, LedgerPosted, PartyRecorded
from contracts.correspondence import MailSent
from contracts.kinds import KNOWN_VALUES
from contracts.message import Event
from contracts.metering import MeterRecorded, ReadingAccepted
from contracts.schema import schema_of
from gateway.bills.customer import bill, bill_list
from gateway.pages import PAGES
from gateway.readings.customer import reading_list
from gateway.web.site import Site
from gateway.web.visitors.visit import Visit
from services.chassis.process import Process
from services.chassis.settings import Settings
from services.chassis.storage.files import open_store
from tests.support.service import UnderTest
from tests.support.visitors import Visitors

PARTY = UUID(PartyRecorded.example["party_id"])
INVOICE = UUID(InvoiceIssued.example["invoice_id"])
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def open_kinds(event: type[Event]) -> list[str]:
    return [name for name, field in schema_of(event)["properties"].items() if KNOWN_VALUES in field]


def newer(event: type[Event]) -> Event:
    """The event's example, with a new value for each of its open kinds."""
    return event.model_validate(event.example | dict.fromkeys(open_kinds(event), "brand_new"))


class Pages:
    """A customer's pages of a gateway that has heard only kinds that it does not know."""

    def __init__(self, gateway: Process, visitors: Visitors, files: str) -> None:
        self.gateway = gateway
        self.site = Site(gateway, visitors.pools, open_store(Settings(files_url=files)), PAGES)
        self.customer = visitors.customer(PARTY)

    async def text(self, page: Any, **parameters: object) -> str:
        visit = Visit("test", "/", "pl", "token", NOW, 0.0, customer=self.customer)
        shown = await page.fn(site=self.site, visit=visit, customer=self.customer, **parameters)
        return str(shown.content)


@pytest.fixture
async def pages(under_test: UnderTest, tmp_path: Path) -> AsyncIterator[Pages]:
    gateway = (await under_test("gateway")).process
    about_bills: list[type[Event]] = [PartyRecorded, AgreementRecorded, InvoiceIssued, LedgerPosted]
    about_the_rest: list[type[Event]] = [MailSent, MeterRecorded, ReadingAccepted]
    await gateway.apply([newer(event) for event in (*about_bills, *about_the_rest)])
    async with Visitors.of(gateway) as visitors:
        yield Pages(gateway, visitors, tmp_path.as_uri())


async def test_a_document_of_an_unknown_kind_is_called_a_document(pages: Pages) -> None:
    assert "Dokument FV/2026/11/000123" in await pages.text(bill_list)
    assert "Dokument FV/2026/11/000123" in await pages.text(bill, invoice_id=INVOICE)


async def test_a_document_that_settles_no_reading_is_shown_without_one(pages: Pages) -> None:
    assert "Zużycie" in await pages.text(bill, invoice_id=INVOICE)
    without = {name: value for name, value in InvoiceIssued.example.items() if name != "reading_id"}
    await pages.gateway.apply([InvoiceIssued.model_validate(without | {"version": 2})])
    assert "FV/2026/11/000123" in await pages.text(bill_list)
    shown = await pages.text(bill, invoice_id=INVOICE)
    assert "FV/2026/11/000123" in shown
    assert "Zużycie" not in shown


async def test_a_meter_and_a_reading_of_unknown_kinds_are_shown_with_words_for_the_rest(pages: Pages) -> None:
    shown = await pages.text(reading_list)
    assert "Inne medium" in shown
    assert "<td>inny</td>" in shown
